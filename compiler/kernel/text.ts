import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { scalarText } from '../scalar/text.ts';
import type { Buffer, CompiledModel, Float, Index, Kernel, KernelCall, KernelParameter, Statement } from './kernel.ts';

/** Kernels as a person reads them: `for i in 0..6 step 2`, `sum0 = sum0 + x[xAt0 + 1] * weight0`. */
export function kernelText({ name, comment, parameters, body }: Kernel): string {
  const lines = comment.split('\n').map((line) => `# ${line}`);
  const list = parameters.map((each) => `${accessText[each.access]}${each.name}[${each.size}]`);
  return [...lines, `kernel ${name}(${list.join(', ')})`, ...body.flatMap(statementLines).map(indented)].join('\n');
}

const accessText = { read: '', write: 'out ', both: 'inout ' } as const satisfies Record<
  KernelParameter['access'],
  string
>;

export function kernelsText({ kernels }: CompiledModel): string {
  return kernels.map(kernelText).join('\n\n');
}

/** The memory of a model and the calls in it. */
export function planText({ arena, arenaLowerBound, buffers, prepare, run }: CompiledModel): string {
  const places = buffers.map((buffer) => `  ${buffer.name}[${buffer.size}]: ${placeText(buffer)}`);
  const section = (title: string, calls: readonly KernelCall[]) =>
    calls.length === 0 ? [] : [`${title}:`, ...calls.map((call) => indented(callText(call)))];
  return [
    `arena: ${arena} elements, at least ${arenaLowerBound}`,
    'buffers:',
    ...places,
    ...section('prepare', prepare),
    ...section('run', run),
  ].join('\n');
}

function indexText(index: Index): string {
  switch (index.kind) {
    case 'integer':
      return String(index.value);
    case 'variable':
      return index.name;
    case 'floor':
      return `floor(${floatText(index.value)})`;
    case 'arithmetic': {
      const { operator, left, right } = index;
      if (operator === 'min' || operator === 'max') return `${operator}(${indexText(left)}, ${indexText(right)})`;
      if (operator === 'add') {
        const negative = right.kind === 'integer' && right.value < 0;
        return negative ? `${indexText(left)} - ${-right.value}` : `${indexText(left)} + ${indexText(right)}`;
      }
      return `${factorText(left)} ${{ multiply: '*', divide: '/', modulo: '%' }[operator]} ${factorText(right)}`;
    }
  }
}

function floatText(float: Float): string {
  return scalarText(asScalar(float));
}

function factorText(index: Index): string {
  const text = indexText(index);
  return index.kind === 'arithmetic' && index.operator !== 'min' && index.operator !== 'max' ? `(${text})` : text;
}

/** The float as a formula, with what is no formula as a variable of that text. */
function asScalar(float: Float): Scalar {
  switch (float.kind) {
    case 'constant':
      return constant(float.value);
    case 'local':
      return variable(float.name);
    case 'load':
      return variable(`${float.buffer}[${indexText(float.at)}]`);
    case 'guarded': {
      const conditions = float.conditions.map(({ value, limit }) => `0 <= ${indexText(value)} < ${limit}`);
      return variable(
        `(${conditions.join(' and ')} ? ${floatText(float.value)} : ${scalarText(constant(float.outside))})`,
      );
    }
    case 'apply':
      return apply(float.op, ...float.arguments.map(asScalar));
    case 'number':
      return variable(`number(${indexText(float.value)})`);
  }
}

function statementLines(statement: Statement): string[] {
  switch (statement.kind) {
    case 'loop': {
      const { variable: name, from, to, step, body } = statement;
      const head = `for ${name} in ${indexText(from)}..${indexText(to)}${step === 1 ? '' : ` step ${step}`}`;
      return [head, ...body.flatMap(statementLines).map(indented)];
    }
    case 'local':
      return [`${statement.mutable ? 'var' : 'let'} ${statement.name} = ${floatText(statement.value)}`];
    case 'index':
      return [`let ${statement.name} = ${indexText(statement.value)}`];
    case 'assign':
      return [`${statement.name} = ${floatText(statement.value)}`];
    case 'store':
      return [`${statement.buffer}[${indexText(statement.at)}] = ${floatText(statement.value)}`];
  }
}

function indented(line: string): string {
  return `  ${line}`;
}

function placeText({ place, size }: Buffer): string {
  switch (place.kind) {
    case 'arena':
      return `arena ${place.offset}..${place.offset + size}`;
    case 'weight':
      return 'weight';
    case 'prepared':
      return 'prepared';
    default:
      return `${place.kind} ${place.index}`;
  }
}

function callText({ kernel, arguments: buffers }: KernelCall): string {
  return `${kernel}(${buffers.join(', ')})`;
}
