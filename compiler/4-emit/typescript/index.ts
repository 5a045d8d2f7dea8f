import type { Condition, Float, Index } from '../../kernel/kernel.ts';
import { call, type Expression, infix, levels, number, primary } from './expression.ts';

/** What the text of an index depends on besides the index. */
export interface IndexScope {
  readonly name: (variable: string) => string;
  readonly isNonNegative: (index: Index) => boolean;
  /** Whether it may be NaN or larger than 32 bits, so that it must not be made a whole number before it is compared. */
  readonly isLookedUp: (index: Index) => boolean;
  /** The text of a number rounded down. */
  readonly floor: (value: Float) => Expression;
}

export function indexExpression(index: Index, scope: IndexScope): Expression {
  switch (index.kind) {
    case 'integer':
      return number(index.value);
    case 'variable':
      return primary(scope.name(index.name));
    case 'floor':
      return scope.floor(index.value);
    case 'arithmetic':
      return arithmetic(index, scope);
  }
}

/** Whether an index is within the bounds; `i >>> 0 < 8` tests both, as what is negative becomes very large. */
export function conditionExpression({ value, limit }: Condition, scope: IndexScope): Expression {
  const index = indexExpression(value, scope);
  if (scope.isLookedUp(value)) {
    const [low, high] = [
      infix('>=', levels.relational, index, number(0)),
      infix('<', levels.relational, index, number(limit)),
    ];
    return infix('&&', levels.and, low, high);
  }
  const compared = scope.isNonNegative(value) ? index : infix('>>>', levels.shift, index, number(0));
  return infix('<', levels.relational, compared, number(limit));
}

/** Of two indices. */
export function sum(left: Expression, right: Expression): Expression {
  return infix('+', levels.additive, left, right, ['+', '-']);
}

function arithmetic({ operator, left, right }: Index & { kind: 'arithmetic' }, scope: IndexScope): Expression {
  const [x, y] = [indexExpression(left, scope), indexExpression(right, scope)];
  switch (operator) {
    case 'add':
      if (right.kind === 'integer' && right.value < 0) return infix('-', levels.additive, x, number(-right.value));
      return sum(x, y);
    case 'multiply':
      return infix('*', levels.multiplicative, x, y, ['*']);
    case 'min':
    case 'max':
      return call(`Math.${operator}`, [x, y]);
    case 'divide':
      return quotient(x, y, scope.isLookedUp(left) ? undefined : powerOfTwo(right), scope.isNonNegative(left));
    case 'modulo':
      return remainder(x, y, scope.isLookedUp(left) ? undefined : powerOfTwo(right), scope.isNonNegative(left));
  }
}

/** Rounded down; by a divisor of so many bits, where it is a power of two. A shift rounds down by itself; what is not negative is rounded down by leaving off the fraction. */
function quotient(x: Expression, y: Expression, bits: number | undefined, nonNegative: boolean): Expression {
  if (bits !== undefined) return infix('>>', levels.shift, x, number(bits));
  const exact = infix('/', levels.multiplicative, x, y);
  return nonNegative ? infix('|', levels.bitOr, exact, number(0)) : call('Math.floor', [exact]);
}

/** Of division rounded down: it is never negative. */
function remainder(x: Expression, y: Expression, bits: number | undefined, nonNegative: boolean): Expression {
  if (bits !== undefined) return infix('&', levels.bitAnd, x, number(2 ** bits - 1));
  const truncated = infix('%', levels.multiplicative, x, y);
  if (nonNegative) return truncated;
  return infix('%', levels.multiplicative, sum(truncated, y), y);
}

function powerOfTwo(index: Index): number | undefined {
  if (index.kind !== 'integer') return undefined;
  const bits = Math.log2(index.value);
  return Number.isInteger(bits) ? bits : undefined;
}
