import type { Interval } from '../tensor/indexing.ts';
import type { Index } from './kernel.ts';

/** `constant + Σ coefficient · quantity`: an index as far as it is linear. */
export interface Linear {
  readonly constant: number;
  readonly terms: ReadonlyMap<Quantity, number>;
}

/** Something of which the bounds are known: a loop variable, or a part of an index that is not linear. */
export interface Quantity {
  readonly name: string;
  readonly range: Interval;
}

/** The index with variables replaced by what they stand for; a variable without an entry has no bounds. */
export function linearOf(index: Index, variables: ReadonlyMap<string, Linear>): Linear {
  switch (index.kind) {
    case 'integer':
      return { constant: index.value, terms: new Map() };
    case 'variable':
      return variables.get(index.name) ?? symbolic(unbounded(index.name));
    case 'floor':
      return symbolic(unbounded('floor'));
    case 'arithmetic': {
      const left = linearOf(index.left, variables);
      const right = linearOf(index.right, variables);
      if (index.operator === 'add') return sum(left, right);
      if (index.operator === 'multiply' && right.terms.size === 0) return scaled(left, right.constant);
      if (index.operator === 'multiply' && left.terms.size === 0) return scaled(right, left.constant);
      const range = operators[index.operator](boundsOf(left), boundsOf(right));
      return symbolic({ name: index.operator, range });
    }
  }
}

export function unbounded(name: string): Quantity {
  return { name, range: [-Infinity, Infinity] };
}

export function symbolic(quantity: Quantity): Linear {
  return { constant: 0, terms: new Map([[quantity, 1]]) };
}

export function sum(left: Linear, right: Linear): Linear {
  const terms = new Map(left.terms);
  for (const [quantity, coefficient] of right.terms) {
    const total = (terms.get(quantity) ?? 0) + coefficient;
    if (total === 0) terms.delete(quantity);
    else terms.set(quantity, total);
  }
  return { constant: left.constant + right.constant, terms };
}

export function scaled({ constant, terms }: Linear, factor: number): Linear {
  if (factor === 0) return { constant: 0, terms: new Map() };
  return {
    constant: constant * factor,
    terms: new Map([...terms].map(([quantity, coefficient]) => [quantity, coefficient * factor])),
  };
}

export function sameLinear(left: Linear, right: Linear): boolean {
  const difference = sum(left, scaled(right, -1));
  return difference.constant === 0 && difference.terms.size === 0;
}

/** The smallest and the largest value. */
export function boundsOf({ constant, terms }: Linear): Interval {
  let [low, high] = [constant, constant];
  for (const [{ range }, coefficient] of terms) {
    low += coefficient * range[coefficient > 0 ? 0 : 1];
    high += coefficient * range[coefficient > 0 ? 1 : 0];
  }
  return [low, high];
}

const operators = {
  multiply: (left, right) => {
    const corners = left.flatMap((a) => right.map((b) => a * b));
    return [Math.min(...corners), Math.max(...corners)];
  },
  divide: (left, [divisor]) => [Math.floor(left[0] / divisor), Math.floor(left[1] / divisor)],
  modulo: (_, [divisor]) => [0, divisor - 1],
  min: (left, right) => [Math.min(left[0], right[0]), Math.min(left[1], right[1])],
  max: (left, right) => [Math.max(left[0], right[0]), Math.max(left[1], right[1])],
} as const satisfies Record<string, (left: Interval, right: Interval) => Interval>;
