import { variable, variablesOf } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { structuralKey } from '../structural-key.ts';
import { nextId, staysInside } from '../tensor/form.ts';
import { allAxes, axisIndex, type Interval, rangeOver, wholeRanges } from '../tensor/indexing.ts';
import type { Load, Operation, TensorExpression, TensorProgram, TensorValue } from '../tensor/tensor.ts';

/** A copy may be this many times as large as the operand or the result, whichever is larger. */
const largestGrowth = 4;

/**
 * Operands that are read more than once for each result, and over their borders, are copied first, with what lies outside
 * around them: the loops need no conditions then, and the copy is small beside them. Readers that want the same share it.
 */
export function withPaddedOperands(program: TensorProgram): TensorProgram {
  let id = nextId(program);
  const copies = new Map<string, TensorValue>();
  const operations: Operation[] = [];
  for (const operation of program.operations) {
    const reads = borderReads(operation.expression);
    const loads = operation.expression.loads.map((load) => {
      const read = reads.get(keyOf(load));
      if (!read || load.lookup) return load;
      const view = read.ranges.map(([low, high]) => high - low + 1);
      const size = product(view);
      if (size > largestGrowth * Math.max(load.from.size, operation.output.size)) return load;
      const form = structuralKey([keyOf(load), read.ranges]);
      let copy = copies.get(form);
      if (!copy) {
        copy = { id: id++, name: `${load.from.name} padded`, size };
        copies.set(form, copy);
        operations.push(paddingOf(load, read.ranges, view, copy, operation));
      }
      const { outside: _, ...inside } = load;
      const index = load.index.map((each, axis) => ({ ...each, constant: each.constant - read.ranges[axis]![0] }));
      return { ...inside, from: copy, view, index };
    });
    operations.push({ ...operation, expression: { ...operation.expression, loads } });
  }
  return { ...program, operations };
}

/** An operand that is read over its borders, and from where to where along each axis of its view. */
interface BorderRead {
  readonly ranges: readonly Interval[];
  /** Whether it is read more than once for each result: by a reduction, or by several loads. */
  readonly repeated: boolean;
  readonly inside: boolean;
}

function borderReads(expression: TensorExpression<TensorValue>): ReadonlyMap<string, BorderRead> {
  const axes = allAxes(expression);
  const inBody = expression.reduction ? variablesOf(expression.reduction.body) : [];
  const reads = new Map<string, BorderRead>();
  // What a scan reads over its border is what it makes itself.
  if (expression.scan !== undefined) return reads;
  for (const load of expression.loads) {
    if (load.outside === undefined || load.lookup) continue;
    const ranges = load.index.map((index) => rangeOver(index, wholeRanges(axes)));
    const other = reads.get(keyOf(load));
    reads.set(keyOf(load), {
      ranges: other ? ranges.map((range, axis) => union(range, other.ranges[axis]!)) : ranges,
      repeated: other !== undefined || inBody.includes(load.name),
      inside: staysInside(load, axes) && other?.inside !== false,
    });
  }
  return new Map([...reads].filter(([, { repeated, inside }]) => repeated && !inside));
}

/** What loads of the same operand share. */
function keyOf({ from, view, outside }: Load<TensorValue>): string {
  return structuralKey([from.id, view, outside]);
}

function union(left: Interval, right: Interval): Interval {
  return [Math.min(left[0], right[0]), Math.max(left[1], right[1])];
}

function paddingOf(
  { from, view, outside }: Load<TensorValue>,
  ranges: readonly Interval[],
  axes: readonly number[],
  output: TensorValue,
  reader: Operation,
): Operation {
  const index = ranges.map(([low], axis) => ({ ...axisIndex(axes.length, axis), constant: low }));
  const path = reader.does[0]?.path ?? reader.output.name;
  return {
    output,
    expression: { axes, loads: [{ name: 'x', from, view, index, outside: outside! }], result: variable('x') },
    does: [{ path: `${path}.padding`, text: `${outside} around ${from.name}` }],
  };
}
