import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface InterpolationConfig extends LayerConfig {
  /** The spatial axes of the result. */
  sizes: number[];
  /** Whether the outermost places stay the outermost. */
  alignCorners: boolean;
}

/**
 * Signals, pictures and volumes of another size, each place of which is a mixture of the two that are nearest along each
 * axis, as PyTorch has it. tfjs itself knows pictures only, has no half in its formula, and cannot train where it has.
 */
export class Interpolation extends tf.layers.Layer {
  static readonly className: string = 'netc>Interpolation';
  readonly config: Omit<InterpolationConfig, keyof LayerConfig>;

  constructor(config: InterpolationConfig) {
    super(config);
    this.config = { sizes: config.sizes, alignCorners: config.alignCorners };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = shapeOf(inputShape);
    return [shape[0]!, ...this.config.sizes, shape.at(-1)!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      this.config.sizes.reduce((x, to, axis) => {
        const from = x.shape[axis + 1]!;
        if (from === to) return x;
        const places = Array.from({ length: to }, (_, at) => this.place(at, from, to));
        const take = (indices: readonly number[]) => tf.gather(x, tf.tensor1d([...indices], 'int32'), axis + 1);
        const lows = places.map(Math.floor);
        const low = take(lows);
        const high = take(lows.map((each) => Math.min(each + 1, from - 1)));
        const after = new Array<number>(x.rank - axis - 2).fill(1);
        const weights = tf.tensor(
          places.map((place, at) => place - lows[at]!),
          [to, ...after],
        );
        return low.add(high.sub(low).mul(weights));
      }, operandsOf(inputs)[0]!),
    );
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  /** Between which places of the operand a place of the result lies. */
  private place(at: number, from: number, to: number): number {
    if (this.config.alignCorners) return to === 1 ? 0 : (at * (from - 1)) / (to - 1);
    return Math.max(0, ((at + 0.5) * from) / to - 0.5);
  }
}
