import * as tf from '@tensorflow/tfjs';
import { uniform } from './initializers.ts';
import { type LayerConfig, operandsOf, perAxis, shapeOf } from './layer.ts';

export interface ConvolutionConfig extends LayerConfig {
  filters: number;
  kernelSize: number | number[];
  strides?: number | number[];
  dilationRate?: number | number[];
  groups?: number;
  padding?: 'same' | 'valid';
  useBias?: boolean;
  /** Kernel and bias begin between -bound and bound. */
  bound: number;
}

/**
 * A convolution of signals, pictures or volumes with groups of channels, stride and dilation. tfjs's own layers know no
 * groups, and neither stride nor training where there is a dilation.
 */
export class Convolution extends tf.layers.Layer {
  static readonly className: string = 'netc>Convolution';
  readonly config: Required<Omit<ConvolutionConfig, keyof LayerConfig>>;
  private kernel: tf.LayerVariable | undefined;
  private bias: tf.LayerVariable | undefined;

  constructor(config: ConvolutionConfig) {
    super(config);
    const { filters, kernelSize, bound } = config;
    const { strides = 1, dilationRate = 1, groups = 1, padding = 'valid', useBias = true } = config;
    this.config = { filters, kernelSize, strides, dilationRate, groups, padding, useBias, bound };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { filters, kernelSize, groups, useBias, bound } = this.config;
    const shape = shapeOf(inputShape);
    const kernelShape = [...perAxis(kernelSize, shape.length - 2), shape.at(-1)! / groups, filters];
    this.kernel = this.addWeight('kernel', kernelShape, 'float32', uniform(bound));
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', uniform(bound));
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { filters, kernelSize, strides, dilationRate, padding } = this.config;
    const [batch, ...sizes] = shapeOf(inputShape);
    const spatial = sizes.slice(0, -1);
    const [kernel, stride, dilation] = [kernelSize, strides, dilationRate].map((each) => perAxis(each, spatial.length));
    const outputs = spatial.map((size, axis) => {
      const span = padding === 'same' ? 1 : dilation![axis]! * (kernel![axis]! - 1) + 1;
      return Math.ceil((size - span + 1) / stride![axis]!);
    });
    return [batch!, ...outputs, filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { groups, padding, strides, dilationRate } = this.config;
      const x = operandsOf(inputs)[0]!;
      const rank = x.rank - 2;
      const steps = perAxis(strides, rank);
      // Zeros between the taps of the kernel are what a dilation means.
      const kernel = spread(this.kernel!.read(), perAxis(dilationRate, rank));
      const y =
        groups === x.shape.at(-1) && rank < 3
          ? convolveDepthwise(x, kernel, steps, padding)
          : convolveGroups(x, kernel, steps, padding, groups);
      return this.bias ? y.add(this.bias.read()) : y;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

/** The kernel with so many places from one tap to the next along each spatial axis, and zeros between. */
export function spread(kernel: tf.Tensor, rates: readonly number[]): tf.Tensor {
  return rates.reduce((result, rate, axis) => {
    if (rate === 1) return result;
    const size = result.shape[axis]!;
    const before = result.shape.slice(0, axis).reduce((product, each) => product * each, 1);
    const after = result.shape.slice(axis + 1);
    // Each tap is followed by zeros, and those after the last one are cut off.
    const taps = result.reshape([before * size, 1, -1]).pad([
      [0, 0],
      [0, rate - 1],
      [0, 0],
    ]);
    const spanned = size * rate - rate + 1;
    const cut = taps.reshape([before, size * rate, -1]).slice([0, 0, 0], [-1, spanned, -1]);
    return cut.reshape([...result.shape.slice(0, axis), spanned, ...after]);
  }, kernel);
}

export function convolveGroups(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  padding: 'same' | 'valid',
  groups: number,
): tf.Tensor {
  // tfjs cannot train through a split into one part.
  if (groups === 1) return convolve(x, kernel, strides, padding);
  const kernels = kernel.split(groups, kernel.rank - 1);
  const parts = x.split(groups, x.rank - 1);
  return tf.concat(
    parts.map((part, group) => convolve(part, kernels[group]!, strides, padding)),
    x.rank - 1,
  );
}

export function convolve(
  x: tf.Tensor,
  kernel: tf.Tensor,
  [first, second, third]: readonly number[],
  padding: 'same' | 'valid',
): tf.Tensor {
  if (x.rank === 3) return tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, first!, padding);
  if (x.rank === 4) return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [first!, second!], padding);
  return tf.conv3d(x as tf.Tensor5D, kernel as tf.Tensor5D, [first!, second!, third!], padding);
}

/** Of a signal or a picture, each channel of which is a group of its own. */
export function convolveDepthwise(
  x: tf.Tensor,
  kernel: tf.Tensor,
  strides: readonly number[],
  padding: 'same' | 'valid',
): tf.Tensor {
  const [batch, ...sizes] = x.shape;
  const channels = sizes.at(-1)!;
  // A signal is a picture of one row.
  const picture = x.rank === 3 ? [1, ...sizes] : sizes;
  const [height, width] = x.rank === 3 ? [1, kernel.shape[0]!] : kernel.shape;
  const y = tf.depthwiseConv2d(
    x.reshape<tf.Tensor4D>([batch!, ...picture]),
    kernel.reshape<tf.Tensor4D>([height!, width!, channels, -1]),
    x.rank === 3 ? [1, strides[0]!] : [strides[0]!, strides[1]!],
    padding,
  );
  return x.rank === 3 ? y.squeeze([1]) : y;
}
