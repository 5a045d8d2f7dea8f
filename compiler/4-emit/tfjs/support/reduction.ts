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
    const [x] = operandsOf(inputs);
    if (operator === 'mean' || operator === 'sum') return x![operator](axes, keep);
    return tf.tidy(() => extremeAlong(operator, axes, keep, x!));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

/** Of several equal places each has its part of the slope, as in PyTorch; in tfjs each has all of it. */
function extremeAlong(operator: 'max' | 'min', axes: number[], keep: boolean, x: tf.Tensor): tf.Tensor {
  const fold = tf.customGrad((...given) => {
    const [x] = given as tf.Tensor[];
    const save = given.at(-1) as tf.GradSaveFunc;
    const kept = x![operator](axes, true);
    save([x!, kept]);
    return {
      value: keep ? kept.clone() : kept.squeeze(axes),
      gradFunc: (dy: tf.Tensor, [x, kept]: tf.Tensor[]) => {
        const places = x!.equal(kept!).toFloat();
        return dy.reshape(kept!.shape).mul(places).div(places.sum(axes, true));
      },
    };
  });
  return fold(x);
}
