import { variable } from '../scalar/scalar.ts';
import { nextId, preparedValues } from '../tensor/form.ts';
import { axisIndex } from '../tensor/indexing.ts';
import type { Operation, TensorProgram, TensorValue } from '../tensor/tensor.ts';

/**
 * Every output is an array of its own, that a run makes: an input, a weight or a second name of the same value is copied,
 * so that who changes a result changes nothing else.
 */
export function withFreshOutputs(program: TensorProgram): TensorProgram {
  const taken = new Set([...program.inputs, ...program.weights, ...preparedValues(program)]);
  const copies: Operation[] = [];
  let id = nextId(program);
  const outputs = program.outputs.map(({ name, value }) => {
    if (!taken.has(value)) {
      taken.add(value);
      return { name, value };
    }
    const copy: TensorValue = { id: id++, name, size: value.size };
    copies.push(copyOf(value, copy));
    return { name, value: copy };
  });
  return { ...program, operations: [...program.operations, ...copies], outputs };
}

function copyOf(value: TensorValue, output: TensorValue): Operation {
  const load = { name: 'x', from: value, view: [value.size], index: [axisIndex(1, 0)] };
  return {
    output,
    expression: { axes: [value.size], loads: [load], result: variable('x') },
    does: [{ path: output.name, text: `copy of ${value.name}` }],
  };
}
