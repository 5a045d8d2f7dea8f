import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface GateConfig extends LayerConfig {
  /** The axis that is halved, counted with the batch. */
  axis: number;
}

/** The first half, let through by the sigmoid of the second half. */
export class Gate extends tf.layers.Layer {
  static readonly className: string = 'netc>Gate';
  readonly axis: number;

  constructor(config: GateConfig) {
    super(config);
    this.axis = config.axis;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return shapeOf(inputShape).map((size, axis) => (axis === this.axis ? size / 2 : size));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x, gate] = tf.split(operandsOf(inputs)[0]!, 2, this.axis);
      return x!.mul(gate!.sigmoid());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}
