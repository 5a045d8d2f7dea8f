import {
  anyOf,
  bounds,
  type Certainty,
  type Dim,
  factorize,
  type Interval,
  intervalProduct,
  type Requirement,
  subtract,
  symbolsOf,
} from '../dim.ts';

/** One interval for each symbol. */
export type Box = readonly Interval[];

/** The answer of a search, and how far it reaches. */
export interface BoxesFound {
  /** They do not overlap, and together they are the answer. */
  readonly boxes: readonly Box[];
  /** Absent where the answer is proven for all sizes. */
  readonly searchedTo?: number;
}

/** How many times a requirement may be looked at, for each of the searches below. */
const effort = 20_000;
/** A side of a box that begins beyond this is not split any more. */
const farthest = 2 ** 30;
/** With many symbols only the smallest ones are small enough for all to be looked at. */
const nearerBounds = [512, 64, 16, 4, 1];

/**
 * Finds all sizes that satisfy the requirements by branch and bound: a box in which all hold is part of the answer, one
 * in which any fails is dropped, and any other is split. Without an end to the search, ever smaller bounds are tried.
 */
export function searchBoxes(symbols: readonly string[], requirements: readonly Requirement[]): BoxesFound {
  const rules = requirements.map(ruleOf);
  const endless = search(symbols, rules, Infinity);
  if (endless) return { boxes: endless };
  for (const searchedTo of nearerBounds) {
    const boxes = search(symbols, rules, searchedTo);
    if (boxes) return { boxes, searchedTo };
  }
  return { boxes: [], searchedTo: 0 };
}

interface OpenBox {
  readonly box: Box;
  /** Those that hold for a part of it. */
  readonly rules: readonly Rule[];
  readonly depth: number;
}

/** Undefined where the effort does not suffice. */
function search(symbols: readonly string[], rules: readonly Rule[], bound: number): readonly Box[] | undefined {
  const found: Box[] = [];
  const open: OpenBox[] = [{ box: symbols.map(() => [1, bound]), rules, depth: 0 }];
  let looks = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { box, depth } = next;
    const ranges = new Map(symbols.map((name, axis) => [name, box[axis]!]));
    const undecided: Rule[] = [];
    let fits = true;
    for (const rule of next.rules) {
      looks += 1;
      const holds = certaintyIn(rule, ranges);
      if (holds === 'sometimes') undecided.push(rule);
      fits = holds !== 'never';
      if (!fits) break;
    }
    if (looks > effort) return undefined;
    if (!fits) continue;
    if (undecided.length === 0) found.push(box);
    else {
      const halves = split(box, depth);
      if (!halves) return undefined;
      for (const half of halves) open.push({ box: half, rules: undecided, depth: depth + 1 });
    }
  }
  return merge(found);
}

/** In two, across the sides in turn; undefined where that side is too far away to be split. */
function split(box: Box, depth: number): readonly [Box, Box] | undefined {
  const sides = [...box.keys()].filter((axis) => box[axis]![0] < box[axis]![1]);
  const axis = sides[depth % sides.length];
  if (axis === undefined) return undefined;
  const [low, high] = box[axis]!;
  if (low > farthest) return undefined;
  const middle = high === Infinity ? 2 * low : Math.floor((low + high) / 2);
  return [box.with(axis, [low, middle]), box.with(axis, [middle + 1, high])];
}

/** Joins boxes that lie side by side and are alike otherwise. */
function merge(found: readonly Box[]): readonly Box[] {
  let boxes = found;
  for (let before = Infinity; boxes.length < before; ) {
    before = boxes.length;
    for (const axis of boxes[0]?.keys() ?? []) {
      const rows = new Map<string, Box[]>();
      for (const box of boxes) {
        const key = box.with(axis, [0, 0]).join(';');
        const row = rows.get(key);
        if (row) row.push(box);
        else rows.set(key, [box]);
      }
      boxes = [...rows.values()].flatMap((row) =>
        mergeIntervals(row.map((box) => box[axis]!)).map((interval) => row[0]!.with(axis, interval)),
      );
    }
  }
  return boxes.toSorted((a, b) => firstDifference(a, b));
}

function firstDifference(left: Box, right: Box): number {
  const axis = left.findIndex(([low], index) => low !== right[index]![0]);
  return axis < 0 ? 0 : left[axis]![0] - right[axis]![0];
}

function mergeIntervals(intervals: readonly Interval[]): readonly Interval[] {
  const merged: Interval[] = [];
  for (const [low, high] of intervals.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && last[1] + 1 === low) merged[merged.length - 1] = [last[0], high];
    else merged.push([low, high]);
  }
  return merged;
}

/** A requirement in the forms that bound it best. */
interface Rule {
  readonly relation: Requirement['relation'];
  /** Products, which are narrower than what they are multiplied out. */
  readonly left: readonly Dim[];
  readonly right: readonly Dim[];
  /** Where both sides have symbols in common, these are gone from the difference. */
  readonly difference?: Dim;
}

function ruleOf({ left, relation, right }: Requirement): Rule {
  const common = symbolsOf(left).some((name) => symbolsOf(right).includes(name));
  return {
    relation,
    left: factorize(left),
    right: factorize(right),
    ...(common && { difference: subtract(left, right) }),
  };
}

const everything: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function certaintyIn(rule: Rule, ranges: ReadonlyMap<string, Interval>): Certainty {
  const boundsOf = (factors: readonly Dim[]) => factors.map((each) => bounds(each, ranges)).reduce(intervalProduct);
  const left = boundsOf(rule.left);
  const right = boundsOf(rule.right);
  const difference = rule.difference === undefined ? everything : bounds(rule.difference, ranges);
  const low = Math.max(left[0] - right[1], difference[0]);
  const high = Math.min(left[1] - right[0], difference[1]);
  const equal = low > 0 || high < 0 ? 'never' : low === 0 && high === 0 ? 'always' : 'sometimes';
  switch (rule.relation) {
    case 'equal':
      return equal;
    case 'at least':
      return low >= 0 ? 'always' : high < 0 ? 'never' : 'sometimes';
    case 'broadcasts with': {
      const one = [left, right].map(([from, to]) =>
        from === 1 && to === 1 ? 'always' : from > 1 || to < 1 ? 'never' : 'sometimes',
      );
      return anyOf([equal, ...one]);
    }
  }
}
