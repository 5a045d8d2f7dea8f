import { constant, type Scalar, substitute, variable, variablesOf } from '../scalar/scalar.ts';
import { allAxes, offsetOf, rangeOver, wholeRanges } from '../tensor/indexing.ts';
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
  readonly outside: number;
}

/** All axes of the nest, those of its reduction last. */
export function nestAxes(nest: Nest): readonly number[] {
  return [...nest.axes, ...(nest.reduction?.axes ?? [])];
}

/** Whether where it reads, or whether it reads at all, depends on the axis. */
export function usesAxis({ offset, guards }: NestLoad, axis: number): boolean {
  return [offset, ...guards.map(({ index }) => index)].some(({ coefficients }) => coefficients[axis] !== 0);
}

export function nestOf({ expression }: Operation): Nest {
  const axes = allAxes(expression);
  const ranges = wholeRanges(axes);
  const loads = expression.loads.map((load): NestLoad => {
    const guards = load.index
      .map((index, axis): Guard => ({ index, limit: load.view[axis]! }))
      .filter(({ index, limit }) => {
        const [low, high] = rangeOver(index, ranges);
        return load.outside !== undefined && (low < 0 || high >= limit);
      });
    return {
      name: load.name,
      from: load.from,
      offset: offsetOf(load, axes.length),
      guards,
      outside: load.outside ?? 0,
    };
  });
  const { reduction, result } = expression;
  return withMergedAxes(withoutUnitAxes({ axes: expression.axes, ...(reduction && { reduction }), loads, result }));
}

/** Axes of size 1 have one coordinate, 0; a reduction without axes is its body. */
function withoutUnitAxes(nest: Nest): Nest {
  const axes = nestAxes(nest);
  const kept = axes.flatMap((size, axis) => (size > 1 ? [axis] : []));
  const renamed = new Map<string, Scalar>(
    axes.map((size, axis) => [coordinate(axis), size > 1 ? variable(coordinate(kept.indexOf(axis))) : constant(0)]),
  );
  const pick = (index: Affine): Affine => ({
    constant: index.constant,
    coefficients: kept.map((axis) => index.coefficients[axis]!),
  });
  const body = nest.reduction && substitute(nest.reduction.body, renamed);
  const reduced = nest.reduction?.axes.filter((size) => size > 1) ?? [];
  if (body && reduced.length === 0) renamed.set(accumulator, body);
  return {
    axes: nest.axes.filter((size) => size > 1),
    ...(nest.reduction && reduced.length > 0 && { reduction: { ...nest.reduction, axes: reduced, body: body! } }),
    loads: nest.loads.map((load) => ({ ...load, ...mapIndices(load, pick) })),
    result: substitute(nest.result, renamed),
  };
}

/** Neighbouring axes that every index walks over as if they were one become one. */
function withMergedAxes(nest: Nest): Nest {
  const axes = nestAxes(nest);
  const coordinates = new Set([
    ...variablesOf(nest.result),
    ...(nest.reduction ? variablesOf(nest.reduction.body) : []),
  ]);
  const indices = nest.loads.flatMap(({ offset, guards }) => [offset, ...guards.map(({ index }) => index)]);
  const merges = (axis: number): boolean =>
    axis + 1 < axes.length &&
    axis + 1 !== nest.axes.length &&
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
    axes: merged.slice(0, outputs),
    ...(nest.reduction && {
      reduction: {
        ...nest.reduction,
        axes: merged.slice(outputs),
        body: substitute(nest.reduction.body, renamed),
      },
    }),
    loads: nest.loads.map((load) => ({ ...load, ...mapIndices(load, without) })),
    result: substitute(nest.result, renamed),
  });
}

function mapIndices(
  { offset, guards }: NestLoad,
  change: (index: Affine) => Affine,
): Pick<NestLoad, 'offset' | 'guards'> {
  return { offset: change(offset), guards: guards.map(({ index, limit }) => ({ index: change(index), limit })) };
}
