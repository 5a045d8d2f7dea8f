import { apply, type Scalar, type ScalarOperator } from './scalar.ts';

/** A function that formulas may call: how many numbers it takes, and the operations that it is. */
export interface ScalarFunction {
  readonly minimum: number;
  readonly maximum: number;
  build(operands: readonly Scalar[]): Scalar;
}

export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = new Map([
  ...functionsOf(1, 'abs', 'sign', 'floor', 'ceil', 'round', 'sqrt', 'exp', 'expm1', 'log', 'log1p', 'sin', 'cos'),
  ...functionsOf(1, 'tanh', 'erf', 'sigmoid', 'softplus'),
  ...functionsOf(2, 'pow'),
  extreme('min'),
  extreme('max'),
  // The number itself comes first, so that it is the one that `derive` follows at the bounds.
  define('clamp', 3, 3, ([x, low, high]) => apply('min', apply('max', x!, low!), high!)),
]);

function functionsOf(operands: number, ...operators: readonly ScalarOperator[]): Row[] {
  return operators.map((op) => define(op, operands, operands, (args) => apply(op, ...args)));
}

function extreme(op: 'min' | 'max'): Row {
  return define(op, 2, Number.POSITIVE_INFINITY, (args) => args.reduce((left, right) => apply(op, left, right)));
}

type Row = readonly [name: string, ScalarFunction];

function define(name: string, minimum: number, maximum: number, build: ScalarFunction['build']): Row {
  return [name, { minimum, maximum, build }];
}
