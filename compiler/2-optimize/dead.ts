import { withoutUnusedLoads } from '../tensor/form.ts';
import type { Operation, TensorProgram } from '../tensor/tensor.ts';

/**
 * Operations that no output needs are left out, and loads that no formula mentions. Weights stay: a file must hold them
 * whether they matter or not.
 */
export function removeDead(program: TensorProgram): TensorProgram {
  const needed = new Set(program.outputs.map(({ value }) => value));
  const operations: Operation[] = [];
  for (const operation of program.operations.toReversed()) {
    if (!needed.has(operation.output)) continue;
    const expression = withoutUnusedLoads(operation.expression);
    for (const { from } of expression.loads) needed.add(from);
    operations.push({ ...operation, expression });
  }
  return { ...program, operations: operations.reverse() };
}
