import {
  add,
  atLeast,
  type Dim,
  divideCeil,
  divideFloor,
  equal,
  maximum,
  minimum,
  multiply,
  subtract,
} from '../dim.ts';
import { type Numeric, quotient, symbolic, wholePart } from './constant.ts';

/** Sums, products and so on of numbers that may depend on symbolic sizes; undefined where a symbolic one is not followed. */
export function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Numeric, right: Numeric): Numeric | undefined {
  if (typeof left === 'number' && typeof right === 'number') return plain[operator](left, right);
  const [a, b] = [ratio(left), ratio(right)];
  if (!a || !b) return undefined;
  switch (operator) {
    case '+':
      return over(add(multiply(a.numerator, b.divisor), multiply(b.numerator, a.divisor)), a.divisor * b.divisor);
    case '-':
      return over(subtract(multiply(a.numerator, b.divisor), multiply(b.numerator, a.divisor)), a.divisor * b.divisor);
    case '*':
      return over(multiply(a.numerator, b.numerator), a.divisor * b.divisor);
    case '/':
      if (typeof right !== 'number') return undefined;
      return over(multiply(Math.sign(right), a.numerator), a.divisor * Math.abs(right));
    case '%':
      if (typeof right !== 'number' || right < 0 || a.divisor !== 1) return undefined;
      return symbolic(subtract(a.numerator, multiply(right, divideFloor(a.numerator, right))));
  }
}

/** Undefined where it holds for some values of the symbols only. */
export function compare(operator: '==' | '<' | '<=' | '>' | '>=', left: Numeric, right: Numeric): boolean | undefined {
  if (typeof left === 'number' && typeof right === 'number') return plainComparison[operator](left, right);
  const [a, b] = [ratio(left), ratio(right)];
  if (!a || !b) return undefined;
  const [low, high] = [multiply(a.numerator, b.divisor), multiply(b.numerator, a.divisor)];
  const holds = { always: true, never: false, sometimes: undefined };
  const not = (value: boolean | undefined) => (value === undefined ? undefined : !value);
  switch (operator) {
    case '==':
      return holds[equal(low, high)];
    case '>=':
      return holds[atLeast(low, high)];
    case '<=':
      return holds[atLeast(high, low)];
    case '>':
      return not(holds[atLeast(high, low)]);
    case '<':
      return not(holds[atLeast(low, high)]);
  }
}

export interface ConstantFunction {
  readonly minimum: number;
  readonly maximum: number;
  apply(values: readonly Numeric[]): Numeric | undefined;
}

/** The functions that compile-time expressions may call. */
export const functions = {
  min: { minimum: 1, maximum: Infinity, apply: (values) => extreme(values, Math.min, minimum) },
  max: { minimum: 1, maximum: Infinity, apply: (values) => extreme(values, Math.max, maximum) },
  abs: { minimum: 1, maximum: 1, apply: ([value]) => rounded(value!, Math.abs) },
  floor: { minimum: 1, maximum: 1, apply: ([value]) => rounded(value!, Math.floor, divideFloor) },
  ceil: { minimum: 1, maximum: 1, apply: ([value]) => rounded(value!, Math.ceil, divideCeil) },
  round: { minimum: 1, maximum: 1, apply: ([value]) => rounded(value!, roundHalfToEven) },
} satisfies Record<string, ConstantFunction>;

const plain = {
  '+': (left: number, right: number) => left + right,
  '-': (left: number, right: number) => left - right,
  '*': (left: number, right: number) => left * right,
  '/': (left: number, right: number) => left / right,
  // The sign of the divisor, as in Python: -1 % 4 is 3.
  '%': (left: number, right: number) => left - right * Math.floor(left / right),
};

const plainComparison = {
  '==': (left: number, right: number) => left === right,
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
};

interface Ratio {
  readonly numerator: Dim;
  readonly divisor: number;
}

/** Numbers with a fraction do not mix with symbolic sizes. */
function ratio(value: Numeric): Ratio | undefined {
  if (typeof value !== 'number') return value;
  return Number.isSafeInteger(value) ? { numerator: value, divisor: 1 } : undefined;
}

function over(numerator: Dim, divisor: number): Numeric | undefined {
  return Number.isSafeInteger(divisor) ? quotient(numerator, divisor) : undefined;
}

function extreme(
  values: readonly Numeric[],
  plainly: (left: number, right: number) => number,
  symbolically: (...dims: Dim[]) => Dim,
): Numeric | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) return numbers.reduce((left, right) => plainly(left, right));
  const whole = values.map((value) => wholePart(value));
  if (whole.some(({ dim, exact }) => exact || (typeof dim === 'number' && !Number.isSafeInteger(dim))))
    return undefined;
  return symbolic(symbolically(...whole.map(({ dim }) => dim)));
}

function rounded(
  value: Numeric,
  plainly: (value: number) => number,
  symbolically?: (numerator: Dim, divisor: number) => Dim,
): Numeric | undefined {
  if (typeof value === 'number') return plainly(value);
  return symbolically && symbolic(symbolically(value.numerator, value.divisor));
}

/** As Python and PyTorch round. */
function roundHalfToEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
