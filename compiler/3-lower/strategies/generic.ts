import type { Schedule } from '../build.ts';
import { type Nest, nestAxes } from '../nest.ts';

/** One element after the other, one step of the reduction after the other: what every nest can do. */
export function generic(nest: Nest): Schedule {
  return { tile: nestAxes(nest).map(() => 1) };
}
