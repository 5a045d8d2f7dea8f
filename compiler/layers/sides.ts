import { perAxis } from '../layer.ts';

/** How much there is at the two ends of an axis. */
export type Sides = readonly [before: number, after: number];

/** How much is written for an axis: `1`, `1x2` for each axis, or `[top, bottom, left, right]`. */
export function sidesOf(sizes: readonly number[], axis: number, rank: number): Sides {
  if (sizes.length === 2 * rank) return [sizes[2 * axis]!, sizes[2 * axis + 1]!];
  const both = perAxis(sizes, rank)[axis]!;
  return [both, both];
}

/** Sides as one writes them: one number where all are the same, one for each axis where its two are. */
export function sidesText(sides: readonly Sides[]): string {
  const numbers = sides.flat();
  if (new Set(numbers).size === 1) return String(numbers[0]);
  const pairs = sides.every(([before, after]) => before === after);
  return pairs ? sides.map(([before]) => before).join('x') : `[${numbers.join(', ')}]`;
}
