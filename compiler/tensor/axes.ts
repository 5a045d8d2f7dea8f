import { apply, constant, type Scalar, substitute, variable, variablesOf } from '../scalar/scalar.ts';
import { readsOwnPlace } from './form.ts';
import {
  addIndices,
  allAxes,
  axisIndex,
  constantIndex,
  rowMajorStrides,
  scaleIndex,
  substituteAxes,
} from './indexing.ts';
import { type Affine, coordinate, type Load, type TensorExpression } from './tensor.ts';

/** Axes that split both of these, which have the same product; undefined where they cut the elements differently. */
export function commonAxes(left: readonly number[], right: readonly number[]): readonly number[] | undefined {
  const axes: number[] = [];
  const [ones, others] = [left.filter((size) => size > 1), right.filter((size) => size > 1)];
  let [one, other] = [ones.pop() ?? 1, others.pop() ?? 1];
  // From the fastest axis to the slowest, each time what is left of the smaller one.
  while (one > 1 || other > 1) {
    const size = Math.min(one, other);
    if (one % size !== 0 || other % size !== 0) return undefined;
    axes.unshift(size);
    one = one === size ? (ones.pop() ?? 1) : one / size;
    other = other === size ? (others.pop() ?? 1) : other / size;
  }
  return axes;
}

/** Whether it is the same along all axes, so that any axes of the same product serve it. */
export function suitsAnyAxes(expression: TensorExpression<unknown>): boolean {
  const coordinates = new Set(allAxes(expression).map((_, axis) => coordinate(axis)));
  return (
    expression.reduction === undefined &&
    expression.loads.every((load) => readsOwnPlace(load, expression)) &&
    !variablesOf(expression.result).some((name) => coordinates.has(name))
  );
}

/**
 * The expression over other output axes: any of the same product where it suits any, else axes that split its own. There
 * may be more axes of a reduction than it has itself.
 */
export function overAxes<From>(
  expression: TensorExpression<From>,
  axes: readonly number[],
  reduced: readonly number[],
): Pick<TensorExpression<From>, 'loads' | 'result' | 'reduction'> {
  const count = axes.length + reduced.length;
  const outputs = suitsAnyAxes(expression) ? [] : splitAxes(expression.axes, axes, count);
  const walks = [
    ...outputs,
    ...(expression.reduction?.axes ?? []).map((_, axis) => axisIndex(count, axes.length + axis)),
  ];
  const coordinates = new Map(walks.map((index, axis) => [coordinate(axis), coordinateOf(index)]));
  const loads = expression.loads.map((load): Load<From> => {
    if (readsOwnPlace(load, expression)) {
      const { outside: _, ...inside } = load;
      return { ...inside, view: axes, index: axes.map((_, axis) => axisIndex(count, axis)) };
    }
    return {
      ...load,
      index: load.index.map((index) => substituteAxes(index, walks, count)),
      ...(load.lookup && { lookup: load.lookup.map((each) => each && substitute(each, coordinates)) }),
    };
  });
  const { reduction, result } = expression;
  return {
    loads,
    result: substitute(result, coordinates),
    ...(reduction && { reduction: { ...reduction, body: substitute(reduction.body, coordinates) } }),
  };
}

/** Each axis as an index over the axes that split it. */
function splitAxes(axes: readonly number[], finer: readonly number[], count: number): readonly Affine[] {
  let next = 0;
  return axes.map((size) => {
    const first = next;
    let product = 1;
    while (product < size) product *= finer[next++]!;
    const parts = finer.slice(first, next);
    const strides = rowMajorStrides(parts);
    return parts
      .map((_, part) => scaleIndex(axisIndex(count, first + part), strides[part]!))
      .reduce(addIndices, constantIndex(count, 0));
  });
}

function coordinateOf({ constant: start, coefficients }: Affine): Scalar {
  const terms = coefficients.flatMap((coefficient, axis) =>
    coefficient === 0 ? [] : [apply('mul', variable(coordinate(axis)), constant(coefficient))],
  );
  return terms.reduce((sum, term) => apply('add', sum, term), constant(start));
}
