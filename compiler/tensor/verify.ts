import { variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { lookupNames, staysInside, together } from './form.ts';
import { allAxes } from './indexing.ts';
import { accumulator, coordinate, type Operation, type TensorProgram, type TensorValue } from './tensor.ts';
import { operationText } from './text.ts';

/** Throws where a program breaks a rule of `tensor.ts`, which is a mistake of the compiler. Specs run it between passes. */
export function verifyProgram(program: TensorProgram): void {
  const known = new Set<TensorValue>([...program.inputs, ...program.weights]);
  const ids = new Set([...known].map(({ id }) => id));
  if (ids.size !== known.size) throw new Error('two inputs or weights have the same id');
  const scans = new Set<number>();
  for (const group of together(program.operations, ({ expression }) => expression)) {
    for (const [position, operation] of group.entries()) {
      const members = operation.expression.scan === undefined ? [] : group;
      const problems = [...problemsOf(operation, known, ids, members), ...scanProblemsOf(position, members, scans)];
      for (const problem of problems) throw new Error(`${problem} in\n${operationText(operation)}`);
      ids.add(operation.output.id);
    }
    for (const { output, expression } of group) {
      known.add(output);
      if (expression.scan !== undefined) scans.add(expression.scan);
    }
  }
  for (const { name, value } of program.outputs) {
    if (!known.has(value)) throw new Error(`the output ${name} is never made`);
  }
}

function* problemsOf(
  { expression, output }: Operation,
  known: ReadonlySet<TensorValue>,
  ids: ReadonlySet<number>,
  members: readonly Operation[],
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
  const coordinates = axes.map((_, axis) => coordinate(axis));
  const inLookup = new Set(coordinates);
  for (const load of loads) {
    const { name, from, view, index, lookup, outside } = load;
    if (!known.has(from) && !members.some((member) => member.output === from))
      yield `${name} is read before it is made`;
    if (product(view) !== from.size) yield `the view of ${name} has not the ${from.size} elements of ${from.name}`;
    if (index.length !== view.length) yield `${name} has not one index for each axis of its view`;
    for (const { coefficients, constant } of index) {
      if (coefficients.length !== axes.length) yield `an index of ${name} is not over ${axes.length} axes`;
      if (![constant, ...coefficients].every(Number.isSafeInteger)) yield `an index of ${name} is not whole`;
    }
    if (outside === undefined && !staysInside(load, axes)) yield `${name} reads outside of its view`;
    if (lookup && lookup.length !== view.length) yield `${name} has not one lookup for each axis of its view`;
    for (const each of lookupNames(load)) if (!inLookup.has(each)) yield `the lookup of ${name} has no ${each}`;
    inLookup.add(name);
  }

  const outputs = expression.axes.length;
  const reduced = new Set(coordinates.slice(outputs));
  for (const load of loads) {
    const usesReduced = load.index.some(({ coefficients }) =>
      coefficients.some((each, axis) => axis >= outputs && each !== 0),
    );
    if (usesReduced || lookupNames(load).some((name) => reduced.has(name))) reduced.add(load.name);
  }
  const inBody = new Set([...names, ...coordinates]);
  const inResult = new Set([...names, ...coordinates, ...(reduction ? [accumulator] : [])]);
  for (const name of reduced) inResult.delete(name);
  for (const name of variablesOf(result)) if (!inResult.has(name)) yield `the result has no ${name}`;
  if (!reduction) return;
  for (const name of variablesOf(reduction.body)) if (!inBody.has(name)) yield `the reduction has no ${name}`;
}

/** What is wrong with one of the expressions of a scan, as one of them. */
function* scanProblemsOf(
  position: number,
  members: readonly Operation[],
  before: ReadonlySet<number>,
): Generator<string> {
  const member = members[position];
  if (!member) return;
  const { scan, axes, loads } = member.expression;
  if (before.has(scan!)) yield `the scan ${scan} has begun before`;
  if (axes.length === 0 || axes[0] !== members[0]!.expression.axes[0]) yield 'the scan has not the same first axis';
  for (const { name, from, view, index, lookup } of loads) {
    const maker = members.findIndex(({ output }) => output === from);
    if (maker < 0) continue;
    const { constant, coefficients } = index[0] ?? { constant: 0, coefficients: [] };
    const isTime = coefficients.every((coefficient, axis) => coefficient === (axis === 0 ? 1 : 0));
    if (!isTime || lookup?.[0] || view[0] !== axes[0]) yield `the first index of ${name} is not along the scan`;
    else if (constant > (maker < position ? 0 : -1)) yield `${name} is read before it is made`;
  }
}
