import {
  type Dim,
  dimText,
  equal,
  holds,
  multiply,
  type Requirement,
  substitute,
  subtract,
  symbol,
  symbolsOf,
} from '../dim.ts';
import type { Graph } from '../graph.ts';
import { type Box, searchBoxes } from './boxes.ts';
import { searchPeriodic } from './periodic.ts';

/** For which values of its symbolic sizes a net is right. Plain data. */
export interface Sizes {
  readonly symbols: readonly string[];
  /** Sizes that follow from others: W is H. */
  readonly tied: readonly TiedSize[];
  /** Groups of symbols that do not depend on each other: any choice of the one goes with any of the other. */
  readonly parts: readonly SizesPart[];
  /** What would fit as well, but is not given here. */
  readonly leavesOut?: LeftOut;
  /** Absent where the answer is proven for all sizes; else those up to here have been looked at, and it holds for them. */
  readonly searchedTo?: number;
}

/**
 * `ones`: values whose sizes are broadcast where one of them is 1 are only given with equal sizes. `as many`: so are values
 * that must have as many numbers as each other.
 */
export type LeftOut = 'ones' | 'as many';

/** A size that follows from others: `W = H - 2`. */
export interface TiedSize {
  readonly symbol: string;
  readonly equals: Dim;
  /** `equals` as one would write it. */
  readonly text: string;
}

/** Symbols that depend on each other, with the sizes that fit. */
export interface SizesPart {
  readonly symbols: readonly string[];
  /** Any of these. None: no size fits. */
  readonly choices: readonly SizesChoice[];
  /** More of them, where all symbols cannot be the same number, as they are for a square picture; only if there are others. */
  readonly oblong: readonly SizesChoice[];
}

/** For each symbol its ranges; those of different symbols go together freely. */
export type SizesChoice = Readonly<Record<string, readonly SizeRange[]>>;

/** `from`, `from + step`, … up to `to`, or without end. */
export interface SizeRange {
  readonly from: number;
  readonly to?: number;
  readonly step: number;
}

/**
 * Finds the sizes that satisfy all requirements of a graph. Time and memory are bounded; where that does not do for a
 * proof over all sizes, the answer says how far it looked.
 */
export function solveSizes({ symbols, requirements }: Pick<Graph, 'symbols' | 'requirements'>): Sizes {
  const { tied, rest, leavesOut } = tie(symbols, requirements);
  const free = symbols.filter((name) => !tied.some((each) => each.symbol === name));
  const solved: readonly SolvedPart[] = rest.some(isContradiction)
    ? [{ part: { symbols: free, choices: [], oblong: [] } }]
    : components(free, rest).map((group) => solvePart(group.symbols, group.requirements));
  const bounds = solved.flatMap(({ searchedTo }) => searchedTo ?? []);
  return {
    symbols,
    tied: tied.map((each) => ({ ...each, text: dimText(each.equals) })),
    parts: solved.map(({ part }) => part),
    ...(leavesOut && { leavesOut }),
    ...(bounds.length > 0 && { searchedTo: Math.min(...bounds) }),
  };
}

/** Equations like `H = W` fix one symbol by others, which then takes its place everywhere. */
function tie(symbols: readonly string[], requirements: readonly Requirement[]) {
  const tied: { readonly symbol: string; readonly equals: Dim }[] = [];
  let rest = requirements;
  let leavesOut: LeftOut | undefined;
  for (;;) {
    const found = findTie(symbols, rest);
    if (!found) return { tied, rest, leavesOut };
    leavesOut ??= found.leavesOut;
    const values = new Map([[found.symbol, found.equals]]);
    for (const [index, each] of tied.entries()) tied[index] = { ...each, equals: substitute(each.equals, values) };
    const { symbol, equals, span } = found;
    tied.push({ symbol, equals });
    rest = [
      ...rest.map((each) => ({ ...each, left: substitute(each.left, values), right: substitute(each.right, values) })),
      { left: equals, relation: 'at least' as const, right: 1, span },
    ].filter(({ left, relation, right }) => relation === 'at least' || equal(left, right) !== 'always');
  }
}

interface Tie extends Pick<TiedSize, 'symbol' | 'equals'>, Pick<Requirement, 'span'> {
  /** Sizes that fit as well. */
  readonly leavesOut?: LeftOut;
}

function findTie(symbols: readonly string[], requirements: readonly Requirement[]): Tie | undefined {
  for (const { left, relation, right, span } of requirements) {
    if (relation === 'at least') continue;
    const difference = subtract(left, right);
    if (typeof difference === 'number') continue;
    for (const name of symbols.toReversed()) {
      const term = difference.terms.find(({ factors }) => factors.length === 1 && factors[0]!.key === name);
      if (!term || Math.abs(term.coefficient) !== 1) continue;
      const equals = multiply(-term.coefficient, subtract(difference, multiply(term.coefficient, symbol(name))));
      if (typeof equals === 'number' || symbolsOf(equals).includes(name)) continue;
      return { symbol: name, equals, ...(relation !== 'equal' && { leavesOut: 'ones' }), span };
    }
  }
  return findTwins(symbols, requirements);
}

/**
 * `H · W = V · U` holds for pictures of the same sizes, H = V and W = U, and for others that nobody has in mind: two pictures
 * that share their weights.
 */
function findTwins(symbols: readonly string[], requirements: readonly Requirement[]): Tie | undefined {
  for (const { left, relation, right, span } of requirements) {
    if (relation !== 'equal') continue;
    const [ours, theirs] = [symbolsOf(left), symbolsOf(right)];
    const own = symbols.filter((name) => ours.includes(name) && !theirs.includes(name));
    const others = symbols.filter((name) => theirs.includes(name) && !ours.includes(name));
    const pairs = own.map((name, index) => [name, others[index]] as const);
    const [first, twin] = pairs[0] ?? [];
    if (first === undefined || twin === undefined || own.length !== others.length) continue;
    const values = new Map(others.map((name, index) => [name, symbol(own[index]!)]));
    if (equal(left, substitute(right, values)) !== 'always') continue;
    const [earlier, later] = symbols.indexOf(first) < symbols.indexOf(twin) ? [first, twin] : [twin, first];
    return { symbol: later, equals: symbol(earlier), leavesOut: 'as many', span };
  }
  return undefined;
}

/** Numbers that do not fit: what is left where ties leave no symbol. */
function isContradiction(requirement: Requirement): boolean {
  return (
    typeof requirement.left === 'number' && typeof requirement.right === 'number' && !holds(requirement, new Map())
  );
}

/** Symbols that a requirement holds together, with their requirements. */
function components(symbols: readonly string[], requirements: readonly Requirement[]) {
  const groups = new Map(symbols.map((name) => [name, { symbols: [name], requirements: [] as Requirement[] }]));
  for (const requirement of requirements) {
    const names = [...new Set([...symbolsOf(requirement.left), ...symbolsOf(requirement.right)])];
    const [first, ...others] = [...new Set(names.map((name) => groups.get(name)!))];
    if (!first) continue;
    for (const other of others) {
      first.symbols.push(...other.symbols);
      first.requirements.push(...other.requirements);
      for (const name of other.symbols) groups.set(name, first);
    }
    first.requirements.push(requirement);
  }
  return [...new Set(groups.values())].map((group) => ({
    symbols: symbols.filter((name) => group.symbols.includes(name)),
    requirements: group.requirements,
  }));
}

interface SolvedPart {
  readonly part: SizesPart;
  readonly searchedTo?: number;
}

function solvePart(symbols: readonly string[], requirements: readonly Requirement[]): SolvedPart {
  const [only, ...others] = symbols;
  const periodic = others.length === 0 ? searchPeriodic(only!, requirements) : undefined;
  if (periodic) {
    const choices = periodic.length > 0 ? [{ [only!]: periodic }] : [];
    return { part: { symbols, choices, oblong: [] } };
  }
  const { boxes, searchedTo } = searchBoxes(symbols, requirements);
  const square = boxes.filter(meetsDiagonal);
  const [main, oblong] = square.length > 0 ? [square, boxes.filter((box) => !meetsDiagonal(box))] : [boxes, []];
  const part =
    others.length === 0
      ? {
          symbols,
          choices: main.length > 0 ? [{ [only!]: boxes.map(([interval]) => rangeOf(interval!)) }] : [],
          oblong: [],
        }
      : { symbols, choices: main.map(choiceOf), oblong: oblong.map(choiceOf) };
  return { part, ...(searchedTo !== undefined && { searchedTo }) };

  function choiceOf(box: Box): SizesChoice {
    return Object.fromEntries(symbols.map((name, axis) => [name, [rangeOf(box[axis]!)]]));
  }
}

/** Whether all symbols can be the same number in it. */
function meetsDiagonal(box: Box): boolean {
  return Math.max(...box.map(([low]) => low)) <= Math.min(...box.map(([, high]) => high));
}

function rangeOf([from, to]: readonly [number, number]): SizeRange {
  return { from, ...(to !== Infinity && { to }), step: 1 };
}
