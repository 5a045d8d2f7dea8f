import { apply, constant, type Scalar, type ScalarOperator } from './scalar.ts';
import { simplify } from './simplify.ts';

/**
 * The derivative with respect to one variable, simplified. Where an operation has none, it is the one that PyTorch
 * takes: that of `abs` is 0 at 0. `min` and `max` of equal numbers follow the first, so that the order in which a
 * formula names them chooses the derivative at its kink.
 */
export function derive(scalar: Scalar, name: string): Scalar {
  return simplify(derivativeOf(simplify(scalar), name, new Map()));
}

/** Operands are shared between a value and its derivative, so what is known of each is remembered. */
function derivativeOf(scalar: Scalar, name: string, known: Map<Scalar, Scalar>): Scalar {
  if (scalar.op === 'constant') return zero;
  if (scalar.op === 'variable') return scalar.name === name ? one : zero;
  const found = known.get(scalar);
  if (found) return found;
  const inner: readonly Scalar[] = scalar.arguments.map((each) => derivativeOf(each, name, known));
  const derivative = inner.every(isZero)
    ? zero
    : derivatives[scalar.op](scalar.arguments as Operands, inner as Operands, scalar);
  known.set(scalar, derivative);
  return derivative;
}

/** As many as the operation has. */
type Operands = readonly [Scalar, Scalar, Scalar];

/** The chain rule of an operation, from its operands, their derivatives and the operation itself. */
type Rule = (operands: Operands, inner: Operands, self: Scalar) => Scalar;

const zero = constant(0);
const one = constant(1);

const derivatives = {
  neg: (_, [dx]) => minus(zero, dx),
  abs: ([x], [dx]) => times(apply('sign', x), dx),
  sign: () => zero,
  floor: () => zero,
  ceil: () => zero,
  round: () => zero,
  sqrt: (_, [dx], self) => over(dx, apply('mul', constant(2), self)),
  exp: (_, [dx], self) => times(self, dx),
  expm1: ([x], [dx]) => times(apply('exp', x), dx),
  log: ([x], [dx]) => over(dx, x),
  log1p: ([x], [dx]) => over(dx, apply('add', one, x)),
  sin: ([x], [dx]) => times(apply('cos', x), dx),
  cos: ([x], [dx]) => minus(zero, times(apply('sin', x), dx)),
  tanh: (_, [dx], self) => times(apply('sub', one, apply('mul', self, self)), dx),
  erf: ([x], [dx]) => times(apply('mul', constant(2 / Math.sqrt(Math.PI)), gauss(x)), dx),
  sigmoid: (_, [dx], self) => times(apply('mul', self, apply('sub', one, self)), dx),
  softplus: ([x], [dx]) => times(apply('sigmoid', x), dx),
  add: (_, [dx, dy]) => plus(dx, dy),
  sub: (_, [dx, dy]) => minus(dx, dy),
  mul: ([x, y], [dx, dy]) => plus(times(y, dx), times(x, dy)),
  div: ([, y], [dx, dy], self) => over(minus(dx, times(self, dy)), y),
  min: ([x, y], [dx, dy]) => choose(apply('lessEqual', x, y), dx, dy),
  max: ([x, y], [dx, dy]) => choose(apply('lessEqual', y, x), dx, dy),
  pow: ([x, y], [dx, dy], self) =>
    plus(
      times(apply('mul', y, apply('pow', x, apply('sub', y, one))), dx),
      times(apply('mul', self, apply('log', x)), dy),
    ),
  less: () => zero,
  lessEqual: () => zero,
  equal: () => zero,
  select: ([condition], [, dx, dy]) => choose(condition, dx, dy),
} as const satisfies Record<ScalarOperator, Rule>;

function gauss(x: Scalar): Scalar {
  return apply('exp', apply('neg', apply('mul', x, x)));
}

// --- derivatives as numbers: 0 · ∞ is 0 here, since a flat piece of a function is flat whatever it is multiplied with

function isZero(scalar: Scalar): boolean {
  return scalar.op === 'constant' && scalar.value === 0;
}

function plus(left: Scalar, right: Scalar): Scalar {
  if (isZero(left)) return right;
  return isZero(right) ? left : apply('add', left, right);
}

function minus(left: Scalar, right: Scalar): Scalar {
  if (isZero(right)) return left;
  return isZero(left) ? apply('neg', right) : apply('sub', left, right);
}

/** A factor goes into the branches, so that a flat one stays flat. */
function times(factor: Scalar, derivative: Scalar): Scalar {
  if (isZero(derivative)) return zero;
  return inBranches(derivative, (branch) => times(factor, branch)) ?? apply('mul', factor, derivative);
}

function over(derivative: Scalar, divisor: Scalar): Scalar {
  if (isZero(derivative)) return zero;
  return inBranches(derivative, (branch) => over(branch, divisor)) ?? apply('div', derivative, divisor);
}

function inBranches(derivative: Scalar, change: (branch: Scalar) => Scalar): Scalar | undefined {
  if (derivative.op !== 'select') return undefined;
  const [condition, then, otherwise] = derivative.arguments as Operands;
  return choose(condition, change(then), change(otherwise));
}

function choose(condition: Scalar, then: Scalar, otherwise: Scalar): Scalar {
  return isZero(then) && isZero(otherwise) ? zero : apply('select', condition, then, otherwise);
}
