import {
  type Dim,
  dimText,
  divideFloor,
  gcd,
  multiply,
  type Requirement,
  type SymbolicDim,
  symbolsOf,
} from '../dim.ts';
import type { Callee } from './callee.ts';

/** What an expression is worth while a net is checked. A size like `3x5` and a shape like `[3, H]` are lists. */
export type Constant = Numeric | boolean | string | readonly Numeric[] | LayerConstant;

export type Numeric = number | Quotient;

/**
 * A number that depends on symbolic sizes: `H`, `(H + 1) / 2`. The division is exact, as that of numbers is; whether it
 * comes out whole is asked where a size is needed.
 */
export interface Quotient {
  readonly kind: 'quotient';
  readonly numerator: SymbolicDim;
  readonly divisor: number;
}

/** A layer by its name, or lines in braces: what a parameter such as `act=relu` holds. */
export interface LayerConstant {
  readonly kind: 'layer';
  /** As one would write it. */
  readonly text: string;
  readonly callee: Callee;
}

export function isLayer(value: Constant): value is LayerConstant {
  return typeof value === 'object' && 'kind' in value && value.kind === 'layer';
}

export function isNumeric(value: Constant): value is Numeric {
  return typeof value === 'number' || (typeof value === 'object' && 'kind' in value && value.kind === 'quotient');
}

export function isList(value: Constant): value is readonly Numeric[] {
  return Array.isArray(value);
}

/** `numerator / divisor`, in lowest terms. */
export function quotient(numerator: Dim, divisor: number): Numeric {
  if (typeof numerator === 'number') return numerator / divisor;
  const common = numerator.terms.reduce((sum, term) => gcd(sum, term.coefficient), divisor);
  const reduced = divideFloor(numerator, common);
  return typeof reduced === 'number' ? reduced : { kind: 'quotient', numerator: reduced, divisor: divisor / common };
}

/** A size as a number that one can calculate with. */
export function symbolic(dim: Dim): Numeric {
  return quotient(dim, 1);
}

/** The symbols that it depends on. */
export function openSymbols(value: Numeric): readonly string[] {
  return typeof value === 'number' ? [] : symbolsOf(value.numerator);
}

/** The size that a number is, with what must hold for it to be whole. */
export function wholePart(value: Numeric): { readonly dim: Dim; readonly exact?: Pick<Requirement, 'left' | 'right'> } {
  if (typeof value === 'number') return { dim: value };
  const { numerator, divisor } = value;
  if (divisor === 1) return { dim: numerator };
  const dim = divideFloor(numerator, divisor);
  return { dim, exact: { left: multiply(divisor, dim), right: numerator } };
}

/** As one would write it. */
export function constantText(value: Constant): string {
  if (isList(value)) return `[${value.map(constantText).join(', ')}]`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (isLayer(value)) return value.text;
  if (!isNumeric(value) || typeof value === 'number') return String(value);
  const { numerator, divisor } = value;
  const text = dimText(numerator);
  return divisor === 1 ? text : `${/^\w+$/.test(text) ? text : `(${text})`} / ${divisor}`;
}

/** What kind of thing it is, for messages. */
export function constantKind(value: Constant): string {
  if (isList(value)) return 'a list';
  if (isLayer(value)) return 'a layer';
  if (typeof value === 'boolean') return '`true` or `false`';
  return typeof value === 'string' ? 'a string' : 'a number';
}
