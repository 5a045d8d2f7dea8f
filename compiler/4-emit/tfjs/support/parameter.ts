import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';
import { repeat } from './repeat.ts';

export interface ParameterConfig extends LayerConfig {
  /** Without the batch. */
  shape: number[];
  /** Left out where a stored model is read, which brings its value along. */
  initializer?: ReturnType<typeof tf.initializers.zeros>;
}

/** A learned value, which is the same for each item; of what it is applied to, only how many items there are matters. */
export class Parameter extends tf.layers.Layer {
  static readonly className: string = 'netc>Parameter';
  readonly shape: number[];
  private value: tf.LayerVariable | undefined;
  private readonly initializer: NonNullable<ParameterConfig['initializer']>;

  constructor(config: ParameterConfig) {
    super(config);
    this.shape = config.shape;
    this.initializer = config.initializer ?? tf.initializers.zeros();
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.value = this.addWeight('value', this.shape, 'float32', this.initializer);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [shapeOf(inputShape)[0]!, ...this.shape];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const items = operandsOf(inputs)[0]!.shape[0]!;
    return tf.tidy(() => repeat(this.value!.read().expandDims(0), [items, ...this.shape]));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), shape: this.shape };
  }
}
