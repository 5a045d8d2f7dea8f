import { type AnyLayer, fixed, type OptionSpecs, type PlacelessNode } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { product, type Shape } from '../shape.ts';
import type { Affine, Load, Meaning, MeaningOperand } from '../tensor/tensor.ts';

/** Small words for the meanings of layers. */

export type MeaningLoad = Load<MeaningOperand>;
type LoweredNode = Parameters<AnyLayer['lower']>[0];

/** An operand of the layer. */
export function input(index = 0): MeaningOperand {
  return { kind: 'input', index };
}

/** A weight of the layer, by its name there. */
export function weight(name: string): MeaningOperand {
  return { kind: 'weight', name };
}

/** The result of an earlier expression of the same meaning. */
export function step(index: number): MeaningOperand {
  return { kind: 'step', index };
}

/** `constant + Σ coefficient · axis`, for an expression of `count` axes, those of its reduction included. */
export function affine(
  count: number,
  terms: readonly (readonly [axis: number, coefficient: number])[],
  constant = 0,
): Affine {
  const coefficients = new Array<number>(count).fill(0);
  for (const [axis, coefficient] of terms) coefficients[axis]! += coefficient;
  return { constant, coefficients };
}

/** For each axis of a view the axis of the expression that walks along it. */
export function along(count: number, ...axes: readonly number[]): readonly Affine[] {
  return axes.map((axis) => affine(count, [[axis, 1]]));
}

/** The index of a view whose axes the expression has in this order. */
export function inOrder(order: readonly number[]): readonly Affine[] {
  return along(order.length, ...order.map((_, axis) => order.indexOf(axis)));
}

/** The shape of an operand, all of whose sizes are fixed by now. */
export function inputShape(node: Pick<PlacelessNode<OptionSpecs>, 'inputs'>, index = 0): readonly number[] {
  return fixed(node.inputs[index]!.type.shape);
}

/** The shape of the result, all of whose sizes are fixed by now. */
export function outputShape(node: Pick<PlacelessNode<OptionSpecs>, 'output'>): readonly number[] {
  return fixed(node.output.type.shape);
}

/** Macs and sizes of a shape that may still be symbolic: `NaN` then. */
export function count(shape: Shape): number {
  return shape.reduce<number>((result, dim) => result * (typeof dim === 'number' ? dim : Number.NaN), 1);
}

/** The input itself, in the order in which it stands in memory: recognized as another name for it. */
export function copy(node: Pick<LoweredNode, 'output'>): Meaning {
  const size = product(outputShape(node));
  return [
    {
      axes: [size],
      loads: [{ name: 'x', from: input(), view: [size], index: along(1, 0) }],
      result: variable('x'),
    },
  ];
}

export const add = (left: Scalar, right: Scalar): Scalar => apply('add', left, right);
export const sub = (left: Scalar, right: Scalar): Scalar => apply('sub', left, right);
export const mul = (left: Scalar, right: Scalar): Scalar => apply('mul', left, right);
export const div = (left: Scalar, right: Scalar): Scalar => apply('div', left, right);

/** A product that is a number where both are known. */
export function times(left: Scalar, right: Scalar): Scalar {
  return left.op === 'constant' && right.op === 'constant' ? constant(left.value * right.value) : mul(left, right);
}
