import { operationCount } from '../scalar/scalar.ts';
import { preparedValues, readersOf } from '../tensor/form.ts';
import { merge } from '../tensor/merge.ts';
import type { Operation, TensorProgram, TensorValue } from '../tensor/tensor.ts';

/** A formula may grow to this many operations: chains of activations repeat what they are applied to. */
const largestFormula = 100;

/**
 * Operations that work element by element become part of the operation whose value they read, or the operation that
 * reads theirs, where nothing else reads that value: an activation, a residual sum or a scaling needs no loop and no
 * memory of its own.
 */
export function fuseElementwise(program: TensorProgram): TensorProgram {
  const readers = readersOf(program);
  const prepared = preparedValues(program);
  const positions = new Map(program.operations.map(({ output }, position) => [output, position]));
  /** What is left of the operations so far, by their values, in order. */
  const kept = new Map<TensorValue, Operation>();

  const fuse = (operation: Operation): Operation | undefined => {
    if (operationCount(operation.expression.result) > largestFormula) return undefined;
    // The value that was made last comes first, so that operands of the others need not live longer.
    const values = [...valuesOf(operation)]
      .filter((value) => kept.has(value) && readers.get(value) === 1)
      .filter((value) => prepared.has(value) === prepared.has(operation.output))
      .sort((left, right) => positions.get(right)! - positions.get(left)!);
    for (const value of values) {
      const producer = kept.get(value)!;
      const expression = merge(producer, operation);
      if (!expression || operationCount(expression.result) > largestFormula) continue;
      kept.delete(value);
      // What both read has one reader less now.
      for (const from of valuesOf(producer)) {
        if (valuesOf(operation).has(from)) readers.set(from, readers.get(from)! - 1);
      }
      return { output: operation.output, expression, does: doesOf(producer, operation) };
    }
    return undefined;
  };

  for (const original of program.operations) {
    let operation = original;
    for (let fused = fuse(operation); fused; fused = fuse(operation)) operation = fused;
    kept.set(operation.output, operation);
  }
  return { ...program, operations: [...kept.values()] };
}

/** The layers of both in order; one that both are part of is named once. */
export function doesOf(first: Operation, second: Operation): Operation['does'] {
  const known = first.does.every((layer) => second.does.includes(layer));
  return known ? second.does : [...new Set([...first.does, ...second.does])];
}

function valuesOf({ expression }: Operation): ReadonlySet<TensorValue> {
  return new Set(expression.loads.map(({ from }) => from));
}
