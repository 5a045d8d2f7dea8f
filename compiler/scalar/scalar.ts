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

/** An operation, as opposed to a constant or a variable. */
export type ScalarApplication = Extract<Scalar, { readonly op: ScalarOperator }>;

export function isApplication(scalar: Scalar): scalar is ScalarApplication {
  return scalar.op !== 'constant' && scalar.op !== 'variable';
}

/** The scalar with others in the place of variables; those without an entry stay. */
export function substitute(scalar: Scalar, values: ReadonlyMap<string, Scalar>): Scalar {
  if (scalar.op === 'variable') return values.get(scalar.name) ?? scalar;
  if (scalar.op === 'constant') return scalar;
  const args = scalar.arguments.map((each) => substitute(each, values));
  return args.every((each, index) => each === scalar.arguments[index]) ? scalar : { op: scalar.op, arguments: args };
}

/** The names of its variables, each once, in the order in which they stand. */
export function variablesOf(scalar: Scalar): readonly string[] {
  const names = new Set<string>();
  const visit = (each: Scalar): void => {
    if (each.op === 'variable') names.add(each.name);
    else if (each.op !== 'constant') each.arguments.forEach(visit);
  };
  visit(scalar);
  return [...names];
}

/** How many operations it takes, repeated ones counted each time. */
export function operationCount(scalar: Scalar): number {
  return isApplication(scalar) ? scalar.arguments.reduce((sum, each) => sum + operationCount(each), 1) : 0;
}

export function sameScalar(left: Scalar, right: Scalar): boolean {
  if (left === right) return true;
  if (left.op === 'constant') return right.op === 'constant' && Object.is(left.value, right.value);
  if (left.op === 'variable') return right.op === 'variable' && left.name === right.name;
  return left.op === right.op && left.arguments.every((each, index) => sameScalar(each, right.arguments[index]!));
}
