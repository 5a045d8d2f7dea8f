import { structuralKey } from '../structural-key.ts';
import type { Operation, TensorProgram, TensorValue } from '../tensor.ts';
import { preparedValues } from '../tensor-form.ts';

/** Weights that are prepared in the same way are prepared once: where layers share their weights, and what follows them. */
export function shareEqual(program: TensorProgram): TensorProgram {
  const prepared = preparedValues(program);
  const byForm = new Map<string, TensorValue>();
  const replaced = new Map<TensorValue, TensorValue>();
  const resolve = (value: TensorValue) => replaced.get(value) ?? value;
  const operations = program.operations.flatMap(({ expression, output, does }): Operation[] => {
    const loads = expression.loads.map((load) => ({ ...load, from: resolve(load.from) }));
    if (prepared.has(output)) {
      const form = structuralKey({ ...expression, loads: loads.map((load) => ({ ...load, from: load.from.id })) });
      const equal = byForm.get(form);
      if (equal) {
        replaced.set(output, equal);
        return [];
      }
      byForm.set(form, output);
    }
    return [{ output, expression: { ...expression, loads }, does }];
  });
  const outputs = program.outputs.map(({ name, value }) => ({ name, value: resolve(value) }));
  return { ...program, operations, outputs };
}
