import { evaluateScalar } from './evaluate.ts';
import { apply, constant, isApplication, type Scalar, type ScalarOperator, sameScalar } from './scalar.ts';

/**
 * The same number with fewer operations: constants are folded, and operations that change nothing are left out. NaN and
 * infinities stay what they are (so 0 · x is not 0); only the sign of a zero may change.
 */
export function simplify(scalar: Scalar): Scalar {
  return simplified(scalar, new Map());
}

/** Parts that are shared are simplified once and stay shared. */
function simplified(scalar: Scalar, known: Map<Scalar, Scalar>): Scalar {
  if (!isApplication(scalar)) return scalar;
  const found = known.get(scalar);
  if (found) return found;
  const args = scalar.arguments.map((each) => simplified(each, known));
  const unchanged = args.every((each, index) => each === scalar.arguments[index]);
  const result = reduced(unchanged ? scalar : apply(scalar.op, ...args));
  known.set(scalar, result);
  return result;
}

/** One step, of an operation whose operands are simple. */
function reduced(scalar: Scalar): Scalar {
  if (!isApplication(scalar)) return scalar;
  const { op, arguments: args } = scalar;
  if (args.every((each) => each.op === 'constant')) return constant(evaluateScalar(scalar));
  return rules[op]?.(args as readonly Scalar[] as Operands) ?? scalar;
}

/** As many as the operation has. */
type Operands = readonly [Scalar, Scalar, Scalar];

/** What an operation is, where it is something simpler. */
const rules: { readonly [Op in ScalarOperator]?: (operands: Operands) => Scalar | undefined } = {
  neg: ([x]) => {
    if (x.op === 'neg') return x.arguments[0];
    return x.op === 'sub' ? apply('sub', x.arguments[1]!, x.arguments[0]!) : undefined;
  },
  abs: ([x]) => (x.op === 'neg' ? reduced(apply('abs', x.arguments[0]!)) : undefined),
  add: ([x, y]) => {
    if (isConstant(x, 0)) return y;
    if (isConstant(y, 0)) return x;
    if (y.op === 'neg') return reduced(apply('sub', x, y.arguments[0]!));
    return x.op === 'neg' ? reduced(apply('sub', y, x.arguments[0]!)) : undefined;
  },
  sub: ([x, y]) => {
    if (isConstant(y, 0)) return x;
    if (isConstant(x, 0)) return reduced(apply('neg', y));
    return y.op === 'neg' ? reduced(apply('add', x, y.arguments[0]!)) : undefined;
  },
  mul: ([x, y]) => {
    if (isConstant(x, 1)) return y;
    if (isConstant(y, 1)) return x;
    if (isConstant(x, -1)) return reduced(apply('neg', y));
    return isConstant(y, -1) ? reduced(apply('neg', x)) : undefined;
  },
  div: ([x, y]) => {
    if (isConstant(y, 1)) return x;
    return isConstant(y, -1) ? reduced(apply('neg', x)) : undefined;
  },
  min: ([x, y]) => (sameScalar(x, y) ? x : undefined),
  max: ([x, y]) => (sameScalar(x, y) ? x : undefined),
  pow: ([x, y]) => (isConstant(y, 1) ? x : undefined),
  select: ([condition, x, y]) => {
    if (condition.op === 'constant') return condition.value !== 0 ? x : y;
    return sameScalar(x, y) ? x : undefined;
  },
};

function isConstant(scalar: Scalar, value: number): boolean {
  return scalar.op === 'constant' && scalar.value === value;
}
