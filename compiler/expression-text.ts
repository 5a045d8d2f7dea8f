import type { Expression } from '../grammar/ast.ts';

/** An expression as it was written, with single spaces. Parentheses are nodes of their own, so that none need be found. */
export function expressionText(node: Expression): string {
  switch (node.kind) {
    case 'number':
    case 'name':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'string':
      return JSON.stringify(node.value);
    case 'size':
      return node.values.join('x');
    case 'shape':
      return `[${list(node.items)}]`;
    case 'parenthesized':
      return `(${expressionText(node.inner)})`;
    case 'unary':
      return `${node.operator === '-' ? '-' : 'not '}${expressionText(node.operand)}`;
    case 'binary':
      return `${expressionText(node.left)} ${node.operator} ${expressionText(node.right)}`;
    case 'conditional':
      return `${expressionText(node.condition)} ? ${expressionText(node.then)} : ${expressionText(node.else)}`;
    case 'index':
      return `${expressionText(node.object)}[${expressionText(node.index)}]`;
    case 'function': {
      const options = node.options.map(({ name, value }) => `${name.text}=${expressionText(value)}`);
      return `${node.callee.text}(${[...node.arguments.map(expressionText), ...options].join(', ')})`;
    }
  }
}

function list(items: readonly Expression[]): string {
  return items.map(expressionText).join(', ');
}
