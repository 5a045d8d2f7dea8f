import type * as tf from '@tensorflow/tfjs';

/** What every layer of tfjs may be configured with. */
export type LayerConfig = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

/** The value that a layer makes of others. */
export function apply(layer: tf.layers.Layer, ...operands: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  const [first, ...others] = operands;
  return layer.apply(others.length === 0 ? first! : [...operands]) as tf.SymbolicTensor;
}

/** tfjs hands over one operand as it is or as a list. */
export function operandsOf(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
  return Array.isArray(inputs) ? inputs : [inputs];
}

/** The shape of the one operand; of the sizes only that of the batch is unknown. */
export function shapeOf(inputShape: tf.Shape | tf.Shape[]): readonly number[] {
  return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as number[];
}

/** A size for each of so many axes: one number serves all. */
export function perAxis(size: number | readonly number[], axes: number): readonly number[] {
  return typeof size === 'number' ? new Array<number>(axes).fill(size) : size;
}
