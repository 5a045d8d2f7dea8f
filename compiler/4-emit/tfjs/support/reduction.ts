import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface ReductionConfig extends LayerConfig {
  operator: 'mean' | 'sum' | 'max' | 'min';
  /** Counted with the batch. */
  axes: number[];
  /** Whether they stay, each with one place. */
  keep?: boolean;
}

/** Folds whole axes into one number. */
export class Reduction extends tf.layers.Layer {
  static readonly className: string = 'netc>Reduction';
  readonly config: Required<Omit<ReductionConfig, keyof LayerConfig>>;

  constructor(config: ReductionConfig) {
    super(config);
    const { operator, axes, keep = false } = config;
    this.config = { operator, axes, keep };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { axes, keep } = this.config;
    return shapeOf(inputShape).flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { operator, axes, keep } = this.config;
    return operandsOf(inputs)[0]![operator](axes, keep);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
