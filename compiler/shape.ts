import { type Dim, dimText, isSame } from './dim.ts';

/** Sizes of the axes, without the batch, channel first. `[]` is one number per item. */
export type Shape = readonly Dim[];

export type ElementType = 'f32' | 'i32';

/** The elements of a value, one after the other: of `i32` they may stand in an array of either kind. */
export type Numbers = Float32Array | Int32Array;

/** What the checker knows of a value: its elements and its shape. */
export interface ValueType {
  readonly element: ElementType;
  readonly shape: Shape;
}

export function isSameType(left: ValueType, right: ValueType): boolean {
  return left === right || (left.element === right.element && isSameShape(left.shape, right.shape));
}

/** A number that the same types have in common, and other ones seldom. */
export function typeHash({ shape }: ValueType): number {
  let hash = shape.length;
  for (const dim of shape) hash = (Math.imul(hash, 31) + (typeof dim === 'number' ? dim : dim.key.length)) | 0;
  return hash;
}

function isSameShape(left: Shape, right: Shape): boolean {
  return left === right || (left.length === right.length && left.every((dim, axis) => isSame(dim, right[axis]!)));
}

/** `[16, (H - 4) / 2, 5]` */
export function shapeText(shape: Shape): string {
  return `[${shape.map(dimText).join(', ')}]`;
}

/** How many numbers fixed sizes make together. */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}
