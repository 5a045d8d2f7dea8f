import { type Interval, rangeOver } from '../tensor/indexing.ts';
import type { Affine } from '../tensor/tensor.ts';

/** Coordinates `from`, `from + step`, … below `to` of an axis, at each of which `step` coordinates are done at once. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** `0 <= index < limit` */
export interface Guard {
  readonly index: Affine;
  readonly limit: number;
}

/** More than this would be more code than conditions are worth. */
const mostRanges = 64;

/**
 * An axis as loops: split where a guard along it begins or ceases to hold for all that the other axes may be (their
 * `ranges`), and each of these ranges in whole tiles and what is left over.
 */
export function piecesOf(
  axis: number,
  size: number,
  tile: number,
  guards: readonly Guard[],
  ranges: readonly Interval[],
): readonly Piece[] {
  const borders = new Set([0, size]);
  for (const guard of guards) for (const border of bordersOf(guard, axis, ranges)) borders.add(border);
  const sorted = [...borders].filter((each) => each >= 0 && each <= size).sort((left, right) => left - right);
  const split = sorted.length - 1 <= mostRanges ? sorted : [0, size];
  return split.slice(1).flatMap((to, index) => tiled(split[index]!, to, tile));
}

function tiled(from: number, to: number, tile: number): readonly Piece[] {
  const rest = (to - from) % tile;
  const pieces = [
    { from, to: to - rest, step: tile },
    { from: to - rest, to, step: rest },
  ];
  return pieces.filter((piece) => piece.to > piece.from);
}

/** The coordinates at which the guard changes from never through sometimes to always, and back. */
function bordersOf({ index, limit }: Guard, axis: number, ranges: readonly Interval[]): readonly number[] {
  const coefficient = index.coefficients[axis]!;
  if (coefficient === 0) return [];
  const others = { ...index, coefficients: index.coefficients.with(axis, 0) };
  const [low, high] = rangeOver(others, ranges);
  // Where coefficient · x + low and coefficient · x + high cross 0 and the limit.
  return [0 - low, 0 - high, limit - low, limit - high].map((distance) =>
    coefficient > 0 ? Math.ceil(distance / coefficient) : Math.floor(distance / coefficient) + 1,
  );
}
