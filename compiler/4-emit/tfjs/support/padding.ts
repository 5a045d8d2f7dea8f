import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface PaddingConfig extends LayerConfig {
  /** How many places before and after each spatial axis. */
  padding: number[][];
  /** What stands there; JSON, in which models are stored, has no infinity. */
  value: number | '-Infinity';
}

/** Lays a value around signals, pictures and volumes; tfjs itself has this for pictures and zeros only. */
export class Padding extends tf.layers.Layer {
  static readonly className: string = 'netc>Padding';
  readonly padding: number[][];
  readonly value: number | '-Infinity';

  constructor(config: PaddingConfig) {
    super(config);
    this.padding = config.padding;
    this.value = config.value;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, ...sizes] = shapeOf(inputShape);
    return [batch!, ...sizes.map((size, axis) => (this.padding[axis] ?? []).reduce((sum, each) => sum + each, size))];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const around = this.padding.map(([before, after]): [number, number] => [before!, after!]);
    return tf.pad(operandsOf(inputs)[0]!, [[0, 0], ...around, [0, 0]], Number(this.value));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), padding: this.padding, value: this.value };
  }
}
