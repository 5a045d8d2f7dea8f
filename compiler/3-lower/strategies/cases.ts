import type { Schedule } from '../build.ts';
import { comparisonsIn } from '../comparisons.ts';
import type { Nest } from '../nest.ts';

/**
 * Results that are different formulas along a short axis, such as the elements of a small transform: all of them are
 * computed side by side, so that they share what they load.
 */
export function cases(nest: Nest): Schedule | undefined {
  if (nest.reduction) return undefined;
  const compared = comparisonsIn(nest.result, nest.axes.length);
  const tile = nest.axes.map((size, axis) =>
    size <= longest && compared.some(({ index }) => index.coefficients[axis] !== 0) ? size : 1,
  );
  return tile.some((size) => size > 1) ? { tile } : undefined;
}

const longest = 4;
