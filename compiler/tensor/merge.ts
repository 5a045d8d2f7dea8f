import { type Scalar, substitute, variable } from '../scalar/scalar.ts';
import { simplify } from '../scalar/simplify.ts';
import { structuralKey } from '../structural-key.ts';
import { commonAxes, overAxes, suitsAnyAxes } from './axes.ts';
import { lookupNames, namesUsed, readsOwnPlace, withoutUnusedLoads } from './form.ts';
import type { Load, Operation, TensorExpression, TensorValue } from './tensor.ts';

/**
 * One expression for an operation and the reader of its value, where the reader needs each element for nothing but the
 * element at the same place of its own output, not in a reduction or a lookup, and not both have a
 * reduction. A scan stays as it is.
 */
export function merge(producer: Operation, reader: Operation): TensorExpression<TensorValue> | undefined {
  if (producer.expression.scan !== undefined || reader.expression.scan !== undefined) return undefined;
  const value = producer.output;
  if (!readsEachOnce(value, reader.expression)) return undefined;
  const reduction = producer.expression.reduction ?? reader.expression.reduction;
  if (producer.expression.reduction && reader.expression.reduction) return undefined;
  const rest = { ...reader.expression, loads: reader.expression.loads.filter(({ from }) => from !== value) };
  const axes = suitsAnyAxes(rest)
    ? producer.expression.axes
    : suitsAnyAxes(producer.expression)
      ? rest.axes
      : commonAxes(producer.expression.axes, rest.axes);
  if (!axes) return undefined;

  const first = overAxes(producer.expression, axes, reduction?.axes ?? []);
  const second = overAxes(rest, axes, reduction?.axes ?? []);
  const { loads, replaced } = joined(first.loads, second.loads);
  for (const { name, from } of reader.expression.loads) if (from === value) replaced.set(name, first.result);
  const own = first.reduction ?? second.reduction;
  return withoutUnusedLoads({
    axes,
    ...(own && { reduction: { ...own, body: second.reduction ? substitute(own.body, replaced) : own.body } }),
    loads,
    result: simplify(substitute(second.result, replaced)),
  });
}

function readsEachOnce(value: TensorValue, expression: TensorExpression<TensorValue>): boolean {
  const inBody = namesUsed(expression.reduction ? [expression.reduction.body] : [], expression.loads);
  const inLookups = new Set(expression.loads.flatMap(lookupNames));
  return expression.loads.every(
    (load) =>
      load.from !== value || (readsOwnPlace(load, expression) && !inBody.has(load.name) && !inLookups.has(load.name)),
  );
}

interface JoinedLoads {
  readonly loads: readonly Load<TensorValue>[];
  /** For the name of each added load that by which it goes now. */
  readonly replaced: Map<string, Scalar>;
}

/** Both lists as one. An added load that equals another one gets its name; else one that none of the others has. */
function joined(loads: readonly Load<TensorValue>[], added: readonly Load<TensorValue>[]): JoinedLoads {
  const known = new Map(loads.map((load) => [keyOf(load), load.name]));
  const taken = new Set([...loads, ...added].map(({ name }) => name));
  const own = new Set(loads.map(({ name }) => name));
  const all = [...loads];
  const replaced = new Map<string, Scalar>();
  for (const original of added) {
    // The loads that a lookup mentions come before it, so that their new names are known.
    const { lookup } = original;
    const load = {
      ...original,
      ...(lookup && { lookup: lookup.map((each) => each && substitute(each, replaced)) }),
    };
    const equal = known.get(keyOf(load));
    const name = equal ?? (own.has(load.name) ? unusedName(load.name, taken) : load.name);
    replaced.set(load.name, variable(name));
    taken.add(name);
    if (equal === undefined) all.push({ ...load, name });
  }
  return { loads: all, replaced };
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

function keyOf({ from, view, index, lookup, outside }: Load<TensorValue>): string {
  return structuralKey({ from: from.id, view, index, lookup, outside });
}
