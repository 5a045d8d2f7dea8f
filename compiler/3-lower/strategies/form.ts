import { operationCount, variablesOf } from '../../scalar/scalar.ts';
import { type Nest, type NestLoad, nestAxes, usesAxis } from '../nest.ts';

/** What strategies ask of a nest. */

/**
 * The loads that its reduction folds; undefined where unrolling it is not worth the code: without a reduction, where the
 * body is more than an operation or two, or where conditions or lookups remain in it.
 */
export function simpleReduction(nest: Nest): readonly NestLoad[] | undefined {
  if (!nest.reduction || operationCount(nest.reduction.body) > 2) return undefined;
  const names = variablesOf(nest.reduction.body);
  const loads = nest.loads.filter(({ name }) => names.includes(name));
  return loads.some(({ guards, lookups }) => guards.length > 0 || lookups.length > 0) ? undefined : loads;
}

/** The last axis of the output that moves some of these loads, and none of the others. */
export function axisOf(nest: Nest, moving: NestLoad, loads: readonly NestLoad[]): number | undefined {
  const axis = nest.axes.findLastIndex((_, each) =>
    loads.every((load) => usesAxis(nest, load, each) === (load === moving)),
  );
  return axis < 0 ? undefined : axis;
}

/**
 * How many steps of each axis of the reduction are done in one run of the innermost loop: whole axes from the last one
 * on, while they are `most` steps together.
 */
export function wholeTaps(nest: Nest, most: number): readonly number[] {
  const taps = nestAxes(nest).slice(nest.axes.length);
  let room = most;
  return taps
    .toReversed()
    .map((size) => {
      const steps = size <= room ? size : 1;
      room = steps === size ? Math.floor(room / size) : 0;
      return steps;
    })
    .reverse();
}
