import { together, withoutUnusedLoads } from '../tensor/form.ts';
import type { Operation, TensorProgram } from '../tensor/tensor.ts';

/**
 * Operations that no output needs are left out, and loads that no formula mentions; of a scan all are needed or none.
 * Weights stay: a file must hold them whether they matter or not.
 */
export function removeDead(program: TensorProgram): TensorProgram {
  const needed = new Set(program.outputs.map(({ value }) => value));
  const kept: Operation[][] = [];
  for (const group of together(program.operations, ({ expression }) => expression).toReversed()) {
    if (!group.some(({ output }) => needed.has(output))) continue;
    const operations = group.map((operation) => ({
      ...operation,
      expression: withoutUnusedLoads(operation.expression),
    }));
    for (const { expression } of operations) for (const { from } of expression.loads) needed.add(from);
    kept.push(operations);
  }
  return { ...program, operations: kept.reverse().flat() };
}
