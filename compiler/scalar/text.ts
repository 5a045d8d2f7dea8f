import { isApplication, type Scalar, type ScalarOperator } from './scalar.ts';

/** A scalar as one writes it in a .net file: `x > 0 ? x : slope * x`. */
export function scalarText(scalar: Scalar): string {
  return textOf(scalar).text;
}

/** The text and how strongly its outermost operation binds. */
interface Text {
  readonly text: string;
  readonly binds: Binding;
}

/** From the weakest to the strongest, as the grammar has it. */
const bindings = ['conditional', 'or', 'and', 'not', 'comparison', 'sum', 'product', 'sign', 'primary'] as const;
type Binding = (typeof bindings)[number];

function textOf(scalar: Scalar): Text {
  if (scalar.op === 'variable') return primary(scalar.name);
  if (scalar.op === 'constant') return number(scalar.value);
  return spellings[scalar.op](scalar.arguments as Operands);
}

/** As many as the operation has. */
type Operands = readonly [Scalar, Scalar, Scalar];
type Spelling = (operands: Operands) => Text;

const call =
  (name: string): Spelling =>
  (operands) =>
    primary(`${name}(${operands.map((each) => textOf(each).text).join(', ')})`);

const infix =
  (binds: Binding, sign: string): Spelling =>
  ([x, y]) => ({ text: `${within(x, binds)} ${sign} ${within(y, stronger(binds))}`, binds });

/** A constant stands on the right: `x > 0` rather than `0 < x`. */
const comparison =
  (sign: string, turned: string): Spelling =>
  ([x, y]) =>
    x.op === 'constant' && y.op !== 'constant'
      ? { text: `${within(y, 'sum')} ${turned} ${within(x, 'sum')}`, binds: 'comparison' }
      : { text: `${within(x, 'sum')} ${sign} ${within(y, 'sum')}`, binds: 'comparison' };

const spellings = {
  neg: ([x]) => ({ text: `-${within(x, 'primary')}`, binds: 'sign' }),
  abs: call('abs'),
  sign: call('sign'),
  floor: call('floor'),
  ceil: call('ceil'),
  round: call('round'),
  sqrt: call('sqrt'),
  exp: call('exp'),
  expm1: call('expm1'),
  log: call('log'),
  log1p: call('log1p'),
  sin: call('sin'),
  cos: call('cos'),
  tanh: call('tanh'),
  erf: call('erf'),
  sigmoid: call('sigmoid'),
  softplus: call('softplus'),
  add: infix('sum', '+'),
  sub: infix('sum', '-'),
  // Truth values are 1 and 0, so that their product is `and` and their maximum `or`.
  mul: (operands) => (areConditions(operands) ? infix('and', 'and')(operands) : infix('product', '*')(operands)),
  div: infix('product', '/'),
  min: call('min'),
  max: (operands) => (areConditions(operands) ? infix('or', 'or')(operands) : call('max')(operands)),
  pow: call('pow'),
  less: comparison('<', '>'),
  lessEqual: comparison('<=', '>='),
  equal: (operands) => equality(operands),
  select: ([condition, x, y]) => ({
    text: `${within(condition, 'or')} ? ${within(x, 'or')} : ${within(y, 'conditional')}`,
    binds: 'conditional',
  }),
} as const satisfies Record<ScalarOperator, Spelling>;

/** A condition that equals 0 is one that is not true. */
function equality(operands: Operands): Text {
  const [x] = operands;
  if (!isNegation(operands)) return comparison('==', '==')(operands);
  if (x.op === 'equal' && !isNegation(x.arguments)) return comparison('!=', '!=')(x.arguments as Operands);
  return { text: `not ${within(x, 'not')}`, binds: 'not' };
}

function isNegation([x, y]: readonly Scalar[]): boolean {
  return isCondition(x!) && y!.op === 'constant' && y!.value === 0;
}

function within(scalar: Scalar, least: Binding): string {
  const { text, binds } = textOf(scalar);
  return bindings.indexOf(binds) < bindings.indexOf(least) ? `(${text})` : text;
}

function stronger(binding: Binding): Binding {
  return bindings[bindings.indexOf(binding) + 1]!;
}

function primary(text: string): Text {
  return { text, binds: 'primary' };
}

function number(value: number): Text {
  return value < 0 || Object.is(value, -0)
    ? { text: `-${numberText(-value)}`, binds: 'sign' }
    : primary(numberText(value));
}

/** Infinity and NaN have no literal; `1e999` reads as the one. */
function numberText(value: number): string {
  return String(value).replace('e+', 'e');
}

function isCondition(scalar: Scalar): boolean {
  if (!isApplication(scalar)) return false;
  if (scalar.op === 'mul' || scalar.op === 'max') return areConditions(scalar.arguments);
  return scalar.op === 'less' || scalar.op === 'lessEqual' || scalar.op === 'equal';
}

function areConditions(operands: readonly Scalar[]): boolean {
  return operands.every(isCondition);
}
