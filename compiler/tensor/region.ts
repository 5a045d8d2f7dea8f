import { isApplication, type Scalar, variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { commonAxes } from './axes.ts';
import { readsOwnPlace } from './form.ts';
import { type Interval, rangeOver, rowMajorStrides, wholeRanges } from './indexing.ts';
import { accumulator, coordinate, type Load, type TensorExpression } from './tensor.ts';

/**
 * Which elements of its operands a region of an expression is made of. Regions go on beyond the borders, as if arrays had
 * none, so that a window counts as large as it is wherever it stands.
 */

/** An interval of coordinates along each axis. One that is not bounded holds all places that there are. */
export type Region = readonly Interval[];

export const everywhere: Interval = [-Infinity, Infinity];

/** The smallest region that holds both. */
export function hull(left: Region | undefined, right: Region): Region {
  if (!left) return right;
  return left.map(([low, high], axis) => [Math.min(low, right[axis]![0]), Math.max(high, right[axis]![1])]);
}

/** The region of the same elements, in memory, of an array of other sizes. */
export function reshapeRegion(region: Region, from: readonly number[], to: readonly number[]): Region {
  if (`${from}` === `${to}`) return region;
  const finer = product(from) === product(to) ? commonAxes(from, to) : undefined;
  if (!finer) return to.map(() => everywhere);
  const split = partsOf(from, finer).flatMap((sizes, axis) => splitInterval(region[axis]!, sizes));
  let next = 0;
  return partsOf(to, finer).map((sizes) => {
    next += sizes.length;
    return joinedInterval(split.slice(next - sizes.length, next), sizes);
  });
}

/** What a region of an expression reads: each load, with the region of its view. `shape` are the axes of the region. */
export function regionsRead<From>(
  expression: TensorExpression<From>,
  region: Region,
  shape: readonly number[],
  read: (load: Load<From>, region: Region, view: readonly number[]) => void,
): void {
  const { axes, loads, reduction, result } = expression;
  const byName = new Map(loads.map((load) => [load.name, load]));
  const ranges = [...reshapeRegion(region, shape, axes), ...wholeRanges(reduction?.axes ?? [])];
  const coordinates = new Map(ranges.map((_, axis) => [coordinate(axis), axis]));
  const own = new Set(loads.filter((load) => readsOwnPlace(load, expression)).map(({ name }) => name));
  visit(result, ranges);

  function visit(scalar: Scalar, ranges: Region): void {
    if (scalar.op === 'variable') {
      const load = byName.get(scalar.name);
      if (scalar.name === accumulator && reduction) visit(reduction.body, ranges);
      else if (load && own.has(load.name)) read(load, region, shape);
      else if (load) {
        read(load, viewRegion(load, ranges), load.view);
        for (const formula of load.lookup ?? []) if (formula) visit(formula, ranges);
      }
      return;
    }
    if (!isApplication(scalar)) return;
    const [condition, first, second] = scalar.arguments;
    const cut = scalar.op === 'select' ? cutOf(condition!) : undefined;
    if (!cut) {
      for (const each of scalar.arguments) visit(each, ranges);
      return;
    }
    // Each side is read by its own part of the region alone.
    const { axis, at } = cut;
    const [low, high] = ranges[axis]!;
    if (low < at) visit(first!, ranges.with(axis, [low, Math.min(high, Math.ceil(at) - 1)]));
    if (high >= at) visit(second!, ranges.with(axis, [Math.max(low, Math.ceil(at)), high]));
  }

  /** Of a condition such as `axis1 < 5`, where it cuts which axis. */
  function cutOf(condition: Scalar): { readonly axis: number; readonly at: number } | undefined {
    if (condition.op !== 'less') return undefined;
    const [left, right] = condition.arguments;
    const axis = left?.op === 'variable' ? coordinates.get(left.name) : undefined;
    return axis !== undefined && right?.op === 'constant' ? { axis, at: right.value } : undefined;
  }

  function viewRegion({ view, index, lookup }: Load<From>, ranges: Region): Region {
    return view.map((size, axis) => {
      const each = index[axis]!;
      const moves = axes.some((length, output) => length > 1 && each.coefficients[output] !== 0);
      const [low, high] = rangeOver(each, ranges);
      const formula = lookup?.[axis];
      if (formula) {
        const [from, to] = boundsOf(formula, ranges);
        return [Math.floor(low + from), Math.floor(high + to)];
      }
      // What reaches over all of an axis from everywhere takes all of it, however long it is.
      return !moves && low <= 0 && high >= size - 1 ? everywhere : [low, high];
    });
  }

  /** Between which numbers a formula of coordinates lies; everywhere for one of data. */
  function boundsOf(scalar: Scalar, ranges: Region): Interval {
    if (scalar.op === 'constant') return [scalar.value, scalar.value];
    if (scalar.op === 'variable') {
      const axis = coordinates.get(scalar.name);
      return axis === undefined ? everywhere : ranges[axis]!;
    }
    if (!variablesOf(scalar).every((name) => coordinates.has(name))) return everywhere;
    const bounds = scalar.arguments.map((each) => boundsOf(each, ranges));
    const combine = (apply: (...values: number[]) => number): Interval => {
      const [left, right = [0, 0]] = bounds as [Interval, Interval?];
      const corners = left.flatMap((a) => right.map((b) => apply(a, b)));
      return corners.some(Number.isNaN) ? everywhere : [Math.min(...corners), Math.max(...corners)];
    };
    switch (scalar.op) {
      case 'add':
        return combine((a, b) => a! + b!);
      case 'sub':
        return combine((a, b) => a! - b!);
      case 'mul':
        return combine((a, b) => a! * b!);
      case 'div':
        return bounds[1]![0] <= 0 && bounds[1]![1] >= 0 ? everywhere : combine((a, b) => a! / b!);
      case 'min':
        return combine(Math.min);
      case 'max':
        return combine(Math.max);
      case 'floor':
        return combine((a) => Math.floor(a!));
      case 'ceil':
        return combine((a) => Math.ceil(a!));
      case 'less':
      case 'lessEqual':
      case 'equal':
        return [0, 1];
      default:
        return everywhere;
    }
  }
}

/** For each axis the finer ones that split it; one of size 1 has none. */
function partsOf(axes: readonly number[], finer: readonly number[]): readonly (readonly number[])[] {
  let next = 0;
  return axes.map((size) => {
    const first = next;
    for (let all = 1; all < size; next++) all *= finer[next]!;
    return finer.slice(first, next);
  });
}

function splitInterval([low, high]: Interval, sizes: readonly number[]): Region {
  const strides = rowMajorStrides(sizes);
  let [first, last] = [low, high];
  return sizes.map((_, part) => {
    const [from, to] = [Math.floor(first / strides[part]!), Math.floor(last / strides[part]!)];
    // More than one of the larger parts hold all of the smaller ones.
    [first, last] = from === to ? [first - from * strides[part]!, last - from * strides[part]!] : everywhere;
    return [from, to];
  });
}

function joinedInterval(parts: Region, sizes: readonly number[]): Interval {
  const strides = rowMajorStrides(sizes);
  const within = parts.map(([low, high], part): Interval => {
    const isAll = part > 0 && !Number.isFinite(high - low);
    return isAll ? [0, sizes[part]! - 1] : [low, high];
  });
  const sum = (end: 0 | 1) => within.reduce((total, each, part) => total + each[end] * strides[part]!, 0);
  return [sum(0), sum(1)];
}
