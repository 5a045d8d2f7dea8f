// DCGAN for tfjs, compiled from examples/dcgan.net by netc 0.1.0.
// Do not edit: change the source and compile it again.
import * as tf from '@tensorflow/tfjs';

/** What the model takes, gives, and reads from its file of weights. Shapes are without the batch. */
export const metadata = {
  name: 'DCGAN',
  inputs: [{ name: 'noise', shape: [100, 1, 1], element: 'f32' }],
  outputs: [{ name: 'result', shape: [3, 64, 64] }],
  weights: [
    { name: 'main.0.weight', shape: [100, 512, 4, 4] },
    { name: 'main.1.weight', shape: [512] },
    { name: 'main.1.bias', shape: [512] },
    { name: 'main.1.running_mean', shape: [512] },
    { name: 'main.1.running_var', shape: [512] },
    { name: 'main.3.weight', shape: [512, 256, 4, 4] },
    { name: 'main.4.weight', shape: [256] },
    { name: 'main.4.bias', shape: [256] },
    { name: 'main.4.running_mean', shape: [256] },
    { name: 'main.4.running_var', shape: [256] },
    { name: 'main.6.weight', shape: [256, 128, 4, 4] },
    { name: 'main.7.weight', shape: [128] },
    { name: 'main.7.bias', shape: [128] },
    { name: 'main.7.running_mean', shape: [128] },
    { name: 'main.7.running_var', shape: [128] },
    { name: 'main.9.weight', shape: [128, 64, 4, 4] },
    { name: 'main.10.weight', shape: [64] },
    { name: 'main.10.bias', shape: [64] },
    { name: 'main.10.running_mean', shape: [64] },
    { name: 'main.10.running_var', shape: [64] },
    { name: 'main.12.weight', shape: [64, 3, 4, 4] },
  ],
  ignored: [
    'main.1.num_batches_tracked',
    'main.4.num_batches_tracked',
    'main.7.num_batches_tracked',
    'main.10.num_batches_tracked',
  ],
} as const;

/**
 * Draws a picture of 64×64 from 100 random numbers: each step doubles its size.
 * A. Radford and others, Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
 * Networks, 2015,
 * arXiv:1511.06434. The names are those of PyTorch's tutorial.
 *
 * The weights are drawn as PyTorch draws them. Values have PyTorch's axes, the batch first and then the channels.
 * Inside, channels stand last where tfjs wants them so: a `permute` stands where that changes, as before a `flatten`,
 * and the tensors of a file are turned when they are read.
 */
export function build(): tf.LayersModel {
  const noise = tf.input({ name: 'noise', shape: [100, 1, 1] });
  const noiseLast = apply(tf.layers.permute({ name: 'noise.last', dims: [2, 3, 1] }), noise);
  // main.0: deconv 100->512 k4 bias=false
  const main0 = apply(
    tf.layers.conv2dTranspose({
      name: 'main.0',
      filters: 512,
      kernelSize: 4,
      useBias: false,
      kernelInitializer: uniform(0.011048543456039804),
    }),
    noiseLast,
  );
  // main.1: batchnorm
  const main1 = apply(tf.layers.batchNormalization({ name: 'main.1', momentum: 0.9, epsilon: 0.00001 }), main0);
  const relu1 = apply(tf.layers.activation({ name: 'relu1', activation: 'relu' }), main1);
  // main.3: deconv 512->256 k4 s2 p1 bias=false
  const main3 = apply(
    tf.layers.conv2dTranspose({
      name: 'main.3',
      filters: 256,
      kernelSize: 4,
      strides: 2,
      useBias: false,
      kernelInitializer: uniform(0.015625),
    }),
    relu1,
  );
  const main3Cropping2D = apply(tf.layers.cropping2D({ name: 'main.3.cropping2D', cropping: [[1, 1], [1, 1]] }), main3);
  // main.4: batchnorm
  const main4 = apply(
    tf.layers.batchNormalization({ name: 'main.4', momentum: 0.9, epsilon: 0.00001 }),
    main3Cropping2D,
  );
  const relu2 = apply(tf.layers.activation({ name: 'relu2', activation: 'relu' }), main4);
  // main.6: deconv 256->128 k4 s2 p1 bias=false
  const main6 = apply(
    tf.layers.conv2dTranspose({
      name: 'main.6',
      filters: 128,
      kernelSize: 4,
      strides: 2,
      useBias: false,
      kernelInitializer: uniform(0.022097086912079608),
    }),
    relu2,
  );
  const main6Cropping2D = apply(tf.layers.cropping2D({ name: 'main.6.cropping2D', cropping: [[1, 1], [1, 1]] }), main6);
  // main.7: batchnorm
  const main7 = apply(
    tf.layers.batchNormalization({ name: 'main.7', momentum: 0.9, epsilon: 0.00001 }),
    main6Cropping2D,
  );
  const relu3 = apply(tf.layers.activation({ name: 'relu3', activation: 'relu' }), main7);
  // main.9: deconv 128->64 k4 s2 p1 bias=false
  const main9 = apply(
    tf.layers.conv2dTranspose({
      name: 'main.9',
      filters: 64,
      kernelSize: 4,
      strides: 2,
      useBias: false,
      kernelInitializer: uniform(0.03125),
    }),
    relu3,
  );
  const main9Cropping2D = apply(tf.layers.cropping2D({ name: 'main.9.cropping2D', cropping: [[1, 1], [1, 1]] }), main9);
  // main.10: batchnorm
  const main10 = apply(
    tf.layers.batchNormalization({ name: 'main.10', momentum: 0.9, epsilon: 0.00001 }),
    main9Cropping2D,
  );
  const relu4 = apply(tf.layers.activation({ name: 'relu4', activation: 'relu' }), main10);
  // main.12: deconv 64->3 k4 s2 p1 bias=false
  const main12 = apply(
    tf.layers.conv2dTranspose({
      name: 'main.12',
      filters: 3,
      kernelSize: 4,
      strides: 2,
      useBias: false,
      kernelInitializer: uniform(0.14433756729740646),
    }),
    relu4,
  );
  const main12Cropping2D = apply(
    tf.layers.cropping2D({ name: 'main.12.cropping2D', cropping: [[1, 1], [1, 1]] }),
    main12,
  );
  const tanh1 = apply(tf.layers.activation({ name: 'tanh1', activation: 'tanh' }), main12Cropping2D);
  const tanh1First = apply(tf.layers.permute({ name: 'tanh1.first', dims: [3, 1, 2] }), tanh1);
  return tf.model({ name: 'DCGAN', inputs: noise, outputs: tanh1First });
}

/**
 * The model with the weights of a safetensors file, which PyTorch may have written. Throws a `WeightsError` where the
 * file is damaged, or where a tensor is missing, misshapen or not part of the model.
 */
export function load(weights: Uint8Array): tf.LayersModel {
  const values = readWeights(weights, metadata.weights, metadata.ignored);
  const model = build();
  setWeights(model, places, metadata.weights, values);
  return model;
}

/**
 * The weights of a model that `build` or `load` made, or that tfjs has stored and read, as a safetensors file: for
 * `load`, and for PyTorch.
 */
export function save(model: tf.LayersModel): Uint8Array {
  return writeTensors(getWeights(model, places, metadata.weights));
}

/** Where the tensors of a file are: the layer, which of its weights, and PyTorch's axes in tfjs's order. */
const places: Places = {
  'main.0.weight': { layer: 'main.0', index: 0, axes: [2, 3, 1, 0] },
  'main.1.weight': { layer: 'main.1', index: 0, axes: [0] },
  'main.1.bias': { layer: 'main.1', index: 1, axes: [0] },
  'main.1.running_mean': { layer: 'main.1', index: 2, axes: [0] },
  'main.1.running_var': { layer: 'main.1', index: 3, axes: [0] },
  'main.3.weight': { layer: 'main.3', index: 0, axes: [2, 3, 1, 0] },
  'main.4.weight': { layer: 'main.4', index: 0, axes: [0] },
  'main.4.bias': { layer: 'main.4', index: 1, axes: [0] },
  'main.4.running_mean': { layer: 'main.4', index: 2, axes: [0] },
  'main.4.running_var': { layer: 'main.4', index: 3, axes: [0] },
  'main.6.weight': { layer: 'main.6', index: 0, axes: [2, 3, 1, 0] },
  'main.7.weight': { layer: 'main.7', index: 0, axes: [0] },
  'main.7.bias': { layer: 'main.7', index: 1, axes: [0] },
  'main.7.running_mean': { layer: 'main.7', index: 2, axes: [0] },
  'main.7.running_var': { layer: 'main.7', index: 3, axes: [0] },
  'main.9.weight': { layer: 'main.9', index: 0, axes: [2, 3, 1, 0] },
  'main.10.weight': { layer: 'main.10', index: 0, axes: [0] },
  'main.10.bias': { layer: 'main.10', index: 1, axes: [0] },
  'main.10.running_mean': { layer: 'main.10', index: 2, axes: [0] },
  'main.10.running_var': { layer: 'main.10', index: 3, axes: [0] },
  'main.12.weight': { layer: 'main.12', index: 0, axes: [2, 3, 1, 0] },
};
/** PyTorch's initialisation of most weights. */
function uniform(bound: number): ReturnType<typeof tf.initializers.randomUniform> {
  return tf.initializers.randomUniform({ minval: -bound, maxval: bound });
}

/** The value that a layer makes of others. */
function apply(layer: tf.layers.Layer, ...operands: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  const [first, ...others] = operands;
  return layer.apply(others.length === 0 ? first! : [...operands]) as tf.SymbolicTensor;
}

/** Where a tensor of a file is in the model. */
interface Place {
  readonly layer: string;
  /** Which of the layer's weights it is. */
  readonly index: number;
  /** PyTorch's axes in tfjs's order. */
  readonly axes: readonly number[];
}

type Places = { readonly [tensor: string]: Place };

/** Puts numbers, which are in PyTorch's layout, into the model. */
function setWeights(
  model: tf.LayersModel,
  places: Places,
  tensors: readonly WantedTensor[],
  values: readonly Float32Array[],
): void {
  tf.tidy(() => {
    tensors.forEach(({ name, shape }, position) => {
      const { layer, index, axes } = places[name]!;
      const variable = model.getLayer(layer).weights[index]!;
      const moved = tf.tensor(values[position]!, [...shape]).transpose([...axes]);
      variable.write(moved.reshape(variable.shape as number[]));
    });
  });
}

/** The numbers of the model in PyTorch's layout. */
function getWeights(
  model: tf.LayersModel,
  places: Places,
  tensors: readonly WantedTensor[],
): (readonly [name: string, tensor: FloatTensor])[] {
  return tensors.map(({ name, shape }) => {
    const { layer, index, axes } = places[name]!;
    const data = tf.tidy(() => {
      const moved = model
        .getLayer(layer)
        .weights[index]!.read()
        .reshape(axes.map((axis) => shape[axis]!));
      return moved.transpose(axes.map((_, axis) => axes.indexOf(axis))).dataSync<'float32'>();
    });
    return [name, { shape, data }];
  });
}

/** Weights that cannot be read, or are not those of the model. The message names the tensor. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** A tensor as it lies in a file. */
interface StoredTensor {
  /** The file's name of the element type: `F32`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: DataView;
}

/**
 * The tensors of a file by name. Together they must cover the data without a gap or an overlap, as the format asks, so
 * that no header can lie about lengths. Throws a `WeightsError`.
 */
function readTensors(file: Uint8Array): Map<string, StoredTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const length = file.length < 8 ? Infinity : Number(view.getBigUint64(0, true));
  const start = 8 + length;
  if (start > file.length) throw new WeightsError('the file is cut off, or is not in the safetensors format');
  // Real headers have some 100 bytes for a tensor; JSON that is made for it takes a hundred times its size in memory.
  if (length > 4e6) throw new WeightsError('the header is too long');
  const sorted = parseHeader(file.subarray(8, start)).sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let at = 0;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { dtype, shape, data_offsets }] of sorted) {
    const [begin, end] = data_offsets;
    if (begin !== at || end < begin || start + end > file.length)
      throw new WeightsError(`the data of ${quote(name)} is cut off, or not where the header says`);
    at = end;
    tensors.set(name, { dtype, shape, bytes: new DataView(file.buffer, file.byteOffset + start + begin, end - begin) });
  }
  if (start + at !== file.length) throw new WeightsError('the file has data that belongs to no tensor');
  return tensors;
}

/** The numbers of a tensor. Throws a `WeightsError` where they are not of a floating-point type. */
function toFloats(name: string, { dtype, shape, bytes }: StoredTensor): Float32Array {
  const type = floatTypes.get(dtype);
  if (!type) throw new WeightsError(`${quote(name)} is of ${quote(dtype)}, but F32 is expected, or F64, F16, BF16`);
  const size = shape.reduce((product, each) => product * each, 1);
  if (size * type.bytes !== bytes.byteLength)
    throw new WeightsError(
      `${quote(name)} has ${bytes.byteLength} bytes, but ${shapeText(shape)} of ${dtype} needs ${size * type.bytes}`,
    );
  if (dtype === 'F32' && isLittleEndian) return new Float32Array(copyOf(bytes));
  const floats = new Float32Array(size);
  for (let index = 0; index < size; index++) floats[index] = type.read(bytes, index * type.bytes);
  return floats;
}

/** Whether this machine has its numbers as files have them, so that they can be copied as a whole. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function copyOf({ buffer, byteOffset, byteLength }: DataView): ArrayBuffer {
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}

/** Read byte by byte, so that data need not be aligned and any machine gives the same. */
const floatTypes: ReadonlyMap<string, FloatType> = new Map([
  ['F64', { bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
  ['F32', { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  ['F16', { bytes: 2, read: (view, at) => half(view.getUint16(at, true), 10) }],
  ['BF16', { bytes: 2, read: (view, at) => half(view.getUint16(at, true), 7) }],
]);

interface FloatType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

/** The number of 16 bits: a sign, an exponent, and a fraction of so many bits. */
function half(bits: number, fractionBits: number): number {
  const one = 2 ** fractionBits;
  const largest = 2 ** (15 - fractionBits) - 1;
  const exponent = (bits & 0x7fff) >> fractionBits;
  const fraction = (bits & (one - 1)) / one;
  const scale = 2 ** (Math.max(exponent, 1) - (largest >> 1));
  const magnitude = exponent === largest ? (fraction ? NaN : Infinity) : (fraction + (exponent ? 1 : 0)) * scale;
  return bits >> 15 ? -magnitude : magnitude;
}

/** What a model wants of a file. */
interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The tensors of a file in the order in which they are wanted. Throws a `WeightsError` where one is missing or
 * misshapen, and where the file has one that is neither wanted nor among those to be ignored.
 */
function readWeights<const Wanted extends readonly WantedTensor[]>(
  file: Uint8Array,
  wanted: Wanted,
  ignored: readonly string[],
): { readonly [Index in keyof Wanted]: Float32Array } {
  const tensors = readTensors(file);
  const unused = new Set(tensors.keys());
  for (const name of ignored) unused.delete(name);
  const weights = wanted.map(({ name, shape }) => {
    const tensor = tensors.get(name);
    unused.delete(name);
    if (!tensor) throw new WeightsError(`the tensor ${quote(name)} is missing`);
    if (`${tensor.shape}` !== `${shape}`)
      throw new WeightsError(
        `${quote(name)} is of shape ${shapeText(tensor.shape)}, but ${shapeText(shape)} is expected`,
      );
    return toFloats(name, tensor);
  });
  for (const name of unused) {
    // In I64 PyTorch stores counts and indices, in which nothing is learned.
    if (tensors.get(name)!.dtype !== 'I64')
      throw new WeightsError(`the tensor ${quote(name)} is not part of the model`);
  }
  return weights as { readonly [Index in keyof Wanted]: Float32Array };
}

/** A safetensors file of F32. */
function writeTensors(tensors: Iterable<readonly [name: string, tensor: FloatTensor]>): Uint8Array {
  const all = [...tensors];
  let length = 0;
  const entries = all.map(([name, { shape, data }]) => {
    const begin = length;
    length += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, length] }];
  });
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  // Spaces after the header, as the reference implementation writes them, so that the data is aligned.
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(start + length).fill(0x20, 8, start);
  file.set(text, 8);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  let at = start;
  for (const [, { data }] of all) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}

/** Numbers in row-major order. */
interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

function parseHeader(bytes: Uint8Array): [name: string, entry: Entry][] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // It is no object then, which is what is said of it.
  }
  if (!header || typeof header !== 'object') throw new WeightsError('the header is not a JSON object');
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => {
      if (typeof entry?.dtype === 'string' && isSizes(entry.shape) && isSizes(entry.data_offsets, 2))
        return [name, entry];
      throw new WeightsError(`the header does not describe ${quote(name)} as a tensor`);
    });
}

function isSizes(value: unknown, length?: number): boolean {
  if (!Array.isArray(value) || value.length !== (length ?? value.length)) return false;
  return value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** For messages: a shape that is not longer than a line. */
function shapeText(shape: readonly number[]): string {
  return `[${shape.slice(0, 9).join(', ')}${shape.length > 9 ? ', …' : ''}]`;
}

/** For messages: no control characters, and not longer than a line. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}
