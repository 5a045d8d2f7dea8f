import { type Scalar, variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { allAxes, offsetOf, outputOffset, rangeOver, wholeRanges } from './indexing.ts';
import type { Load, TensorExpression, TensorProgram, TensorValue } from './tensor.ts';

/** What can be said of a tensor expression from its form alone: what passes and strategies ask. */

/** Whether no index of the load can leave its view; what a lookup gives is not known. */
export function staysInside({ index, view, lookup }: Load<unknown>, axes: readonly number[]): boolean {
  const ranges = wholeRanges(axes);
  return (
    !lookup &&
    index.every((each, axis) => {
      const [low, high] = rangeOver(each, ranges);
      return low >= 0 && high < view[axis]!;
    })
  );
}

/** Whether the operand is as large as the output, and each element is read for the one at the same place in memory. */
export function readsOwnPlace(load: Load<unknown>, expression: TensorExpression<unknown>): boolean {
  const axes = allAxes(expression);
  if (product(load.view) !== product(expression.axes)) return false;
  if (load.outside !== undefined && !staysInside(load, axes)) return false;
  const read = offsetOf(load, axes.length);
  const written = outputOffset(expression);
  // Along an axis of size 1 there is one place only.
  return (
    read.constant === written.constant &&
    axes.every((size, axis) => size === 1 || read.coefficients[axis] === written.coefficients[axis])
  );
}

/** The names that the formulas mention, and those that the lookups of these loads mention in turn. */
export function namesUsed(
  formulas: readonly Scalar[],
  loads: readonly Pick<Load<unknown>, 'name' | 'lookup'>[],
): ReadonlySet<string> {
  const names = new Set(formulas.flatMap(variablesOf));
  // A lookup mentions earlier loads alone.
  for (const { name, lookup } of loads.toReversed()) {
    if (names.has(name)) for (const each of lookupNames({ lookup })) names.add(each);
  }
  return names;
}

/** The names that the lookups of a load mention. */
export function lookupNames({
  lookup = [],
}: {
  readonly lookup?: Load<unknown>['lookup'] | undefined;
}): readonly string[] {
  return lookup.flatMap((formula) => (formula ? variablesOf(formula) : []));
}

/** The expression without loads that its formulas do not mention. */
export function withoutUnusedLoads<From>(expression: TensorExpression<From>): TensorExpression<From> {
  const { result, reduction, loads } = expression;
  const names = namesUsed([result, ...(reduction ? [reduction.body] : [])], loads);
  return loads.every(({ name }) => names.has(name))
    ? expression
    : { ...expression, loads: loads.filter(({ name }) => names.has(name)) };
}

/** What is computed together: each expression on its own, but for those of a scan. */
export function together<Item>(
  items: readonly Item[],
  expressionOf: (item: Item) => TensorExpression<unknown>,
): readonly (readonly Item[])[] {
  const groups: Item[][] = [];
  let last: number | undefined;
  for (const item of items) {
    const { scan } = expressionOf(item);
    if (scan !== undefined && scan === last) groups.at(-1)!.push(item);
    else groups.push([item]);
    last = scan;
  }
  return groups;
}

/** What depends on weights alone and not on the input: it is computed once, when the weights are loaded. */
export function preparedValues({
  operations,
  weights,
}: Pick<TensorProgram, 'operations' | 'weights'>): ReadonlySet<TensorValue> {
  const known = new Set(weights);
  const prepared = new Set<TensorValue>();
  for (const { output, expression } of operations) {
    // A part of a scan is never computed without the others.
    if (expression.scan !== undefined || !expression.loads.every(({ from }) => known.has(from))) continue;
    known.add(output);
    prepared.add(output);
  }
  return prepared;
}

/** How many operations and outputs read each value. */
export function readersOf({ operations, outputs }: TensorProgram): Map<TensorValue, number> {
  const readers = new Map<TensorValue, number>();
  const add = (value: TensorValue) => readers.set(value, (readers.get(value) ?? 0) + 1);
  for (const { value } of outputs) add(value);
  for (const { expression } of operations) new Set(expression.loads.map(({ from }) => from)).forEach(add);
  return readers;
}

/** The first number from which on no value of the program has its id. */
export function nextId({ inputs, weights, operations }: TensorProgram): number {
  const values = [...inputs, ...weights, ...operations.map(({ output }) => output)];
  return values.reduce((next, { id }) => Math.max(next, id + 1), 0);
}
