import type { Span } from '../grammar/source.ts';

/**
 * The size of an axis: a number, or an expression over symbolic sizes. All are whole.
 *
 * `NaN` stands for a size that is too large or too complex to be followed; it spreads through all arithmetic, and the
 * checker reports it once. So no input makes this arithmetic slow, large or wrong.
 */
export type Dim = number | SymbolicDim;

/**
 * A polynomial over atoms in its normal form: terms are sorted, no two have the same factors, no coefficient is 0, and
 * one term at least has a factor. Two expressions with the same key are the same size.
 */
export interface SymbolicDim {
  readonly kind: 'symbolic';
  readonly terms: readonly Term[];
  readonly key: string;
}

/** `coefficient · factors`. The term without factors, if there is one, is the last. */
export interface Term {
  readonly coefficient: number;
  readonly factors: readonly Atom[];
  readonly key: string;
}

export type Atom =
  | { readonly kind: 'symbol'; readonly name: string; readonly key: string }
  /** Rounded down. The coefficients of the numerator are from 0 to the divisor, which has no factor in common with all. */
  | { readonly kind: 'floor'; readonly numerator: SymbolicDim; readonly divisor: number; readonly key: string }
  /** Of two or more, sorted. */
  | { readonly kind: 'min' | 'max'; readonly of: readonly Dim[]; readonly key: string };

/** What symbolic sizes must satisfy for a net to be right; `netc sizes` solves them. */
export interface Requirement {
  /** `left relation right`. Sizes broadcast where they are equal or one of them is 1. */
  readonly left: Dim;
  readonly relation: 'equal' | 'at least' | 'broadcasts with';
  readonly right: Dim;
  /** The stage that asks for it. */
  readonly span: Span;
}

/** For how many values of the symbols something holds; every symbol is at least 1. */
export type Certainty = 'always' | 'never' | 'sometimes';

/** All whole numbers from `low` to `high`, which may be infinite. */
export type Interval = readonly [low: number, high: number];

/** Sizes that people write have a handful of terms; more than this is not followed. */
const maximumTerms = 32;
const maximumKey = 2000;

/** A size that is not known yet. */
export function symbol(name: string): Dim {
  return ofAtom({ kind: 'symbol', name, key: name });
}

export function add(...dims: readonly Dim[]): Dim {
  if (dims.every((each) => typeof each === 'number')) return exact(dims.reduce((sum, each) => sum + each, 0));
  return polynomial(dims.flatMap(termsOf));
}

export function subtract(left: Dim, right: Dim): Dim {
  return add(left, multiply(-1, right));
}

export function multiply(...dims: readonly Dim[]): Dim {
  return dims.reduce(multiplyTwo, 1);
}

/** `left / right` rounded down. The divisor is a positive number. */
export function divideFloor(left: Dim, right: number): Dim {
  if (!(Number.isSafeInteger(right) && right > 0)) return Number.NaN;
  if (typeof left === 'number') return exact(Math.floor(left / right));
  // What the divisor divides comes out: (4H + 3) / 2 is 2H + 1 + 1 / 2.
  const whole = polynomial(left.terms.map((term) => scaled(term, Math.floor(term.coefficient / right))));
  const rest = subtract(left, multiply(right, whole));
  if (typeof rest === 'number') return whole;
  return add(whole, floorOf(rest, right));
}

/** `left / right` rounded up. The divisor is a positive number. */
export function divideCeil(left: Dim, right: number): Dim {
  return divideFloor(add(left, right - 1), right);
}

export function minimum(...dims: readonly Dim[]): Dim {
  return extreme('min', dims);
}

export function maximum(...dims: readonly Dim[]): Dim {
  return extreme('max', dims);
}

/** Whether two sizes are written in the same normal form. */
export function isSame(left: Dim, right: Dim): boolean {
  return left === right || (typeof left !== 'number' && typeof right !== 'number' && left.key === right.key);
}

/** Whether two sizes are the same. */
export function equal(left: Dim, right: Dim): Certainty {
  const difference = subtract(left, right);
  if (typeof difference === 'number') return certainty(difference === 0, difference !== 0);
  const [low, high] = bounds(difference);
  const last = difference.terms.at(-1)!;
  const constant = last.factors.length === 0 ? last.coefficient : 0;
  const step = difference.terms.reduce((sum, term) => (term.factors.length > 0 ? gcd(sum, term.coefficient) : sum), 0);
  return certainty(false, low > 0 || high < 0 || constant % step !== 0);
}

/** Whether `left >= right`. */
export function atLeast(left: Dim, right: Dim): Certainty {
  const [low, high] = bounds(subtract(left, right));
  return certainty(low >= 0, high < 0);
}

/** The number that it is for these values of the symbols; `NaN` where one is missing. */
export function evaluate(dim: Dim, values: ReadonlyMap<string, number>): number {
  if (typeof dim === 'number') return dim;
  let sum = 0;
  for (const { coefficient, factors } of dim.terms) {
    let product = coefficient;
    for (const factor of factors) product *= evaluateAtom(factor, values);
    sum += product;
  }
  return sum;
}

/** Whether a requirement holds for these values of the symbols. */
export function holds(requirement: Requirement, values: ReadonlyMap<string, number>): boolean {
  const left = evaluate(requirement.left, values);
  const right = evaluate(requirement.right, values);
  switch (requirement.relation) {
    case 'equal':
      return left === right;
    case 'at least':
      return left >= right;
    case 'broadcasts with':
      return left === right || left === 1 || right === 1;
  }
}

/** The size with other sizes in the place of symbols. */
export function substitute(dim: Dim, values: ReadonlyMap<string, Dim>): Dim {
  if (typeof dim === 'number') return dim;
  return add(
    ...dim.terms.map((term) =>
      multiply(term.coefficient, ...term.factors.map((factor) => substituteAtom(factor, values))),
    ),
  );
}

/** The names of the symbols in it, each once. */
export function symbolsOf(dim: Dim): readonly string[] {
  if (typeof dim === 'number') return [];
  return [...new Set(dim.terms.flatMap((term) => term.factors.flatMap(symbolsOfAtom)))];
}

/** As one would write it: `(H - 4) / 2`, where `/` rounds down; `?` for a size that is not followed. */
export function dimText(dim: Dim): string {
  if (typeof dim === 'number') return Number.isNaN(dim) ? '?' : String(dim);
  const parts = factorize(dim);
  return parts.length === 1 ? sumText(dim) : parts.map((part) => wrapped(sumText(part))).join(' * ');
}

/** `H - 4 >= 2`, `H = W, or one of them 1` */
export function requirementText({ left, relation, right }: Requirement): string {
  const sign = relation === 'at least' ? '>=' : '=';
  const unless = relation === 'broadcasts with' ? ', or one of them 1' : '';
  return `${dimText(left)} ${sign} ${dimText(right)}${unless}`;
}

// --- the normal form

function exact(value: number): number {
  return Number.isSafeInteger(value) ? value + 0 : Number.NaN;
}

function ofAtom(atom: Atom): Dim {
  return polynomial([{ coefficient: 1, factors: [atom], key: atom.key }]);
}

function termsOf(dim: Dim): readonly Term[] {
  return typeof dim === 'number' ? [{ coefficient: dim, factors: [], key: '' }] : dim.terms;
}

function scaled(term: Term, coefficient: number): Term {
  return { ...term, coefficient };
}

function polynomial(terms: readonly Term[]): Dim {
  const merged = new Map<string, Term>();
  for (const term of terms) {
    const before = merged.get(term.key);
    const coefficient = (before?.coefficient ?? 0) + term.coefficient;
    if (!Number.isSafeInteger(coefficient)) return Number.NaN;
    merged.set(term.key, before ? scaled(term, coefficient) : term);
  }
  const kept = [...merged.values()].filter((term) => term.coefficient !== 0);
  if (kept.length > maximumTerms) return Number.NaN;
  if (kept.every((term) => term.factors.length === 0)) return kept[0]?.coefficient ?? 0;
  return ordered(kept.sort((a, b) => b.factors.length - a.factors.length || compareText(a.key, b.key)));
}

function multiplyTwo(left: Dim, right: Dim): Dim {
  if (typeof left === 'number') return typeof right === 'number' ? exact(left * right) : times(right, left);
  if (typeof right === 'number') return times(left, right);
  return polynomial(termsOf(left).flatMap((a) => termsOf(right).map((b) => multiplyTerms(a, b))));
}

/** A multiple, whose terms stand in the order of those that it is of. */
function times(dim: SymbolicDim, factor: number): Dim {
  if (factor === 0) return 0;
  if (factor === 1) return dim;
  const terms = dim.terms.map((term) => scaled(term, term.coefficient * factor));
  return terms.every(({ coefficient }) => Number.isSafeInteger(coefficient)) ? ordered(terms) : Number.NaN;
}

/** Terms in the normal form. */
function ordered(terms: readonly Term[]): Dim {
  const key = terms.map((term) => `${term.coefficient}*${term.key}`).join('+');
  return key.length > maximumKey ? Number.NaN : { kind: 'symbolic', terms, key };
}

function multiplyTerms(left: Term, right: Term): Term {
  const factors = [...left.factors, ...right.factors].sort((a, b) => compareText(a.key, b.key));
  return {
    coefficient: left.coefficient * right.coefficient,
    factors,
    key: factors.map((each) => each.key).join('*'),
  };
}

/** The quotient of what the divisor does not divide, as one atom, or as a simpler size that is the same. */
function floorOf(numerator: SymbolicDim, divisor: number): Dim {
  const varying = numerator.terms.filter((term) => term.factors.length > 0);
  const common = varying.reduce((sum, term) => gcd(sum, term.coefficient), divisor);
  if (common > 1) {
    const reduced = polynomial(numerator.terms.map((term) => scaled(term, Math.floor(term.coefficient / common))));
    return divideFloor(reduced, divisor / common);
  }
  // (p / a + r) / b is (p + ra) / ab, so that pooling twice by 2 is pooling by 4.
  const only = varying.length === 1 && varying[0]!.coefficient === 1 ? varying[0]!.factors : [];
  if (only.length === 1 && only[0]!.kind === 'floor') {
    const inner = only[0]!;
    const rest = subtract(numerator, ofAtom(inner));
    return divideFloor(add(inner.numerator, multiply(rest, inner.divisor)), exact(inner.divisor * divisor));
  }
  return ofAtom({ kind: 'floor', numerator, divisor, key: `floor(${numerator.key},${divisor})` });
}

function extreme(kind: 'min' | 'max', dims: readonly Dim[]): Dim {
  const pick = kind === 'min' ? Math.min : Math.max;
  const flat = dims.flatMap((dim) => partsOf(kind, dim));
  const numbers = flat.filter((each) => typeof each === 'number');
  if (numbers.length === flat.length) return pick(...numbers);
  const different = new Map(flat.map((each) => [keyOf(each), each]));
  for (const each of numbers) different.delete(keyOf(each));
  const candidates = [...different.values(), ...(numbers.length > 0 ? [pick(...numbers)] : [])];
  // One that is always beaten by another is left out. All are different, so no two beat each other.
  const beaten = (one: Dim, by: Dim) => (kind === 'min' ? atLeast(one, by) : atLeast(by, one)) === 'always';
  const of = candidates
    .filter((each) => !candidates.some((other) => other !== each && beaten(each, other)))
    .sort((a, b) => compareText(keyOf(a), keyOf(b)));
  if (of.some((each) => Number.isNaN(each)) || of.length > maximumTerms) return Number.NaN;
  return of.length === 1 ? of[0]! : ofAtom({ kind, of, key: `${kind}(${of.map(keyOf).join(',')})` });
}

/** The operands of a minimum within a minimum stand beside the outer ones. */
function partsOf(kind: 'min' | 'max', dim: Dim): readonly Dim[] {
  const atom = typeof dim === 'number' ? undefined : onlyAtom(dim);
  return atom?.kind === kind ? atom.of : [dim];
}

function onlyAtom(dim: SymbolicDim): Atom | undefined {
  const [term] = dim.terms;
  return dim.terms.length === 1 && term!.coefficient === 1 && term!.factors.length === 1 ? term!.factors[0] : undefined;
}

function keyOf(dim: Dim): string {
  return typeof dim === 'number' ? String(dim) : dim.key;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest common divisor of two whole numbers; that of 0 and a number is the number. */
export function gcd(left: number, right: number): number {
  let [a, b] = [Math.abs(left), Math.abs(right)];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function evaluateAtom(atom: Atom, values: ReadonlyMap<string, number>): number {
  switch (atom.kind) {
    case 'symbol':
      return values.get(atom.name) ?? Number.NaN;
    case 'floor':
      return Math.floor(evaluate(atom.numerator, values) / atom.divisor);
    case 'min':
      return Math.min(...atom.of.map((each) => evaluate(each, values)));
    case 'max':
      return Math.max(...atom.of.map((each) => evaluate(each, values)));
  }
}

function substituteAtom(atom: Atom, values: ReadonlyMap<string, Dim>): Dim {
  switch (atom.kind) {
    case 'symbol':
      return values.get(atom.name) ?? ofAtom(atom);
    case 'floor':
      return divideFloor(substitute(atom.numerator, values), atom.divisor);
    case 'min':
    case 'max':
      return extreme(
        atom.kind,
        atom.of.map((each) => substitute(each, values)),
      );
  }
}

function symbolsOfAtom(atom: Atom): readonly string[] {
  switch (atom.kind) {
    case 'symbol':
      return [atom.name];
    case 'floor':
      return symbolsOf(atom.numerator);
    case 'min':
    case 'max':
      return atom.of.flatMap(symbolsOf);
  }
}

// --- what can be said for all sizes at once

function certainty(always: boolean, never: boolean): Certainty {
  return always ? 'always' : never ? 'never' : 'sometimes';
}

/** How certain it is that at least one of several things holds. */
export function anyOf(certainties: readonly Certainty[]): Certainty {
  return certainty(
    certainties.includes('always'),
    certainties.every((each) => each === 'never'),
  );
}

/**
 * Between which numbers it lies while the symbols are in these ranges, from 1 where none is given. By interval
 * arithmetic: never too narrow, sometimes too wide, and exact where each range is one number.
 */
export function bounds(dim: Dim, ranges?: ReadonlyMap<string, Interval>): Interval {
  if (typeof dim === 'number') return Number.isNaN(dim) ? [-Infinity, Infinity] : [dim, dim];
  const parts = dim.terms.map(({ coefficient, factors }) =>
    factors.map((atom) => atomBounds(atom, ranges)).reduce(intervalProduct, [coefficient, coefficient]),
  );
  return [parts.reduce((sum, [low]) => sum + low, 0), parts.reduce((sum, [, high]) => sum + high, 0)];
}

function atomBounds(atom: Atom, ranges: ReadonlyMap<string, Interval> | undefined): Interval {
  switch (atom.kind) {
    case 'symbol':
      return ranges?.get(atom.name) ?? [1, Infinity];
    case 'floor': {
      const [low, high] = bounds(atom.numerator, ranges);
      return [Math.floor(low / atom.divisor), Math.floor(high / atom.divisor)];
    }
    case 'min':
    case 'max': {
      const pick = atom.kind === 'min' ? Math.min : Math.max;
      const parts = atom.of.map((each) => bounds(each, ranges));
      return [pick(...parts.map(([low]) => low)), pick(...parts.map(([, high]) => high))];
    }
  }
}

/** The interval in which all products of a number from each of the two lie. */
export function intervalProduct(left: Interval, right: Interval): Interval {
  // 0 · ∞ is 0 here: the infinite end stands for numbers that are all finite.
  const corners = left.flatMap((a) => right.map((b) => (a === 0 || b === 0 ? 0 : a * b)));
  return [Math.min(...corners), Math.max(...corners)];
}

// --- text

/** Finds the factors of a product that has been multiplied out, so that [16, H, W] flattened reads `16 * H * W`. */
export function factorize(dim: Dim): readonly Dim[] {
  if (typeof dim === 'number') return [dim];
  const divisor = dim.terms.reduce((sum, term) => gcd(sum, term.coefficient), 0);
  if (divisor > 1 && (dim.terms.length > 1 || dim.terms[0]!.coefficient > 0)) {
    return [divisor, ...factorize(polynomial(dim.terms.map((term) => scaled(term, term.coefficient / divisor))))];
  }
  for (const atom of new Map(dim.terms.flatMap((term) => term.factors).map((each) => [each.key, each])).values()) {
    const split = splitBy(dim, atom);
    if (split) return [split.own, ...factorize(split.rest)];
  }
  return [dim];
}

/** `dim` as (a polynomial of `atom` alone) · (the rest, without the atom), where it is such a product. */
function splitBy(dim: SymbolicDim, atom: Atom): { own: Dim; rest: SymbolicDim } | undefined {
  const byPower = new Map<number, Term[]>();
  for (const term of dim.terms) {
    const rest = term.factors.filter((factor) => factor.key !== atom.key);
    const power = term.factors.length - rest.length;
    byPower.set(power, [
      ...(byPower.get(power) ?? []),
      multiplyTerms({ ...term, factors: rest }, { coefficient: 1, factors: [], key: '' }),
    ]);
  }
  const own: Dim[] = [];
  let rest: SymbolicDim | undefined;
  for (const [power, terms] of byPower) {
    const sign = Math.sign(terms[0]!.coefficient);
    const content = sign * terms.reduce((sum, term) => gcd(sum, term.coefficient), 0);
    const primitive = polynomial(terms.map((term) => scaled(term, term.coefficient / content)));
    if (typeof primitive === 'number' || (rest && rest.key !== primitive.key)) return undefined;
    rest = primitive;
    own.push(multiply(content, ...new Array<Dim>(power).fill(ofAtom(atom))));
  }
  return rest && { own: add(...own), rest };
}

function sumText(dim: Dim): string {
  if (typeof dim === 'number') return dimText(dim);
  const last = dim.terms.at(-1)!;
  const constant = last.factors.length === 0 ? last.coefficient : 0;
  const varying = constant === 0 ? dim.terms : dim.terms.slice(0, -1);
  // H / 2 - 2 reads (H - 4) / 2, as the rule that made it would be written.
  const quotients = varying.filter(
    ({ coefficient, factors }) => coefficient === 1 && factors.length === 1 && factors[0]!.kind === 'floor',
  );
  const host = constant !== 0 && quotients.length === 1 ? quotients[0] : undefined;
  const parts = varying.map((term) => termText(term, term === host ? constant : 0));
  if (constant !== 0 && !host) parts.push(String(constant));
  return parts.reduce((text, part) => (part.startsWith('-') ? `${text} - ${part.slice(1)}` : `${text} + ${part}`));
}

function termText({ coefficient, factors }: Term, plus: number): string {
  const texts = factors.map((factor) => atomText(factor, plus));
  const product = texts.length > 1 || Math.abs(coefficient) !== 1 ? texts.map(wrapped) : texts;
  if (Math.abs(coefficient) !== 1) product.unshift(String(Math.abs(coefficient)));
  return `${coefficient < 0 ? '-' : ''}${product.join(' * ')}`;
}

function atomText(atom: Atom, plus: number): string {
  switch (atom.kind) {
    case 'symbol':
      return atom.name;
    case 'floor':
      return `${wrapped(dimText(add(atom.numerator, exact(plus * atom.divisor))))} / ${atom.divisor}`;
    case 'min':
    case 'max':
      return `${atom.kind}(${atom.of.map(dimText).join(', ')})`;
  }
}

/** In parentheses, unless it is one word, number or call. */
function wrapped(text: string): string {
  return /^(\w+|\w+\([^()]*\))$/.test(text) ? text : `(${text})`;
}
