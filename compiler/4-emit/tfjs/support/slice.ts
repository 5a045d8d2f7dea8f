import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface SliceConfig extends LayerConfig {
  /** Counted with the batch. */
  axis: number;
  first: number;
  /** How many places are taken. */
  count: number;
  /** From one of them to the next. */
  step?: number;
}

/** Takes some places of one axis. */
export class Slice extends tf.layers.Layer {
  static readonly className: string = 'netc>Slice';
  readonly config: Required<Omit<SliceConfig, keyof LayerConfig>>;

  constructor(config: SliceConfig) {
    super(config);
    const { axis, first, count, step = 1 } = config;
    this.config = { axis, first, count, step };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { axis, count } = this.config;
    return shapeOf(inputShape).map((size, index) => (index === axis ? count : size));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { axis, first, count, step } = this.config;
    const x = operandsOf(inputs)[0]!;
    return tf.tidy(() => {
      if (step > 1) return tf.gather(x, tf.range(first, first + (count - 1) * step + 1, step, 'int32'), axis);
      const begin = x.shape.map((_, index) => (index === axis ? first : 0));
      return tf.slice(
        x,
        begin,
        x.shape.map((size, index) => (index === axis ? count : size)),
      );
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
