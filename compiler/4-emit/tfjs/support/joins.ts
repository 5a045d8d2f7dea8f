import * as tf from '@tensorflow/tfjs';
import { operandsOf } from './layer.ts';

/** The first operand less all others. */
export class Subtract extends tf.layers.Layer {
  static readonly className: string = 'netc>Subtract';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((difference, each) => difference.sub(each)));
  }
}

/** The first operand divided by all others. */
export class Divide extends tf.layers.Layer {
  static readonly className: string = 'netc>Divide';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((quotient, each) => quotient.div(each)));
  }
}

/** The shape of operands that are laid side by side, of equally many axes. */
export function broadcastShape(shapes: readonly tf.Shape[]): tf.Shape {
  return shapes.reduce((result, shape) => result.map((size, axis) => (size === 1 ? shape[axis]! : size)));
}
