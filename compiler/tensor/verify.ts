import { variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { staysInside } from './form.ts';
import { allAxes } from './indexing.ts';
import { accumulator, coordinate, type Operation, type TensorProgram, type TensorValue } from './tensor.ts';
import { operationText } from './text.ts';

/** Throws where a program breaks a rule of `tensor.ts`, which is a mistake of the compiler. Specs run it between passes. */
export function verifyProgram(program: TensorProgram): void {
  const known = new Set<TensorValue>([...program.inputs, ...program.weights]);
  const ids = new Set([...known].map(({ id }) => id));
  if (ids.size !== known.size) throw new Error('two inputs or weights have the same id');
  for (const operation of program.operations) {
    for (const problem of problemsOf(operation, known, ids))
      throw new Error(`${problem} in\n${operationText(operation)}`);
    known.add(operation.output);
    ids.add(operation.output.id);
  }
  for (const { name, value } of program.outputs) {
    if (!known.has(value)) throw new Error(`the output ${name} is never made`);
  }
}

function* problemsOf(
  { expression, output }: Operation,
  known: ReadonlySet<TensorValue>,
  ids: ReadonlySet<number>,
): Generator<string> {
  const axes = allAxes(expression);
  const { loads, reduction, result } = expression;
  if (ids.has(output.id)) yield `the value ${output.id} is made twice`;
  if (!axes.every((size) => Number.isSafeInteger(size) && size > 0)) yield 'an axis is no positive whole number';
  if (product(expression.axes) !== output.size) yield `the axes do not have the ${output.size} elements of the output`;

  const names = new Set(loads.map(({ name }) => name));
  if (names.size !== loads.length) yield 'two loads have the same name';
  for (const name of [accumulator, ...axes.map((_, axis) => coordinate(axis))])
    if (names.has(name)) yield `a load is called ${name}`;
  for (const load of loads) {
    const { name, from, view, index, outside } = load;
    if (!known.has(from)) yield `${name} is read before it is made`;
    if (product(view) !== from.size) yield `the view of ${name} has not the ${from.size} elements of ${from.name}`;
    if (index.length !== view.length) yield `${name} has not one index for each axis of its view`;
    for (const { coefficients, constant } of index) {
      if (coefficients.length !== axes.length) yield `an index of ${name} is not over ${axes.length} axes`;
      if (![constant, ...coefficients].every(Number.isSafeInteger)) yield `an index of ${name} is not whole`;
    }
    if (outside === undefined && !staysInside(load, axes)) yield `${name} reads outside of its view`;
  }

  const outputs = expression.axes.length;
  const coordinates = axes.map((_, axis) => coordinate(axis));
  const reduced = loads.filter(({ index }) =>
    index.some(({ coefficients }) => coefficients.some((each, axis) => axis >= outputs && each !== 0)),
  );
  const inBody = new Set([...names, ...coordinates]);
  const inResult = new Set([...names, ...coordinates.slice(0, outputs), ...(reduction ? [accumulator] : [])]);
  for (const { name } of reduced) inResult.delete(name);
  for (const name of variablesOf(result)) if (!inResult.has(name)) yield `the result has no ${name}`;
  if (!reduction) return;
  for (const name of variablesOf(reduction.body)) if (!inBody.has(name)) yield `the reduction has no ${name}`;
}
