import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface GatherConfig extends LayerConfig {
  /** For each spatial axis the places that are taken, in this order; a place may be taken several times. */
  places: number[][];
}

/** Takes places along the spatial axes of signals, pictures and volumes: mirrors them at a border, repeats or crops them. */
export class Gather extends tf.layers.Layer {
  static readonly className: string = 'netc>Gather';
  readonly places: number[][];

  constructor(config: GatherConfig) {
    super(config);
    this.places = config.places;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const sizes = shapeOf(inputShape);
    return [sizes[0]!, ...this.places.map((places) => places.length), sizes.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      this.places.reduce(
        (x, places, axis) => tf.gather(x, tf.tensor1d(places, 'int32'), axis + 1),
        operandsOf(inputs)[0]!,
      ),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), places: this.places };
  }
}
