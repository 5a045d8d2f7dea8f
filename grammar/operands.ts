import type { Expression } from './ast.ts';

/** The expressions that stand directly in another one, in the order of the text. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'shape':
      return expression.items;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.else];
    case 'index':
      return [expression.object, expression.index];
    case 'parenthesized':
      return [expression.inner];
    case 'function':
      return [...expression.arguments, ...expression.options.map(({ value }) => value)];
    case 'name':
    case 'number':
    case 'string':
    case 'boolean':
    case 'size':
      return [];
  }
}
