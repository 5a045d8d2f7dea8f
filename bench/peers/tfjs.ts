import * as tf from '@tensorflow/tfjs';

/** Weights by PyTorch's names and layouts, as the safetensors file holds them. */
export type Weights = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

export const version = `tfjs ${tf.version.tfjs}, cpu backend`;

export async function start(): Promise<void> {
  await tf.setBackend('cpu');
  await tf.ready();
}

/**
 * LeNet as one writes it by hand for tfjs: channels last, with its fused operations. The input is [32, 32, 3].
 * The flatten order is channels-last too, so `fc1`'s columns are put in that order once.
 */
export function lenet(weights: Weights): (image: Float32Array) => Float32Array {
  const [conv1, conv2] = [convolution(weights, 'conv1'), convolution(weights, 'conv2')];
  const fc1 = {
    kernel: tf.tidy(() =>
      tf.keep(vector(weights, 'fc1.weight').reshape([120, 16, 5, 5]).transpose([2, 3, 1, 0]).reshape([400, 120])),
    ),
    bias: vector(weights, 'fc1.bias'),
  };
  const [fc2, fc3] = [linear(weights, 'fc2'), linear(weights, 'fc3')];
  return (image) =>
    tf.tidy(() => {
      const x = tf.tensor4d(image, [1, 32, 32, 3]);
      const a = tf.maxPool(conv(x, conv1, 1, 'valid', 'relu'), 2, 2, 'valid');
      const b = tf.maxPool(conv(a, conv2, 1, 'valid', 'relu'), 2, 2, 'valid');
      const c = dense(b.reshape([1, 400]), { kernel: fc1.kernel as tf.Tensor2D, bias: fc1.bias }, 'relu');
      return dense(dense(c, fc2, 'relu'), fc3, 'linear').dataSync() as Float32Array;
    });
}

/** `bench/stack.net` by hand. The input is [56, 56, 64]. At stride 2 tfjs's `same` pads another side than `p1`, so it is padded. */
export function stack(weights: Weights): (image: Float32Array) => Float32Array {
  const layers = Array.from({ length: 16 }, (_, index) => convolution(weights, `conv${index + 1}`));
  const at = (index: number) => layers[index - 1]!;
  return (image) =>
    tf.tidy(() => {
      let x: tf.Tensor4D = tf.tensor4d(image, [1, 56, 56, 64]);
      for (const first of [1, 3])
        x = tf.relu(conv(conv(x, at(first), 1, 'same', 'relu'), at(first + 1), 1, 'same', 'linear').add(x));
      for (const first of [5, 9, 13]) {
        x = conv(
          tf.pad(x, [
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 0],
          ]),
          at(first),
          2,
          'valid',
          'relu',
        );
        x = conv(x, at(first + 1), 1, 'same', 'relu');
        x = tf.relu(conv(conv(x, at(first + 2), 1, 'same', 'relu'), at(first + 3), 1, 'same', 'linear').add(x));
      }
      return x.dataSync() as Float32Array;
    });
}

interface Affine<Kernel extends tf.Tensor> {
  readonly kernel: Kernel;
  readonly bias: tf.Tensor1D;
}

function convolution(weights: Weights, path: string): Affine<tf.Tensor4D> {
  const { data, shape } = weights.get(`${path}.weight`)!;
  const kernel = tf.tidy(() => tf.tensor(data, [...shape]).transpose<tf.Tensor4D>([2, 3, 1, 0]));
  return { kernel, bias: vector(weights, `${path}.bias`) };
}

function linear(weights: Weights, path: string): Affine<tf.Tensor2D> {
  const { data, shape } = weights.get(`${path}.weight`)!;
  const kernel = tf.tidy(() => tf.tensor2d(data, [shape[0]!, shape[1]!]).transpose<tf.Tensor2D>());
  return { kernel, bias: vector(weights, `${path}.bias`) };
}

function vector(weights: Weights, name: string): tf.Tensor1D {
  return tf.tensor1d(weights.get(name)!.data);
}

type Activation = 'relu' | 'linear';

function conv(
  x: tf.Tensor4D,
  { kernel, bias }: Affine<tf.Tensor4D>,
  strides: number,
  pad: 'same' | 'valid',
  activation: Activation,
): tf.Tensor4D {
  return tf.fused.conv2d({ x, filter: kernel, strides, pad, bias, activation });
}

function dense(a: tf.Tensor, { kernel, bias }: Affine<tf.Tensor2D>, activation: Activation): tf.Tensor {
  return tf.fused.matMul({ a: a as tf.Tensor2D, b: kernel, bias, activation });
}
