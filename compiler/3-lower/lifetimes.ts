import { rowMajorStrides } from '../tensor/indexing.ts';
import type { TensorValue } from '../tensor/tensor.ts';
import type { Step } from './kernels.ts';
import { type Nest, nestAxes } from './nest.ts';
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
  const inArena = new Set(steps.flatMap(({ outputs }) => outputs).filter((value) => !results.has(value)));
  return steps.flatMap(({ outputs, nests, operands }, index) =>
    outputs
      .filter((output) => inArena.has(output))
      .map((output): Lifetime => {
        const inPlaceOf = operands.find(
          (operand) =>
            inArena.has(operand) &&
            last.get(operand) === index &&
            operand.size === output.size &&
            nests.every((nest) => isReadWhereWritten(operand, nest)),
        );
        return { value: output, first: index, last: last.get(output) ?? index, ...(inPlaceOf && { inPlaceOf }) };
      }),
  );
}

/**
 * Whether each element is read for nothing but the element at the same place of the output, which is written after: then
 * the output may take the operand's place. A scan may read it again for what it gives later.
 */
function isReadWhereWritten(operand: TensorValue, nest: Nest): boolean {
  const strides = rowMajorStrides(nest.axes);
  return (
    !nest.scans &&
    nest.loads.every(
      ({ from, offset, guards, lookups }) =>
        from !== operand ||
        (guards.length === 0 &&
          lookups.length === 0 &&
          offset.constant === 0 &&
          nestAxes(nest).every((_, axis) => offset.coefficients[axis] === (strides[axis] ?? 0))),
    )
  );
}
