import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, perAxis, shapeOf } from './layer.ts';

export interface MaxPoolingConfig extends LayerConfig {
  poolSize: number | number[];
  strides?: number | number[];
  dilationRate?: number | number[];
}

/**
 * The largest number of each window. tfjs's own layers know no windows whose places stand apart, and give wrong
 * gradients for volumes where a window is not as high as wide.
 */
export class MaxPooling extends tf.layers.Layer {
  static readonly className: string = 'netc>MaxPooling';
  readonly config: Required<Omit<MaxPoolingConfig, keyof LayerConfig>>;

  constructor(config: MaxPoolingConfig) {
    super(config);
    const { poolSize, strides = poolSize, dilationRate = 1 } = config;
    this.config = { poolSize, strides, dilationRate };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, ...sizes] = shapeOf(inputShape);
    const spatial = sizes.slice(0, -1);
    return [batch!, ...spatial.map((size, axis) => this.windows(size, axis, spatial.length).length), sizes.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = operandsOf(inputs)[0]!;
      const rank = x.rank - 2;
      // The largest of a window is the largest of the largest of its rows, so that one axis after the other is folded.
      return Array.from({ length: rank }, (_, axis) => axis).reduce((rows, axis) => {
        const begins = this.windows(rows.shape[axis + 1]!, axis, rank);
        const dilation = perAxis(this.config.dilationRate, rank)[axis]!;
        return Array.from({ length: perAxis(this.config.poolSize, rank)[axis]! }, (_, tap) => {
          const places = begins.map((begin) => begin + tap * dilation);
          return tf.gather(rows, tf.tensor1d(places, 'int32'), axis + 1);
        }).reduce((largest, each) => tf.maximum(largest, each));
      }, x);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  /** Where the windows along an axis begin. */
  private windows(size: number, axis: number, rank: number): number[] {
    const [pool, stride, dilation] = [this.config.poolSize, this.config.strides, this.config.dilationRate].map(
      (each) => perAxis(each, rank)[axis]!,
    );
    const room = size - dilation! * (pool! - 1) - 1;
    return Array.from({ length: Math.floor(room / stride!) + 1 }, (_, index) => index * stride!);
  }
}
