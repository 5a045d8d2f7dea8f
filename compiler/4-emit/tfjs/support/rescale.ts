import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf } from './layer.ts';

export interface RescaleConfig extends LayerConfig {
  /** For each spatial axis a factor for each place along it. */
  factors: number[][];
}

/**
 * Multiplies each place by a factor of its own. Where a window sticks out, that makes the mean of the places that count
 * of the mean of all of its places.
 */
export class Rescale extends tf.layers.Layer {
  static readonly className: string = 'netc>Rescale';
  readonly factors: number[][];

  constructor(config: RescaleConfig) {
    super(config);
    this.factors = config.factors;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = operandsOf(inputs);
    return tf.tidy(() =>
      this.factors.reduce((scaled, factors, axis) => {
        const after = new Array<number>(this.factors.length - axis).fill(1);
        return scaled.mul(tf.tensor(factors, [factors.length, ...after]));
      }, x!),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factors: this.factors };
  }
}
