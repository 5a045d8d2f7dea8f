import type { Float, Index, Statement } from '../kernel/kernel.ts';
import { constant, type Scalar, substitute, variablesOf } from '../scalar/scalar.ts';
import { simplify } from '../scalar/simplify.ts';
import { structuralKey } from '../structural-key.ts';
import { type Interval, rangeOver, rowMajorStrides } from '../tensor/indexing.ts';
import { type Affine, accumulator, coordinate, folds, type Reduction } from '../tensor/tensor.ts';
import { comparisonsIn, decideComparisons } from './comparisons.ts';
import { computeFloat } from './compute-float.ts';
import { indexVariable, integer, plus, times } from './index-arithmetic.ts';
import { Names } from './names.ts';
import {
  isOfTime,
  type Lookup,
  lookupUsesAxis,
  type Nest,
  type NestLoad,
  namesUsedIn,
  nestAxes,
  usesAxis,
} from './nest.ts';
import { type Guard, type Piece, piecesOf } from './pieces.ts';
import {
  conditionsAt,
  enterPiece,
  type Instance,
  indexAt,
  instancesOf,
  rangesAt,
  type Scope,
  sumAt,
  sumKey,
} from './scope.ts';
import { tidy } from './tidy.ts';

/** How the loops over a nest run. What they give does not depend on it, but for the order of a sum. */
export interface Schedule {
  /**
   * For each axis how many of its coordinates one run of the loop's body does: along the output side by side, each with
   * an accumulator of its own, along a reduction one after the other. What is left over at the end of an axis is done
   * by the same code with a smaller tile.
   */
  readonly tile: readonly number[];
}

/** The names by which a kernel knows the buffers of its nest. */
export interface NestBuffers {
  of(load: NestLoad): string;
  readonly output: string;
}

/** A nest with what is chosen for it. */
export interface ScheduledNest {
  readonly nest: Nest;
  readonly schedule: Schedule;
  readonly buffers: NestBuffers;
}

/**
 * The loops of a nest. Each part of an index, and each load, is computed in the outermost loop that has the variables
 * which it needs. Loops over the output are split where a load leaves its operand, so that a condition remains only
 * where no loop decides it.
 */
export function buildLoops(nest: ScheduledNest): readonly Statement[] {
  return tidy(new LoopBuilder(nest).build());
}

/**
 * The loop of a scan over time, which holds the loops of each of its nests; at the coordinates at which they read before
 * the begin of time, a piece of its own.
 */
export function buildScan(members: readonly ScheduledNest[]): readonly Statement[] {
  const builders = members.map((member) => new LoopBuilder(member));
  const times = members[0]!.nest.axes[0]!;
  const names = new Names(builders.flatMap((builder) => builder.bufferNames));
  const guards = builders.flatMap((builder) => builder.bordersOfTime);
  const block: Statement[] = [];
  for (const piece of piecesOf(0, times, 1, guards, [[0, times - 1]])) {
    const inner: Statement[] = [];
    const inside = new Names([], names);
    const variable = piece.to - piece.from === piece.step ? undefined : inside.fresh('t');
    for (const builder of builders) builder.buildAt(piece, variable, inner, variable === undefined ? names : inside);
    if (variable === undefined) block.push(...inner);
    else block.push(loopOf(piece, variable, inner));
  }
  return tidy(block);
}

function loopOf({ from, to, step }: Piece, variable: string, body: readonly Statement[]): Statement {
  return { kind: 'loop', variable, from: integer(from), to: integer(to), step, body };
}

const outputVariables = ['i', 'j', 'k', 'l', 'm', 'n'];
const reductionVariables = ['p', 'q', 'r', 's', 't', 'u'];

class LoopBuilder {
  readonly #nest: Nest;
  readonly #buffers: NestBuffers;
  readonly #tile: readonly number[];
  readonly #axes: readonly number[];
  readonly #loads: ReadonlyMap<string, NestLoad>;
  readonly #output: Affine;
  /** The innermost loop of all, and of the output's; -1 where there is none. */
  readonly #innermost: number;
  readonly #innermostOutput: number;
  /** Loads that the reduction needs, as opposed to the result. */
  readonly #reduced: ReadonlySet<string>;

  constructor({ nest, schedule: { tile }, buffers }: ScheduledNest) {
    this.#nest = nest;
    this.#buffers = buffers;
    this.#tile = tile;
    this.#axes = nestAxes(nest);
    this.#loads = new Map(nest.loads.map((load) => [load.name, load]));
    const strides = rowMajorStrides(nest.axes);
    this.#output = { constant: 0, coefficients: this.#axes.map((_, axis) => strides[axis] ?? 0) };
    this.#innermost = this.#axes.findLastIndex((_, axis) => this.#hasLoop(axis));
    this.#innermostOutput = nest.axes.findLastIndex((_, axis) => this.#hasLoop(axis));
    this.#reduced = namesUsedIn(nest, nest.reduction ? [nest.reduction.body] : []);
  }

  build(): readonly Statement[] {
    const scope = this.#scope([], new Names(this.bufferNames));
    this.#loadAhead(-1, scope);
    this.#loopOverOutput(0, scope);
    return scope.block;
  }

  /** The loops at one coordinate of time, the first axis, or for a loop over the piece; they go into the block. */
  buildAt(piece: Piece, variable: string | undefined, block: Statement[], names: Names): void {
    const outer = this.#scope(block, names);
    const entered = enterPiece(outer, 0, piece, variable);
    const scope = variable === undefined ? entered : { ...entered, sums: this.#sumsAfter(0, outer, entered) };
    for (const axis of [-1, 0]) if (axis !== this.#innermost) this.#loadAhead(axis, scope);
    this.#loopOverOutput(1, scope);
  }

  get bufferNames(): readonly string[] {
    return [this.#buffers.output, ...this.#nest.loads.map((load) => this.#buffers.of(load))];
  }

  /** What may be split of the first axis, as guards over it alone. */
  get bordersOfTime(): readonly Guard[] {
    const ranges = this.#axes.map((size): Interval => [0, size - 1]);
    return this.#bordersIn(ranges)
      .filter(({ index }) => isOfTime(index))
      .map(({ index: { constant, coefficients }, limit }) => ({
        index: { constant, coefficients: coefficients.slice(0, 1) },
        limit,
      }));
  }

  #scope(block: Statement[], names: Names): Scope {
    const places = this.#axes.map((size, axis) =>
      this.#hasLoop(axis) ? undefined : { start: integer(0), range: [0, 0] as const, count: size },
    );
    return { block, names, places, sums: new Map(), loaded: new Map(), lookedUp: new Map() };
  }

  /** An axis that one tile covers has no loop. */
  #hasLoop(axis: number): boolean {
    return this.#tile[axis]! < this.#axes[axis]!;
  }

  #loopOverOutput(axis: number, scope: Scope): void {
    if (axis === this.#nest.axes.length) this.#computeTile(scope);
    else this.#loopOver(axis, scope, (inner) => this.#loopOverOutput(axis + 1, inner));
  }

  #loopOver(axis: number, scope: Scope, body: (inner: Scope) => void): void {
    if (!this.#hasLoop(axis)) {
      body(scope);
      return;
    }
    const ranges = this.#axes.map((size, each): Interval => {
      const place = scope.places[each];
      return place ? [place.range[0], place.range[1] + place.count - 1] : [0, size - 1];
    });
    const guards = axis < this.#nest.axes.length ? this.#bordersIn(ranges) : [];
    for (const piece of piecesOf(axis, this.#axes[axis]!, this.#tile[axis]!, guards, ranges))
      this.#loopOverPiece(axis, piece, scope, body);
  }

  /** What may be split: the borders of the operands that are read at all here, and what the result asks of coordinates. */
  #bordersIn(ranges: readonly Interval[]): readonly Guard[] {
    const isRead = ({ guards }: NestLoad) =>
      guards.every(({ index, limit }) => {
        const [low, high] = rangeOver(index, ranges);
        return high >= 0 && low < limit;
      });
    return [
      ...this.#nest.loads.filter(isRead).flatMap(({ guards }) => guards),
      ...comparisonsIn(this.#nest.result, this.#axes.length),
    ];
  }

  #loopOverPiece(axis: number, piece: Piece, outer: Scope, body: (inner: Scope) => void): void {
    if (piece.to - piece.from === piece.step) {
      const inner = enterPiece(outer, axis, piece, undefined);
      if (axis !== this.#innermost) this.#loadAhead(axis, inner);
      body(inner);
      return;
    }
    const names = new Names([], outer.names);
    const variable = names.fresh(this.#variableOf(axis));
    const entered = enterPiece({ ...outer, block: [], names }, axis, piece, variable);
    const inner = { ...entered, sums: this.#sumsAfter(axis, outer, entered) };
    if (axis !== this.#innermost) this.#loadAhead(axis, inner);
    body(inner);
    outer.block.push(loopOf(piece, variable, inner.block));
  }

  #variableOf(axis: number): string {
    const reduced = axis - this.#nest.axes.length;
    return (reduced < 0 ? outputVariables[axis] : reductionVariables[reduced]) ?? `${reduced < 0 ? 'i' : 'p'}${axis}`;
  }

  /** Puts the sums of loop variables that indices need, with the variable of one more loop, into variables. */
  #sumsAfter(axis: number, outer: Scope, inner: Scope): ReadonlyMap<string, Index> {
    const sums = new Map(outer.sums);
    const accesses = [
      ...this.#nest.loads.map((load) => ({ buffer: this.#buffers.of(load), index: load.offset })),
      { buffer: this.#buffers.output, index: this.#output },
    ];
    for (const { buffer, index } of accesses) {
      const key = sumKey(inner, index);
      if (index.coefficients[axis] === 0 || sums.has(key)) continue;
      const sum = plus(sumAt(outer, index), times(inner.places[axis]!.start, index.coefficients[axis]!));
      if (sum.kind === 'variable') sums.set(key, sum);
      else {
        const name = inner.names.numbered(`${buffer}At`);
        inner.block.push({ kind: 'index', name, value: sum });
        sums.set(key, indexVariable(name));
      }
    }
    return sums;
  }

  /** Loads, for all of a tile, what depends on this loop and on none further in. */
  #loadAhead(axis: number, scope: Scope): void {
    for (const load of this.#nest.loads) {
      for (const lookup of load.lookups) {
        const used = this.#lookupAxes(lookup);
        if (this.#innermostOf(used) !== axis) continue;
        for (const instance of instancesOf(scope, used)) this.#lookUp(lookup, instance, scope);
      }
      const used = this.#axes.flatMap((_, each) => (usesAxis(this.#nest, load, each) ? [each] : []));
      if (this.#innermostOf(used) !== axis) continue;
      // What only the result needs waits until the reduction is done, so that its loops hold no variable in vain.
      if (axis === this.#innermostOutput && !this.#reduced.has(load.name)) continue;
      for (const instance of instancesOf(scope, used)) {
        if (!this.#isOutside(load, instance, scope)) this.#load(load, instance, scope);
      }
    }
  }

  /** The results of one tile: its sums, by loops where the reduction has some, and what is made of them. */
  #computeTile(scope: Scope): void {
    const { axes, reduction, result } = this.#nest;
    const outputs = instancesOf(scope, [...axes.keys()]);
    const looped = this.#innermost > this.#innermostOutput;
    const folded = reduction && looped ? this.#foldInLoops(reduction, outputs, scope) : undefined;
    outputs.forEach((instance, index) => {
      const accumulated = folded?.[index] ?? (reduction && this.#foldInPlace(reduction, instance, scope));
      const value = this.#compute(result, instance, scope, accumulated);
      const at = indexAt(scope, this.#output, instance);
      scope.block.push({ kind: 'store', buffer: this.#buffers.output, at, value });
    });
  }

  #foldInPlace({ operator, body }: Reduction, output: Instance, scope: Scope): Float {
    const value = this.#steps(output, scope)
      .map((instance) => this.#compute(body, instance, scope))
      .reduce((left, right) => ({ kind: 'apply', op: folds[operator].operator, arguments: [left, right] }));
    const name = scope.names.numbered(operator);
    scope.block.push({ kind: 'local', name, value, mutable: false });
    return { kind: 'local', name };
  }

  #foldInLoops({ operator, body }: Reduction, outputs: readonly Instance[], scope: Scope): readonly Float[] {
    const sums = outputs.map(() => scope.names.numbered(operator));
    const start: Float = { kind: 'constant', value: folds[operator].neutral };
    for (const name of sums) scope.block.push({ kind: 'local', name, value: start, mutable: true });
    this.#loopOverReduction(this.#nest.axes.length, scope, (inner) => {
      const steps = outputs.map((output) => this.#steps(output, inner));
      for (const step of steps[0]!.keys()) {
        for (const [index, name] of sums.entries()) {
          const value = this.#compute(body, steps[index]![step]!, inner);
          const folded: Float = {
            kind: 'apply',
            op: folds[operator].operator,
            arguments: [{ kind: 'local', name }, value],
          };
          inner.block.push({ kind: 'assign', name, value: folded });
        }
      }
    });
    return sums.map((name) => ({ kind: 'local', name }));
  }

  #loopOverReduction(axis: number, scope: Scope, body: (inner: Scope) => void): void {
    if (axis === this.#axes.length) body(scope);
    else this.#loopOver(axis, scope, (inner) => this.#loopOverReduction(axis + 1, inner, body));
  }

  /** The steps of the reduction that one run of the innermost loop does, for one output of the tile. */
  #steps(output: Instance, scope: Scope): readonly Instance[] {
    const reduced = [...this.#axes.keys()].slice(this.#nest.axes.length);
    return instancesOf(scope, reduced).map((step) => step.map((each, axis) => each + output[axis]!));
  }

  /** A formula for one instance of the tile, with what is constant there worked out. */
  #compute(scalar: Scalar, instance: Instance, scope: Scope, accumulated?: Float): Float {
    const constants = new Map<string, Scalar>();
    for (const name of variablesOf(scalar)) {
      const load = this.#loads.get(name);
      if (load && this.#isOutside(load, instance, scope)) constants.set(name, constant(load.outside));
    }
    const coordinates = new Map<string, Float>();
    scope.places.forEach((place, axis) => {
      if (!place) return;
      const value = plus(place.start, integer(instance[axis]!));
      if (value.kind === 'integer') constants.set(coordinate(axis), constant(value.value));
      else coordinates.set(coordinate(axis), { kind: 'number', value });
    });
    const lookUp = (name: string): Float => {
      if (name === accumulator) return accumulated!;
      const load = this.#loads.get(name);
      return load ? this.#load(load, instance, scope) : coordinates.get(name)!;
    };
    return computeFloat(
      simplify(substitute(decideComparisons(scalar, rangesAt(scope, instance)), constants)),
      lookUp,
      scope.names,
      scope.block,
    );
  }

  /** A load in a variable, which a second one of the same element shares. */
  #load(load: NestLoad, instance: Instance, scope: Scope): Float {
    const guards = conditionsAt(scope, load.guards, instance);
    if (guards === 'never') return { kind: 'constant', value: load.outside };
    const looked = load.lookups.map((lookup) => {
      const value = this.#lookUp(lookup, instance, scope);
      return { condition: { value, limit: lookup.limit }, part: times(value, lookup.stride) };
    });
    const conditions = [...looked.map(({ condition }) => condition), ...guards];
    const offset = indexAt(scope, load.offset, instance);
    const at = [...looked.map(({ part }) => part), offset].reduce(plus);
    const buffer = this.#buffers.of(load);
    const value: Float = { kind: 'load', buffer, at };
    const guarded: Float =
      conditions.length === 0 ? value : { kind: 'guarded', conditions, value, outside: load.outside };
    const key = structuralKey(guarded);
    const known = scope.loaded.get(key);
    if (known) return known;
    const name = scope.names.numbered(load.name);
    scope.block.push({ kind: 'local', name, value: guarded, mutable: false });
    const local: Float = { kind: 'local', name };
    scope.loaded.set(key, local);
    return local;
  }

  #isOutside(load: NestLoad, instance: Instance, scope: Scope): boolean {
    return conditionsAt(scope, load.guards, instance) === 'never';
  }

  #lookupAxes(lookup: Lookup): readonly number[] {
    return [...this.#axes.keys()].filter((axis) => lookupUsesAxis(this.#nest, lookup, axis));
  }

  #innermostOf(axes: readonly number[]): number {
    return axes.findLast((axis) => this.#hasLoop(axis)) ?? -1;
  }

  /** The index that is looked up, in a variable, which all loads share that look up the same. */
  #lookUp(lookup: Lookup, instance: Instance, scope: Scope): Index {
    const { index, formula } = lookup;
    const at = this.#lookupAxes(lookup).map((axis) => plus(scope.places[axis]!.start, integer(instance[axis]!)));
    const key = structuralKey([index, formula, at]);
    const known = scope.lookedUp.get(key);
    if (known) return known;
    const floor: Index = { kind: 'floor', value: this.#compute(formula, instance, scope) };
    const name = scope.names.numbered('lookup');
    scope.block.push({ kind: 'index', name, value: plus(floor, indexAt(scope, index, instance)) });
    const found = indexVariable(name);
    scope.lookedUp.set(key, found);
    return found;
  }
}
