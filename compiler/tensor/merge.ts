import { type Scalar, substitute, variable, variablesOf } from '../scalar/scalar.ts';
import { simplify } from '../scalar/simplify.ts';
import { structuralKey } from '../structural-key.ts';
import { commonAxes, overAxes, suitsAnyAxes } from './axes.ts';
import { readsOwnPlace, withoutUnusedLoads } from './form.ts';
import type { Load, Operation, TensorExpression, TensorValue } from './tensor.ts';

/**
 * One expression for an operation and the reader of its value, where the reader needs each element for nothing but the
 * element at the same place of its own output, not in a reduction, and not both have a reduction.
 */
export function merge(producer: Operation, reader: Operation): TensorExpression<TensorValue> | undefined {
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
  const renamed = namesBeside(first.loads, second.loads);
  const replaced = new Map<string, Scalar>([...renamed].map(([from, to]) => [from, variable(to)]));
  const loads = [
    ...first.loads,
    ...second.loads
      .map((load) => ({ ...load, name: renamed.get(load.name)! }))
      .filter(({ name }) => !first.loads.some((load) => load.name === name)),
  ];
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
  const inBody = expression.reduction ? variablesOf(expression.reduction.body) : [];
  return expression.loads.every(
    (load) => load.from !== value || (readsOwnPlace(load, expression) && !inBody.includes(load.name)),
  );
}

/** New names for the added loads: that of an equal load, where there is one; else one that none of the others has. */
function namesBeside(
  loads: readonly Load<TensorValue>[],
  added: readonly Load<TensorValue>[],
): ReadonlyMap<string, string> {
  const known = new Map(loads.map((load) => [keyOf(load), load.name]));
  const taken = new Set([...loads, ...added].map(({ name }) => name));
  const own = new Set(loads.map(({ name }) => name));
  return new Map(
    added.map((load) => {
      const equal = known.get(keyOf(load));
      if (equal !== undefined) return [load.name, equal];
      if (!own.has(load.name)) return [load.name, load.name];
      let number = 2;
      while (taken.has(`${load.name}${number}`)) number++;
      taken.add(`${load.name}${number}`);
      return [load.name, `${load.name}${number}`];
    }),
  );
}

function keyOf({ from, view, index, outside }: Load<TensorValue>): string {
  return structuralKey({ from: from.id, view, index, outside });
}
