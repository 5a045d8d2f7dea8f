import type { Condition, Float, Index, Statement } from '../kernel/kernel.ts';
import { type Interval, rangeOver } from '../tensor/indexing.ts';
import type { Affine } from '../tensor/tensor.ts';
import { indexVariable, integer, plus, times } from './index-arithmetic.ts';
import type { Names } from './names.ts';
import type { Guard, Piece } from './pieces.ts';

/** A place in the code of a nest: what is known of each axis there, and what is already computed. */
export interface Scope {
  /** The statements of the block so far. */
  readonly block: Statement[];
  readonly names: Names;
  /** Where each axis stands; undefined for those whose loops are further in. */
  readonly places: readonly (Place | undefined)[];
  /** Sums of loop variables that are in a variable, by their coefficients as text. */
  readonly sums: ReadonlyMap<string, Index>;
  /** Loads that are in a variable. */
  readonly loaded: Map<string, Float>;
  /** Indices that were looked up and are in a variable. */
  readonly lookedUp: Map<string, Index>;
}

/** The coordinates `start`, `start + 1`, … of an axis, `count` of them. */
export interface Place {
  /** A loop variable or an integer. */
  readonly start: Index;
  readonly range: Interval;
  readonly count: number;
}

/** For each axis which of the coordinates of its place is meant, from 0. */
export type Instance = readonly number[];

/** The scope of one piece of a loop over an axis; `variable` is absent where it runs once, which needs no loop. */
export function enterPiece(scope: Scope, axis: number, piece: Piece, variable: string | undefined): Scope {
  const place: Place = {
    start: variable === undefined ? integer(piece.from) : indexVariable(variable),
    range: [piece.from, piece.to - piece.step],
    count: piece.step,
  };
  return {
    ...scope,
    places: scope.places.with(axis, place),
    loaded: new Map(scope.loaded),
    lookedUp: new Map(scope.lookedUp),
  };
}

/** The sum of the loop variables in an index, without what is constant. */
export function sumAt(scope: Scope, index: Affine): Index {
  const terms = scope.places.map((place, axis) =>
    place?.start.kind === 'variable' ? times(place.start, index.coefficients[axis]!) : integer(0),
  );
  return scope.sums.get(sumKey(scope, index)) ?? terms.reduce(plus, integer(0));
}

/** Names the loop variables in an index with their coefficients. */
export function sumKey(scope: Scope, index: Affine): string {
  return index.coefficients
    .flatMap((coefficient, axis) => {
      const start = scope.places[axis]?.start;
      return coefficient !== 0 && start?.kind === 'variable' ? [`${coefficient} ${start.name}`] : [];
    })
    .join(' ');
}

/** What is constant in an index: its constant, the axes without a loop, and which instance of each place is meant. */
function constantAt(scope: Scope, index: Affine, instance: Instance): number {
  return scope.places.reduce((sum, place, axis) => {
    const start = place?.start.kind === 'integer' ? place.start.value : 0;
    return sum + index.coefficients[axis]! * (start + instance[axis]!);
  }, index.constant);
}

export function indexAt(scope: Scope, index: Affine, instance: Instance): Index {
  return plus(sumAt(scope, index), integer(constantAt(scope, index, instance)));
}

/** Which coordinates of each axis the instance may have; those of axes further in are not asked for. */
export function rangesAt(scope: Scope, instance: Instance): readonly Interval[] {
  return scope.places.map((place, axis): Interval => {
    const [low, high] = place?.range ?? [0, 0];
    return [low + instance[axis]!, high + instance[axis]!];
  });
}

/** What remains to be asked when the code runs: nothing, where the list is empty. */
export function conditionsAt(
  scope: Scope,
  guards: readonly Guard[],
  instance: Instance,
): 'never' | readonly Condition[] {
  const ranges = rangesAt(scope, instance);
  const conditions: Condition[] = [];
  for (const { index, limit } of guards) {
    const [low, high] = rangeOver(index, ranges);
    if (high < 0 || low >= limit) return 'never';
    if (low < 0 || high >= limit) conditions.push({ value: indexAt(scope, index, instance), limit });
  }
  return conditions;
}

/** Every combination of the coordinates of these axes at their places, the last axis fastest. */
export function instancesOf(scope: Scope, axes: readonly number[]): readonly Instance[] {
  const first = scope.places.map(() => 0);
  return axes.reduce<readonly Instance[]>(
    (instances, axis) =>
      instances.flatMap((instance) =>
        Array.from({ length: scope.places[axis]!.count }, (_, each) => instance.with(axis, each)),
      ),
    [first],
  );
}
