import * as tf from '@tensorflow/tfjs';
import { type LayerConfig, operandsOf, shapeOf } from './layer.ts';

export interface GroupNormalizationConfig extends LayerConfig {
  /** Into how many groups the channels are split. */
  groups: number;
  epsilon: number;
  /** Whether each channel has a learned scale and shift. */
  scale?: boolean;
}

/** Brings groups of channels, which are the first axis after the batch, to mean 0 and deviation 1. tfjs has none of these. */
export class GroupNormalization extends tf.layers.Layer {
  static readonly className: string = 'netc>GroupNormalization';
  readonly config: Required<Omit<GroupNormalizationConfig, keyof LayerConfig>>;

  constructor(config: GroupNormalizationConfig) {
    super(config);
    const { groups, epsilon, scale = true } = config;
    this.config = { groups, epsilon, scale };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = shapeOf(inputShape)[1]!;
    if (this.config.scale) {
      this.addWeight('gamma', [channels], 'float32', tf.initializers.ones());
      this.addWeight('beta', [channels], 'float32', tf.initializers.zeros());
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = operandsOf(inputs);
      const [batch, channels, ...sizes] = x!.shape;
      const groups = x!.reshape([batch!, this.config.groups, -1]);
      const { mean, variance } = tf.moments(groups, 2, true);
      const normalized = groups.sub(mean).mul(variance.add(this.config.epsilon).rsqrt()).reshape(x!.shape);
      const [gamma, beta] = this.weights.map((weight) => weight.read().reshape([channels!, ...sizes.map(() => 1)]));
      return gamma && beta ? normalized.mul(gamma).add(beta) : normalized;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

export interface RootMeanSquareConfig extends LayerConfig {
  /** The axes whose numbers belong together, in order, counted with the batch. */
  axis: number[];
  epsilon: number;
  /** Whether there is a learned scale. */
  scale?: boolean;
}

/** Brings numbers to a mean square of 1. */
export class RootMeanSquare extends tf.layers.Layer {
  static readonly className: string = 'netc>RootMeanSquare';
  readonly config: Required<Omit<RootMeanSquareConfig, keyof LayerConfig>>;

  constructor(config: RootMeanSquareConfig) {
    super(config);
    const { axis, epsilon, scale = true } = config;
    this.config = { axis, epsilon, scale };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const sizes = this.config.axis.map((axis) => shapeOf(inputShape)[axis]!);
    if (this.config.scale) this.addWeight('gamma', sizes, 'float32', tf.initializers.ones());
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = operandsOf(inputs);
      const { axis, epsilon } = this.config;
      const normalized = x!.mul(x!.square().mean(axis, true).add(epsilon).rsqrt());
      const [gamma] = this.weights;
      const places = x!.shape.map((size, each) => (axis.includes(each) ? size : 1));
      return gamma ? normalized.mul(gamma.read().reshape(places)) : normalized;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

export interface LocalResponseNormalizationConfig extends LayerConfig {
  /** How many channels before and after each count. */
  depthRadius: number;
  bias: number;
  alpha: number;
  beta: number;
}

/** Divides each number of a picture by what its neighbours of other channels are; the layer that tfjs's operation lacks. */
export class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className: string = 'netc>LocalResponseNormalization';
  readonly config: Omit<LocalResponseNormalizationConfig, keyof LayerConfig>;

  constructor(config: LocalResponseNormalizationConfig) {
    super(config);
    const { depthRadius, bias, alpha, beta } = config;
    this.config = { depthRadius, bias, alpha, beta };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { depthRadius, bias, alpha, beta } = this.config;
    return tf.localResponseNormalization(operandsOf(inputs)[0] as tf.Tensor4D, depthRadius, bias, alpha, beta);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

export interface NormalizeConfig extends LayerConfig {
  /** One number for all channels, which stand last, or one for each. */
  mean: number[];
  std: number[];
}

/** Takes a fixed mean off and divides by a fixed deviation. */
export class Normalize extends tf.layers.Layer {
  static readonly className: string = 'netc>Normalize';
  readonly mean: number[];
  readonly std: number[];

  constructor(config: NormalizeConfig) {
    super(config);
    this.mean = config.mean;
    this.std = config.std;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs)[0]!.sub(tf.tensor1d(this.mean)).div(tf.tensor1d(this.std)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), mean: this.mean, std: this.std };
  }
}
