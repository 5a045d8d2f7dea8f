import { readsOwnPlace } from '../tensor/form.ts';
import type { Operation, TensorProgram, TensorValue } from '../tensor/tensor.ts';

/**
 * A value that is another one, element by element in the order of memory, becomes another name for it: layers that do
 * nothing when a model runs, and those that only give the same numbers another shape.
 */
export function aliasCopies(program: TensorProgram): TensorProgram {
  const aliases = new Map<TensorValue, TensorValue>();
  const resolve = (value: TensorValue) => aliases.get(value) ?? value;
  const operations: Operation[] = [];
  for (const operation of program.operations) {
    const expression = {
      ...operation.expression,
      loads: operation.expression.loads.map((load) => ({ ...load, from: resolve(load.from) })),
    };
    const source = copied({ ...operation, expression });
    if (source) aliases.set(operation.output, source);
    else operations.push({ ...operation, expression });
  }
  const outputs = program.outputs.map(({ name, value }) => ({ name, value: resolve(value) }));
  return { ...program, operations, outputs };
}

/** The value that the operation copies as a whole and in order. */
function copied({ expression }: Operation): TensorValue | undefined {
  const { scan, result, loads, reduction } = expression;
  if (scan !== undefined || reduction || result.op !== 'variable') return undefined;
  const load = loads.find(({ name }) => name === result.name);
  return load && readsOwnPlace(load, expression) ? load.from : undefined;
}
