import * as tf from '@tensorflow/tfjs';

/** The value as often as a shape with larger axes holds it. (tfjs's own way cannot be trained with more than four axes.) */
export function repeat(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return shape.every((size, axis) => size === x.shape[axis]) ? x : x.mul(tf.ones([...shape]));
}
