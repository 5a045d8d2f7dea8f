import * as tf from '@tensorflow/tfjs';
import { operandsOf } from './layer.ts';

/** The logarithm of the softmax over the last axis. */
export class LogSoftmax extends tf.layers.Layer {
  static readonly className: string = 'netc>LogSoftmax';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.logSoftmax(operandsOf(inputs)[0]!);
  }
}
