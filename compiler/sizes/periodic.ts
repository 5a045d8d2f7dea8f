import {
  type Atom,
  add,
  anyOf,
  atLeast,
  type Certainty,
  type Dim,
  equal,
  gcd,
  holds,
  multiply,
  type Requirement,
  substitute,
  symbol,
} from '../dim.ts';
import type { SizeRange } from './sizes.ts';

/** The most sizes that are tried one by one, and the most that the pattern behind them may repeat after. */
const longestScan = 4096;
const longestPeriod = 512;
/** How many requirements may be looked at for the pattern: of all classes together. */
const effort = 100_000;

/**
 * The values of one symbol that satisfy all requirements: tried one by one up to a bound, and beyond it proven for each
 * class of numbers that leave the same rest when divided by the period, where every `floor` is a straight line.
 * Undefined where that proves nothing.
 */
export function searchPeriodic(name: string, requirements: readonly Requirement[]): readonly SizeRange[] | undefined {
  const period = requirements.flatMap(({ left, right }) => [periodOf(left), periodOf(right)]).reduce(lcm, 1);
  if (period > longestPeriod || period * requirements.length > effort) return undefined;
  for (let bound = 64; bound <= longestScan; bound *= 4) {
    if (bound * requirements.length > 10 * effort) return undefined;
    const beyond = Array.from({ length: period }, (_, rest) =>
      certaintyBeyond(name, requirements, bound + 1 + rest, period),
    );
    if (beyond.includes('sometimes')) continue;
    const fits = (value: number) =>
      value > bound
        ? beyond[(value - bound - 1) % period] === 'always'
        : requirements.every((each) => holds(each, new Map([[name, value]])));
    return ranges(fits, bound, period);
  }
  return undefined;
}

/** Whether all of `first`, `first + period`, … satisfy the requirements. */
function certaintyBeyond(name: string, requirements: readonly Requirement[], first: number, period: number): Certainty {
  const values = new Map([[name, add(first - period, multiply(period, symbol(name)))]]);
  let all: Certainty = 'always';
  for (const { left, relation, right } of requirements) {
    const [a, b] = [substitute(left, values), substitute(right, values)];
    const certain = certaintyOf(a, relation, b);
    if (certain === 'never') return 'never';
    if (certain === 'sometimes') all = 'sometimes';
  }
  return all;
}

function certaintyOf(left: Dim, relation: Requirement['relation'], right: Dim): Certainty {
  switch (relation) {
    case 'equal':
      return equal(left, right);
    case 'at least':
      return atLeast(left, right);
    case 'broadcasts with':
      return anyOf([equal(left, right), equal(left, 1), equal(right, 1)]);
  }
}

/** After how many steps of the symbols all roundings in it begin anew. */
function periodOf(dim: Dim): number {
  if (typeof dim === 'number') return 1;
  return dim.terms.flatMap(({ factors }) => factors.map(periodOfAtom)).reduce(lcm, 1);
}

function periodOfAtom(atom: Atom): number {
  switch (atom.kind) {
    case 'symbol':
      return 1;
    case 'floor':
      return atom.divisor * periodOf(atom.numerator);
    case 'min':
    case 'max':
      return atom.of.map(periodOf).reduce(lcm, 1);
  }
}

/** The fewest ranges: those without an end, which repeat after the period, and what remains before them. */
function ranges(fits: (value: number) => boolean, bound: number, period: number): readonly SizeRange[] {
  const all = Array.from({ length: period }, (_, rest) => bound + 1 + rest);
  const step = divisors(period).find((each) => all.every((value) => fits(value) === fits(value + each)))!;
  const endless = all
    .slice(0, step)
    .filter(fits)
    .map((value) => {
      let from = value;
      while (from - step >= 1 && fits(from - step)) from -= step;
      return { from, step };
    });
  const remaining: number[] = [];
  for (let value = 1; value <= bound; value++) {
    if (fits(value) && !endless.some(({ from }) => value >= from && (value - from) % step === 0)) remaining.push(value);
  }
  return [...runs(remaining), ...endless].toSorted((a, b) => a.from - b.from);
}

/** Rows of numbers at equal distances, 1 before any other. */
function runs(values: readonly number[]): SizeRange[] {
  const found: SizeRange[] = [];
  for (let index = 0; index < values.length; ) {
    const from = values[index]!;
    const distance = (values[index + 1] ?? from + 1) - from;
    let last = index;
    while (values[last + 1]! - values[last]! === distance) last += 1;
    // Two numbers far apart are no row.
    const isRow = distance === 1 || last - index >= 2;
    const end = isRow ? last : index;
    found.push({ from, to: values[end]!, step: isRow ? distance : 1 });
    index = end + 1;
  }
  return found;
}

function divisors(number: number): number[] {
  return Array.from({ length: number }, (_, index) => index + 1).filter((each) => number % each === 0);
}

function lcm(left: number, right: number): number {
  return (left / gcd(left, right)) * right;
}
