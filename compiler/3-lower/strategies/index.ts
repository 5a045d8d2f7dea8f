import type { Schedule } from '../build.ts';
import type { Nest } from '../nest.ts';
import { cases } from './cases.ts';
import { contraction } from './contraction.ts';
import { generic } from './generic.ts';
import { rows } from './rows.ts';
import { window } from './window.ts';

/** A way to run the loops of a nest, for those nests that it is good for. It looks at their form alone. */
export type Strategy = (nest: Nest) => Schedule | undefined;

/** The first that applies is taken; the last one always does. */
export const strategies: readonly Strategy[] = [contraction, rows, window, cases, generic];

export function scheduleOf(nest: Nest): Schedule {
  for (const strategy of strategies) {
    const schedule = strategy(nest);
    if (schedule) return schedule;
  }
  throw new Error('the last strategy serves every nest');
}
