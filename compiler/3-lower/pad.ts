import { variable, variablesOf } from '../scalar.ts';
import { structuralKey } from '../structural-key.ts';
import type { Load, Operation, TensorProgram, TensorValue } from '../tensor.ts';
import { nextId, staysInside } from '../tensor-form.ts';
import { allAxes, axisIndex, elementCount, type Interval, rangeOver, wholeRanges } from '../tensor-index.ts';

/** A copy may be this many times as large as the operand or the result, whichever is larger. */
const largestGrowth = 4;

/**
 * Operands whose borders a reduction reaches over are copied first, with what lies outside around them: the loops over
 * the window need no conditions then, and the copy is small beside them. Readers that want the same share it.
 */
export function withPaddedOperands(program: TensorProgram): TensorProgram {
  let id = nextId(program);
  const copies = new Map<string, TensorValue>();
  const operations: Operation[] = [];
  for (const operation of program.operations) {
    const loads = operation.expression.loads.map((load) => {
      if (!reachesOver(load, operation)) return load;
      const ranges = rangesOf(load, operation);
      const view = ranges.map(([low, high]) => high - low + 1);
      const size = elementCount(view);
      if (size > largestGrowth * Math.max(load.from.size, operation.output.size)) return load;
      const form = structuralKey([load.from.id, load.view, ranges, load.outside]);
      let copy = copies.get(form);
      if (!copy) {
        copy = { id: id++, name: `${load.from.name} padded`, size };
        copies.set(form, copy);
        operations.push(paddingOf(load, ranges, view, copy, operation));
      }
      const { outside: _, ...inside } = load;
      const index = load.index.map((each, axis) => ({ ...each, constant: each.constant - ranges[axis]![0] }));
      return { ...inside, from: copy, view, index };
    });
    operations.push({ ...operation, expression: { ...operation.expression, loads } });
  }
  return { ...program, operations };
}

/** Whether a load of the reduction leaves its view. */
function reachesOver(load: Load<TensorValue>, { expression }: Operation): boolean {
  return (
    load.outside !== undefined &&
    expression.reduction !== undefined &&
    variablesOf(expression.reduction.body).includes(load.name) &&
    !staysInside(load, allAxes(expression))
  );
}

/** From where to where it reads along each axis of the view. */
function rangesOf({ index }: Load<TensorValue>, { expression }: Operation): readonly Interval[] {
  const ranges = wholeRanges(allAxes(expression));
  return index.map((each) => rangeOver(each, ranges));
}

function paddingOf(
  { from, view, outside }: Load<TensorValue>,
  ranges: readonly Interval[],
  axes: readonly number[],
  output: TensorValue,
  reader: Operation,
): Operation {
  const index = ranges.map(([low], axis) => ({ ...axisIndex(axes.length, axis), constant: low }));
  return {
    output,
    expression: { axes, loads: [{ name: 'x', from, view, index, outside: outside! }], result: variable('x') },
    does: [{ path: `${reader.does[0]?.path ?? reader.output.name}.padding`, text: `${outside} around ${from.name}` }],
  };
}
