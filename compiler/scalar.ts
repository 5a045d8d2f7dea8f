/**
 * Scalar expressions: the closed set of operations on one number that every activation, epilogue and layer body is
 * made of. A new operation is a row in each table that is typed `Record<ScalarOperator, …>`; a new activation is not
 * a change here but a line in the prelude.
 */
export type Scalar =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'variable'; readonly name: string }
  | { readonly op: ScalarOperator; readonly arguments: readonly Scalar[] };

/**
 * Each with its number of arguments. Comparisons give 1 or 0; `select(c, a, b)` is `a` where `c` is not 0.
 * `min` and `max` propagate NaN, as PyTorch's do; `round` rounds halves to even.
 */
export const scalarArity = {
  neg: 1,
  abs: 1,
  sign: 1,
  floor: 1,
  ceil: 1,
  round: 1,
  sqrt: 1,
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sin: 1,
  cos: 1,
  tanh: 1,
  erf: 1,
  sigmoid: 1,
  softplus: 1,
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  min: 2,
  max: 2,
  pow: 2,
  less: 2,
  lessEqual: 2,
  equal: 2,
  select: 3,
} as const;

export type ScalarOperator = keyof typeof scalarArity;

export function constant(value: number): Scalar {
  return { op: 'constant', value };
}

export function variable(name: string): Scalar {
  return { op: 'variable', name };
}

export function apply(op: ScalarOperator, ...args: readonly Scalar[]): Scalar {
  return { op, arguments: args };
}
