import { constant, type Scalar, substitute, variable, variablesOf } from '../scalar/scalar.ts';
import { namesUsed } from '../tensor/form.ts';
import { allAxes, constantIndex, offsetOf, rangeOver, rowMajorStrides, wholeRanges } from '../tensor/indexing.ts';
import {
  type Affine,
  accumulator,
  coordinate,
  type Operation,
  type Reduction,
  type TensorValue,
} from '../tensor/tensor.ts';
import type { Guard } from './pieces.ts';

/**
 * An operation as strategies see it: over places in memory rather than over axes of operands, with no axis more than
 * is needed. Its output is in the row-major order of its axes.
 */
export interface Nest {
  /** Whether the first axis is the time of a scan, which has a loop around all of its nests. */
  readonly scans: boolean;
  readonly axes: readonly number[];
  readonly reduction?: Reduction;
  readonly loads: readonly NestLoad[];
  readonly result: Scalar;
}

export interface NestLoad {
  readonly name: string;
  readonly from: TensorValue;
  /** Where it reads in the operand. */
  readonly offset: Affine;
  /** It is `outside` unless each of these is from 0 to its limit, the limit excluded. */
  readonly guards: readonly Guard[];
  /** What follows from data, which is added to the offset. */
  readonly lookups: readonly Lookup[];
  readonly outside: number;
}

/** The index and the formula rounded down: a guard, of which the stride's multiple is a part of the place. */
export interface Lookup extends Guard {
  readonly formula: Scalar;
  readonly stride: number;
}

/** All axes of the nest, those of its reduction last. */
export function nestAxes(nest: Nest): readonly number[] {
  return [...nest.axes, ...(nest.reduction?.axes ?? [])];
}

/** Whether where it reads, or whether it reads at all, depends on the axis. */
export function usesAxis(nest: Nest, { offset, guards, lookups }: NestLoad, axis: number): boolean {
  return (
    [offset, ...guards.map(({ index }) => index)].some(({ coefficients }) => coefficients[axis] !== 0) ||
    lookups.some((lookup) => lookupUsesAxis(nest, lookup, axis))
  );
}

/** Whether what is looked up depends on the axis. */
export function lookupUsesAxis(nest: Nest, { index, formula }: Lookup, axis: number): boolean {
  const names = variablesOf(formula);
  return (
    index.coefficients[axis] !== 0 ||
    names.includes(coordinate(axis)) ||
    nest.loads.some((load) => names.includes(load.name) && usesAxis(nest, load, axis))
  );
}

/** The names that formulas of the nest need, those that lookups mention included. */
export function namesUsedIn({ loads }: Nest, formulas: readonly Scalar[]): ReadonlySet<string> {
  return namesUsed(
    formulas,
    loads.map(({ name, lookups }) => ({ name, lookup: lookups.map(({ formula }) => formula) })),
  );
}

export function nestOf({ expression }: Operation): Nest {
  const axes = allAxes(expression);
  const ranges = wholeRanges(axes);
  const still = constantIndex(axes.length, 0);
  const loads = expression.loads.map((load): NestLoad => {
    const indices = load.index.map((index, axis) => ({ index, limit: load.view[axis]!, formula: load.lookup?.[axis] }));
    const strides = rowMajorStrides(load.view);
    const lookups = indices.flatMap(({ index, limit, formula }, axis) =>
      formula ? [{ index, limit, formula, stride: strides[axis]! }] : [],
    );
    const guards = indices
      .filter(({ formula }) => !formula)
      .map(({ index, limit }): Guard => ({ index, limit }))
      .filter(({ index, limit }) => {
        const [low, high] = rangeOver(index, ranges);
        return load.outside !== undefined && (low < 0 || high >= limit);
      });
    return {
      name: load.name,
      from: load.from,
      // Of what is looked up, the index goes with the lookup.
      offset: offsetOf(
        { ...load, index: load.index.map((index, axis) => (load.lookup?.[axis] ? still : index)) },
        axes.length,
      ),
      guards,
      lookups,
      outside: load.outside ?? 0,
    };
  });
  const { reduction, result } = expression;
  const scans = expression.scan !== undefined;
  const nest = { scans, axes: expression.axes, ...(reduction && { reduction }), loads, result };
  return withMergedAxes(withoutUnitAxes(nest));
}

/**
 * What runs within one step of a scan, as a nest of its own, for strategies to look at: the coordinate of time is known,
 * and which loads it leaves nothing of.
 */
export function withoutTime(nest: Nest): Nest {
  return withoutAxes(
    {
      ...nest,
      scans: false,
      loads: nest.loads.map((load) => ({ ...load, guards: load.guards.filter(({ index }) => !isOfTime(index)) })),
    },
    (_, axis) => axis === 0,
  );
}

/** Whether it moves with the first axis alone. */
export function isOfTime({ coefficients }: Affine): boolean {
  return coefficients.every((coefficient, axis) => axis === 0 || coefficient === 0);
}

/** Axes of size 1 have one coordinate, 0, but time is kept. */
function withoutUnitAxes(nest: Nest): Nest {
  return withoutAxes(nest, (size, axis) => size === 1 && !(nest.scans && axis === 0));
}

/** The nest at coordinate 0 of these axes; a reduction without axes is its body. */
function withoutAxes(nest: Nest, isLeftOut: (size: number, axis: number) => boolean): Nest {
  const axes = nestAxes(nest);
  const kept = axes.flatMap((size, axis) => (isLeftOut(size, axis) ? [] : [axis]));
  const renamed = new Map<string, Scalar>(
    axes.map((_, axis) => [
      coordinate(axis),
      kept.includes(axis) ? variable(coordinate(kept.indexOf(axis))) : constant(0),
    ]),
  );
  const pick = (index: Affine): Affine => ({
    constant: index.constant,
    coefficients: kept.map((axis) => index.coefficients[axis]!),
  });
  const body = nest.reduction && substitute(nest.reduction.body, renamed);
  const reduced = nest.reduction?.axes.filter((_, axis) => kept.includes(nest.axes.length + axis)) ?? [];
  if (body && reduced.length === 0) renamed.set(accumulator, body);
  return {
    scans: nest.scans,
    axes: nest.axes.filter((_, axis) => kept.includes(axis)),
    ...(nest.reduction && reduced.length > 0 && { reduction: { ...nest.reduction, axes: reduced, body: body! } }),
    loads: nest.loads.map((load) => overOtherAxes(load, pick, renamed)),
    result: substitute(nest.result, renamed),
  };
}

/** Neighbouring axes that every index walks over as if they were one become one. */
function withMergedAxes(nest: Nest): Nest {
  const axes = nestAxes(nest);
  const coordinates = new Set([
    ...variablesOf(nest.result),
    ...(nest.reduction ? variablesOf(nest.reduction.body) : []),
    ...nest.loads.flatMap(({ lookups }) => lookups.flatMap(({ formula }) => variablesOf(formula))),
  ]);
  const indices = nest.loads.flatMap(({ offset, guards, lookups }) => [
    offset,
    ...[...guards, ...lookups].map(({ index }) => index),
  ]);
  const merges = (axis: number): boolean =>
    axis + 1 < axes.length &&
    axis + 1 !== nest.axes.length &&
    !(nest.scans && axis === 0) &&
    !coordinates.has(coordinate(axis)) &&
    !coordinates.has(coordinate(axis + 1)) &&
    indices.every(({ coefficients }) => coefficients[axis] === coefficients[axis + 1]! * axes[axis + 1]!);
  const axis = axes.findIndex((_, each) => merges(each));
  if (axis < 0) return nest;
  const without = (index: Affine): Affine => ({
    constant: index.constant,
    coefficients: index.coefficients.toSpliced(axis, 1),
  });
  const merged = axes.toSpliced(axis, 2, axes[axis]! * axes[axis + 1]!);
  const outputs = axis < nest.axes.length ? nest.axes.length - 1 : nest.axes.length;
  const renamed = new Map(
    axes.flatMap((_, each): [string, Scalar][] =>
      each > axis ? [[coordinate(each), variable(coordinate(each - 1))]] : [],
    ),
  );
  return withMergedAxes({
    ...nest,
    axes: merged.slice(0, outputs),
    ...(nest.reduction && {
      reduction: {
        ...nest.reduction,
        axes: merged.slice(outputs),
        body: substitute(nest.reduction.body, renamed),
      },
    }),
    loads: nest.loads.map((load) => overOtherAxes(load, without, renamed)),
    result: substitute(nest.result, renamed),
  });
}

/** The load with each index changed, and with other formulas in the place of coordinates. */
function overOtherAxes(
  load: NestLoad,
  change: (index: Affine) => Affine,
  coordinates: ReadonlyMap<string, Scalar>,
): NestLoad {
  return {
    ...load,
    offset: change(load.offset),
    guards: load.guards.map((guard) => ({ ...guard, index: change(guard.index) })),
    lookups: load.lookups.map((lookup) => ({
      ...lookup,
      index: change(lookup.index),
      formula: substitute(lookup.formula, coordinates),
    })),
  };
}
