import type { Affine, Load, TensorExpression } from './tensor.ts';

/** Arithmetic on the indices of tensor expressions. */

export type Interval = readonly [low: number, high: number];

/** All axes that an index of the expression may use: those of the output, then those of the reduction. */
export function allAxes(expression: TensorExpression<unknown>): readonly number[] {
  return [...expression.axes, ...(expression.reduction?.axes ?? [])];
}

/** `constant`, for an expression of `count` axes. */
export function constantIndex(count: number, constant: number): Affine {
  return { constant, coefficients: new Array<number>(count).fill(0) };
}

/** The axis itself, for an expression of `count` axes. */
export function axisIndex(count: number, axis: number): Affine {
  const coefficients = new Array<number>(count).fill(0);
  coefficients[axis] = 1;
  return { constant: 0, coefficients };
}

export function addIndices(left: Affine, right: Affine): Affine {
  return {
    constant: left.constant + right.constant,
    coefficients: left.coefficients.map((coefficient, axis) => coefficient + right.coefficients[axis]!),
  };
}

export function scaleIndex(index: Affine, factor: number): Affine {
  // Adding 0 makes 0 of -0, so that equal indices have equal text.
  return { constant: index.constant * factor + 0, coefficients: index.coefficients.map((each) => each * factor + 0) };
}

export function usesAxis(index: Affine, axis: number): boolean {
  return index.coefficients[axis] !== 0;
}

/** From the smallest to the largest value of the index while each axis runs over its range. */
export function rangeOver(index: Affine, ranges: readonly Interval[]): Interval {
  let low = index.constant;
  let high = index.constant;
  index.coefficients.forEach((coefficient, axis) => {
    if (coefficient === 0) return;
    const [first, last] = ranges[axis]!;
    low += coefficient * (coefficient > 0 ? first : last);
    high += coefficient * (coefficient > 0 ? last : first);
  });
  return [low, high];
}

/** The ranges of whole axes: from 0 to size - 1. */
export function wholeRanges(axes: readonly number[]): readonly Interval[] {
  return axes.map((size) => [0, size - 1]);
}

/** How far apart neighbours along each axis are in row-major order. */
export function rowMajorStrides(sizes: readonly number[]): readonly number[] {
  const strides = new Array<number>(sizes.length);
  let stride = 1;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= sizes[axis]!;
  }
  return strides;
}

/** The place in memory of what a load reads, as one index into its operand, for an expression of `count` axes. */
export function offsetOf(load: Load<unknown>, count: number): Affine {
  const strides = rowMajorStrides(load.view);
  return load.index.map((index, axis) => scaleIndex(index, strides[axis]!)).reduce(addIndices, constantIndex(count, 0));
}

/** The place in memory of the element that the expression gives. */
export function outputOffset(expression: TensorExpression<unknown>): Affine {
  const strides = rowMajorStrides(expression.axes);
  return { constant: 0, coefficients: allAxes(expression).map((_, axis) => strides[axis] ?? 0) };
}

/** The index with each axis replaced by an index over other axes. */
export function substituteAxes(index: Affine, axes: readonly Affine[], count: number): Affine {
  return index.coefficients
    .map((coefficient, axis) => (coefficient === 0 ? undefined : scaleIndex(axes[axis]!, coefficient)))
    .filter((term) => term !== undefined)
    .reduce(addIndices, constantIndex(count, index.constant));
}
