import * as tf from '@tensorflow/tfjs';
import { operandsOf } from './layer.ts';

/** The softmax of the numbers with the other sign, over the last axis. */
export class Softmin extends tf.layers.Layer {
  static readonly className: string = 'netc>Softmin';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.softmax(tf.neg(operandsOf(inputs)[0]!)));
  }
}
