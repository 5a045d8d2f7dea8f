import { constant, isApplication, type Scalar } from '../scalar/scalar.ts';
import { axisIndex, type Interval } from '../tensor/indexing.ts';
import { coordinate } from '../tensor/tensor.ts';
import type { Guard } from './pieces.ts';

/** Where a formula compares a coordinate with a number, as concatenations do to choose their operand. */

/** The comparisons as guards, which begin or cease to hold where the comparison changes. */
export function comparisonsIn(scalar: Scalar, count: number): readonly Guard[] {
  if (!isApplication(scalar)) return [];
  const comparison = comparisonOf(scalar, count);
  if (!comparison) return scalar.arguments.flatMap((each) => comparisonsIn(each, count));
  const { axis, changes } = comparison;
  return changes.map((limit) => ({ index: axisIndex(count, axis), limit }));
}

/** The formula with those comparisons worked out that are the same for all coordinates in the ranges. */
export function decideComparisons(scalar: Scalar, ranges: readonly Interval[]): Scalar {
  if (!isApplication(scalar)) return scalar;
  const comparison = comparisonOf(scalar, ranges.length);
  if (comparison) {
    const [low, high] = ranges[comparison.axis]!;
    const { holds } = comparison;
    // Each of them changes at one place, or holds at one alone.
    const same = comparison.changes.every((change) => high < change || low >= change);
    return same ? constant(holds(low) ? 1 : 0) : scalar;
  }
  const args = scalar.arguments.map((each) => decideComparisons(each, ranges));
  return args.every((each, index) => each === scalar.arguments[index]) ? scalar : { op: scalar.op, arguments: args };
}

interface Comparison {
  readonly axis: number;
  /** The coordinates at which it becomes true or false. */
  readonly changes: readonly number[];
  holds(coordinate: number): boolean;
}

function comparisonOf(scalar: Scalar, count: number): Comparison | undefined {
  if (scalar.op !== 'less' && scalar.op !== 'lessEqual' && scalar.op !== 'equal') return undefined;
  const [left, right] = [scalar.arguments[0]!, scalar.arguments[1]!];
  const turned = left.op === 'constant';
  const [variable, number] = turned ? [right, left] : [left, right];
  if (variable.op !== 'variable' || number.op !== 'constant') return undefined;
  const axis = Array.from({ length: count }, (_, each) => coordinate(each)).indexOf(variable.name);
  if (axis < 0) return undefined;
  const { value } = number;
  const [below, above] = [Math.ceil(value), Math.floor(value) + 1];
  if (scalar.op === 'equal') return { axis, changes: [below, above], holds: (at) => at === value };
  const strict = scalar.op === 'less';
  if (turned) return { axis, changes: [strict ? above : below], holds: (at) => (strict ? value < at : value <= at) };
  return { axis, changes: [strict ? below : above], holds: (at) => (strict ? at < value : at <= value) };
}
