import { rowMajorStrides } from '../tensor/indexing.ts';
import type { TensorValue } from '../tensor/tensor.ts';
import type { Step } from './kernels.ts';
import { type Nest, type NestLoad, nestAxes } from './nest.ts';
import type { Lifetime } from './plan.ts';

/** From where to where the values of a run live, results aside, which have memory of their own. */
export function lifetimesOf(
  steps: readonly Step[],
  results: Pick<ReadonlyMap<TensorValue, unknown>, 'has'>,
): readonly Lifetime[] {
  const last = new Map<TensorValue, number>();
  steps.forEach(({ operands }, index) => {
    for (const operand of operands) last.set(operand, index);
  });
  const inArena = new Set(steps.map(({ operation }) => operation.output).filter((value) => !results.has(value)));
  return steps.flatMap(({ operation: { output }, nest, operands }, index): Lifetime[] => {
    if (!inArena.has(output)) return [];
    const inPlaceOf = operands.find(
      (operand) =>
        inArena.has(operand) &&
        last.get(operand) === index &&
        operand.size === output.size &&
        nest.loads.every((load) => load.from !== operand || isReadWhereWritten(load, nest)),
    );
    return [{ value: output, first: index, last: last.get(output) ?? index, ...(inPlaceOf && { inPlaceOf }) }];
  });
}

/**
 * Whether each element is read for nothing but the element at the same place of the output, which is written after: then
 * the output may take the operand's place.
 */
function isReadWhereWritten({ offset, guards }: NestLoad, nest: Nest): boolean {
  const strides = rowMajorStrides(nest.axes);
  return (
    guards.length === 0 &&
    offset.constant === 0 &&
    nestAxes(nest).every((_, axis) => offset.coefficients[axis] === (strides[axis] ?? 0))
  );
}
