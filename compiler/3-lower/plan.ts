import type { TensorValue } from '../tensor/tensor.ts';

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
 * Gives every value a place in one arena so that none is overwritten while it is needed. Two ways are tried, and that
 * which needs less is taken. The first places large values first, each into the smallest gap that is free for its whole
 * life: "greedy by size" of Y. Pisarchyk and J. Lee, *Efficient Memory Management for Deep Neural Net Inference*, 2020.
 * The second places them as they are born, at the two ends of the arena by turns, so that a chain never needs more than
 * its two largest neighbours.
 */
export function planArena(lifetimes: readonly Lifetime[]): Plan {
  const blocks = blocksOf(lifetimes);
  const lowerBound = lowerBoundOf(blocks);
  const bySize = place(
    blocks.toSorted((left, right) => right.size - left.size),
    smallestGap,
  );
  if (bySize.size === lowerBound) return { ...bySize, lowerBound };
  const byTurns = place(blocks, (gaps, { size }, turn) => (turn % 2 === 0 ? gaps[0]! : topGap(gaps, size, lowerBound)));
  return { ...(byTurns.size < bySize.size ? byTurns : bySize), lowerBound };
}

/** Free elements from `start` on, below `end`. */
interface Gap {
  readonly start: number;
  readonly end: number;
}

/** Places one block after the other in one of the gaps that are large enough for it; the last one has no end. */
function place(
  blocks: readonly Block[],
  choose: (gaps: readonly Gap[], block: Block, turn: number) => Gap,
): Pick<Plan, 'offsets' | 'size'> {
  /** Sorted by offset, so that the gaps between them are found in one walk. */
  const placed: { readonly block: Block; readonly offset: number }[] = [];
  const offsets = new Map<TensorValue, number>();
  let size = 0;
  for (const [turn, block] of blocks.entries()) {
    const gaps: Gap[] = [];
    let end = 0;
    for (const { block: other, offset } of placed) {
      if (other.last < block.first || other.first > block.last) continue;
      if (offset - end >= block.size) gaps.push({ start: end, end: offset });
      end = Math.max(end, offset + other.size);
    }
    gaps.push({ start: end, end: Number.POSITIVE_INFINITY });
    const offset = choose(gaps, block, turn).start;
    const after = placed.findIndex((other) => other.offset > offset);
    placed.splice(after < 0 ? placed.length : after, 0, { block, offset });
    size = Math.max(size, offset + block.size);
    for (const value of block.values) offsets.set(value, offset);
  }
  return { offsets, size };
}

function smallestGap(gaps: readonly Gap[]): Gap {
  return gaps.reduce((best, gap) => (gap.end - gap.start < best.end - best.start ? gap : best));
}

/** The highest place that ends within the limit, where there is one. */
function topGap(gaps: readonly Gap[], size: number, limit: number): Gap {
  const gap = gaps.findLast(({ start }) => start + size <= limit);
  return gap ? { start: Math.min(gap.end, limit) - size, end: gap.end } : gaps[0]!;
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
