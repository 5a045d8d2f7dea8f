import type { Scalar, ScalarOperator } from '../scalar/scalar.ts';

/**
 * Tensor expressions: what layers mean. One expression gives every element of its output independently:
 *
 *     output[axes] = result(loads at axes, accumulator)
 *     accumulator  = fold of body(loads at axes and reduction axes)
 *
 * A layer's meaning is a short sequence of them (softmax: the maximum, the sum of exponentials, the quotient). The
 * passes of `2-optimize` rewrite them, `3-lower` turns them into loops. Everything is fixed and per item: no batch.
 *
 * Recurrences are *scans*: expressions that follow each other, of which the first axes are the same, time. They are
 * computed together, one coordinate of time after the other from 0 on, and at each of them in their order. So an element
 * may follow from all elements of the scan at earlier coordinates, and from those at the same one that the expressions
 * before give (an LSTM: the gates from the last state, the cell from the gates and the last cell, the state from both).
 * Before the first coordinate a load is `outside`: the state that the scan begins with. Time that runs backwards is
 * mirrored where the scan reads and where it is read.
 */
export interface TensorExpression<From> {
  /** The scan that it belongs to: that of its neighbours with the same number. */
  readonly scan?: number;
  /**
   * Sizes of the output axes. Their product is the size of the output and their row-major order is its order in
   * memory; they may split or join the axes of its shape (a grouped convolution has an axis for the group).
   */
  readonly axes: readonly number[];
  readonly reduction?: Reduction;
  readonly loads: readonly Load<From>[];
  /**
   * The epilogue, over names of loads whose indices do not use reduction axes, `accumulator`, and coordinates.
   */
  readonly result: Scalar;
}

/** Folds `body` over the reduction axes, from the operator's neutral element (0, or -∞ for `max`, ∞ for `min`). */
export interface Reduction {
  readonly operator: 'sum' | 'max' | 'min';
  readonly axes: readonly number[];
  readonly body: Scalar;
}

/** What each way of folding begins with, and the operation on two numbers that it repeats. */
export const folds = {
  sum: { neutral: 0, operator: 'add' },
  max: { neutral: Number.NEGATIVE_INFINITY, operator: 'max' },
  min: { neutral: Number.POSITIVE_INFINITY, operator: 'min' },
} as const satisfies Record<Reduction['operator'], { readonly neutral: number; readonly operator: ScalarOperator }>;

/** A read of one element, named for the scalar expressions. */
export interface Load<From> {
  readonly name: string;
  readonly from: From;
  /** The operand's elements seen as an array of these sizes, in row-major order. */
  readonly view: readonly number[];
  /**
   * One index for each axis of the view. Where the operand is made by the same scan, the first is time less a constant: 1
   * or more, or 0 too of an expression before.
   */
  readonly index: readonly Affine[];
  /**
   * For axes of the view, what is added to their index: formulas over coordinates and the names of earlier loads, rounded
   * down. So an index may follow from the data (`embedding`) or from a coordinate in a way that is not affine (`upsample`).
   * Such a load has an `outside`, which an index that is NaN or infinite gives too.
   */
  readonly lookup?: readonly (Scalar | undefined)[];
  /** The value outside of the view; absent where every index is inside. */
  readonly outside?: number;
}

/** `constant + Σ coefficients[i] · axis[i]`, over the output axes and then the reduction axes. */
export interface Affine {
  readonly constant: number;
  readonly coefficients: readonly number[];
}

/** The variable that stands for the folded value in `result`. */
export const accumulator = 'accumulator';

/** The variable that stands for the coordinate along an axis (output axes, then reduction axes), as a number. */
export function coordinate(axis: number): string {
  return `axis${axis}`;
}

/**
 * What a layer computes: steps in order; the last one is its output, in the row-major order of its shape. A step reads
 * those before it, and those of its own scan.
 */
export type Meaning = readonly TensorExpression<MeaningOperand>[];

export type MeaningOperand =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'weight'; readonly name: string }
  | { readonly kind: 'step'; readonly index: number };

/** A net as tensor expressions. Operations stand in an order in which values are made before they are used. */
export interface TensorProgram {
  readonly name: string;
  readonly inputs: readonly TensorValue[];
  readonly weights: readonly TensorValue[];
  readonly operations: readonly Operation[];
  readonly outputs: readonly { readonly name: string; readonly value: TensorValue }[];
}

/** Compared by identity. */
export interface TensorValue {
  readonly id: number;
  /** An input's name, a weight's full name, or the path of the layer that gives it. */
  readonly name: string;
  /** Number of elements per item. */
  readonly size: number;
}

export interface Operation {
  readonly output: TensorValue;
  readonly expression: TensorExpression<TensorValue>;
  /** The layers that it does, in order, for names and comments: path, and the source as one would write it. */
  readonly does: readonly { readonly path: string; readonly text: string }[];
}
