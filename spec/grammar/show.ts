import type {
  Argument,
  Body,
  Declaration,
  Expression,
  Label,
  Line,
  Parameter,
  Stage,
  TensorType,
} from '../../grammar/ast.ts';

/** A tree in one line, with every operator in parentheses, so that a spec can say what a text means. */
export function show(node: Declaration | Line): string {
  switch (node.kind) {
    case 'import':
      return `import ${node.names.map((name) => name.text).join(', ')} from "${node.from.value}"`;
    case 'let':
      return `let ${node.name.text} = ${expression(node.value)}`;
    case 'act':
      return `act ${node.name.text}(${[node.variable.text, ...node.parameters.map(parameter)].join(', ')}) = ${expression(node.body)}`;
    case 'block': {
      const sizes = node.sizes ? ` ${node.sizes.in.text}${node.sizes.out ? `->${node.sizes.out.text}` : ''}` : '';
      return `block ${node.name.text}${sizes} (${node.parameters.map(parameter).join(', ')}) ${body(node.body)}`;
    }
    case 'net': {
      const inputs = node.inputs.map((input) => `${input.name.text}: ${type(input.type)}`).join(', ');
      const outputs = node.result?.outputs.map((output) => `${output.name?.text ?? '_'}: ${type(output.type)}`);
      return `net ${node.name.text}(${inputs})${outputs ? ` -> (${outputs.join(', ')})` : ''} ${body(node.body)}`;
    }
    case 'return':
      return `return ${node.names.map((name) => name.text).join(', ')}`;
    case 'pipeline':
      return `${node.name ? `${node.name.text} = ` : ''}${node.stages.map(stage).join(' | ')}`;
    case 'broken':
      return `broken(${node.declares.map((name) => name.text).join(' ')}; ${node.mentions.map((name) => name.text).join(' ')})`;
  }
}

function stage(node: Stage): string {
  const prefix = node.label ? `${label(node.label)}: ` : '';
  switch (node.kind) {
    case 'call':
      return `${prefix}${[node.callee.text, ...node.arguments.map(argument)].join(' ')}`;
    case 'group':
      return `${prefix}${body(node.body)}`;
    case 'repeat':
      return `${prefix}repeat ${expression(node.count)}${node.index ? ` as ${node.index.text}` : ''} ${body(node.body)}`;
    case 'if':
      return `${prefix}if ${expression(node.condition)} ${body(node.then)}${node.else ? ` else ${body(node.else)}` : ''}`;
  }
}

function argument(node: Argument): string {
  switch (node.kind) {
    case 'positional':
      return expression(node.value);
    case 'sizes':
      return `${node.in ? expression(node.in) : '_'}->${node.out ? expression(node.out) : '_'}`;
    case 'option':
      return `${node.name.text}=${value(node.value)}`;
    case 'branch':
      return body(node.body);
  }
}

function parameter(node: Parameter): string {
  return `${node.learn ? 'learn ' : ''}${node.name.text}${node.default ? `=${value(node.default)}` : ''}`;
}

const value = (node: Expression | Body): string => (node.kind === 'body' ? body(node) : expression(node));
const body = (node: Body): string => `{${node.lines.map(show).join('; ')}}`;
const type = (node: TensorType): string => `${node.element?.text ?? ''}[${node.dims.map(expression).join(', ')}]`;
const label = (node: Label): string =>
  node.parts.map((part) => (typeof part === 'string' ? part : `{${expression(part)}}`)).join('');

function expression(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return `${node.value}`;
    case 'string':
      return JSON.stringify(node.value);
    case 'boolean':
      return `${node.value}`;
    case 'name':
      return node.text;
    case 'shape':
      return `[${node.items.map(expression).join(', ')}]`;
    case 'size':
      return node.values.join('x');
    case 'unary':
      return `(${node.operator} ${expression(node.operand)})`;
    case 'binary':
      return `(${expression(node.left)} ${node.operator} ${expression(node.right)})`;
    case 'conditional':
      return `(${expression(node.condition)} ? ${expression(node.then)} : ${expression(node.else)})`;
    case 'function': {
      const options = node.options.map((option) => `${option.name.text}=${expression(option.value)}`);
      return `${node.callee.text}(${[...node.arguments.map(expression), ...options].join(', ')})`;
    }
    case 'index':
      return `${expression(node.object)}[${expression(node.index)}]`;
    case 'parenthesized':
      return expression(node.inner);
  }
}
