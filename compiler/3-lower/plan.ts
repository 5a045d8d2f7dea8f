import type { TensorValue } from '../tensor.ts';

/** A value that a run makes and needs no more when it ends, in the order of the steps. */
export interface Lifetime {
  readonly value: TensorValue;
  /** The step that writes it. */
  readonly first: number;
  /** The last step that reads it. */
  readonly last: number;
  /** A value that dies where this one is born, and whose place it takes: each element is read before it is written. */
  readonly inPlaceOf?: TensorValue;
}

export interface Plan {
  /** Where each value begins in the arena. */
  readonly offsets: ReadonlyMap<TensorValue, number>;
  /** Elements of the arena. */
  readonly size: number;
  /** The largest sum of sizes that live at the same time. */
  readonly lowerBound: number;
}

/** Values that share a place, one after the other. */
interface Block {
  readonly values: TensorValue[];
  readonly size: number;
  readonly first: number;
  last: number;
}

/**
 * Gives every value a place in one arena so that none is overwritten while it is needed. Large values are placed first,
 * each into the smallest gap that is free for its whole life: Y. Pisarchyk and J. Lee, *Efficient Memory Management for
 * Deep Neural Net Inference*, 2020, "greedy by size".
 */
export function planArena(lifetimes: readonly Lifetime[]): Plan {
  const blocks = blocksOf(lifetimes);
  /** Sorted by offset, so that the gaps between them are found in one walk. */
  const placed: { readonly block: Block; readonly offset: number }[] = [];
  const offsets = new Map<TensorValue, number>();
  let size = 0;
  for (const block of blocks.toSorted((left, right) => right.size - left.size)) {
    let best: { offset: number; room: number } | undefined;
    let end = 0;
    for (const other of placed) {
      if (other.block.last < block.first || other.block.first > block.last) continue;
      const room = other.offset - end;
      if (room >= block.size && (best === undefined || room < best.room)) best = { offset: end, room };
      end = Math.max(end, other.offset + other.block.size);
    }
    const offset = best?.offset ?? end;
    const at = placed.findIndex((other) => other.offset > offset);
    placed.splice(at < 0 ? placed.length : at, 0, { block, offset });
    size = Math.max(size, offset + block.size);
    for (const value of block.values) offsets.set(value, offset);
  }
  return { offsets, size, lowerBound: lowerBoundOf(blocks) };
}

function blocksOf(lifetimes: readonly Lifetime[]): readonly Block[] {
  const blockOf = new Map<TensorValue, Block>();
  for (const { value, first, last, inPlaceOf } of lifetimes) {
    const block = inPlaceOf && blockOf.get(inPlaceOf);
    if (block) {
      block.values.push(value);
      block.last = last;
      blockOf.set(value, block);
    } else blockOf.set(value, { values: [value], size: value.size, first, last });
  }
  return [...new Set(blockOf.values())];
}

function lowerBoundOf(blocks: readonly Block[]): number {
  const changes: number[] = [];
  for (const { size, first, last } of blocks) {
    changes[first] = (changes[first] ?? 0) + size;
    changes[last + 1] = (changes[last + 1] ?? 0) - size;
  }
  let alive = 0;
  let most = 0;
  for (const change of changes) {
    alive += change ?? 0;
    most = Math.max(most, alive);
  }
  return most;
}
