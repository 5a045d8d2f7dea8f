import { type Dim, dimText, divideFloor, equal, multiply } from '../dim.ts';
import type { Shape } from '../shape.ts';

/** Shape rules as they are worked with the numbers of one call: `height: (32 + 2·0 - 5) / 1 + 1 = 28`. */

/** A size of the result, and the arithmetic that gives it. */
export interface Worked {
  /** What its axis is called. */
  readonly axis: string;
  readonly by: string;
  readonly gives: Dim;
}

/** A line for each size that is more than written down; axes whose sizes came about in the same way share one. */
export function workingLines(sizes: readonly Worked[]): readonly string[] {
  const axes = new Map<string, string[]>();
  for (const { axis, by, gives } of sizes) {
    if (by === dimText(gives)) continue;
    const line = `${by} = ${dimText(gives)}`;
    const same = axes.get(line);
    if (same) same.push(axis);
    else axes.set(line, [axis]);
  }
  return [...axes].map(([line, names]) => `${names.join(' and ')}: ${line}`);
}

/** The axis of a value of which nothing is known but its number. */
export function axisLabel(axis: number, rank: number): string {
  return rank === 1 ? 'features' : `axis ${axis}`;
}

/** A size as a part of larger arithmetic: in parentheses unless it is one word. */
export function part(dim: Dim): string {
  const text = dimText(dim);
  return /^\w+$/.test(text) ? text : `(${text})`;
}

/** `16·5·5` */
export function productText(shape: Shape): string {
  return shape.length === 0 ? '1' : shape.map(part).join('·');
}

/** `size + 2·1`, or `size + 1 + 2` where the two sides of an axis are not alike; with `-` they are taken off. */
export function sidesWorked(size: string, sign: '+' | '-', before: number, after: number): string {
  return before === after ? `${size} ${sign} 2·${before}` : `${size} ${sign} ${before} ${sign} ${after}`;
}

/** `(…) / 2`, in the signs of rounding unless it comes out whole. `text` is the number that is divided, in words. */
export function quotientText(text: string, dividend: Dim, divisor: number, rounding: 'down' | 'up' = 'down'): string {
  const quotient = `${/^[\w·]+$/.test(text) ? text : `(${text})`} / ${divisor}`;
  const isWhole = equal(multiply(divideFloor(dividend, divisor), divisor), dividend) === 'always';
  if (isWhole) return quotient;
  return rounding === 'down' ? `⌊${quotient}⌋` : `⌈${quotient}⌉`;
}
