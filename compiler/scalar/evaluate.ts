import { erf, roundHalfToEven, sigmoid, softplus } from '../../runtime/math.ts';
import type { Scalar, ScalarOperator } from './scalar.ts';

/** What each operation gives, in double precision. */
export const evaluators = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundHalfToEven,
  sqrt: Math.sqrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  erf,
  sigmoid,
  softplus,
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  min: (x, y) => Math.min(x, y),
  max: (x, y) => Math.max(x, y),
  pow: (x, y) => x ** y,
  less: (x, y) => (x < y ? 1 : 0),
  lessEqual: (x, y) => (x <= y ? 1 : 0),
  equal: (x, y) => (x === y ? 1 : 0),
  select: (condition, x, y) => (condition !== 0 ? x : y),
} as const satisfies Record<ScalarOperator, Evaluator>;

export type Evaluator = (x: number, y: number, z: number) => number;

/** A scalar as a function of the values of its variables, which stand in an array. */
export type CompiledScalar = (values: ArrayLike<number>) => number;

/** Compiles once, so that evaluating a tensor's elements walks no tree. `names` gives the order of the variables. */
export function compileScalar(scalar: Scalar, names: readonly string[]): CompiledScalar {
  if (scalar.op === 'constant') {
    const { value } = scalar;
    return () => value;
  }
  if (scalar.op === 'variable') {
    const index = names.indexOf(scalar.name);
    if (index < 0) throw new Error(`the variable ${scalar.name} has no value`);
    return (values) => values[index]!;
  }
  const evaluator: Evaluator = evaluators[scalar.op];
  const [first, second, third] = scalar.arguments.map((each) => compileScalar(each, names));
  if (third) return (values) => (first!(values) !== 0 ? second!(values) : third(values));
  if (second) return (values) => evaluator(first!(values), second(values), 0);
  return (values) => evaluator(first!(values), 0, 0);
}

/** The value where each variable has the value of its name. */
export function evaluateScalar(scalar: Scalar, values: Readonly<Record<string, number>> = {}): number {
  return compileScalar(scalar, Object.keys(values))(Object.values(values));
}
