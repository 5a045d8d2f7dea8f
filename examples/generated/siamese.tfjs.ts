// Siamese for tfjs, compiled from examples/siamese.net by netc 0.1.0.
// Do not edit: change the source and compile it again.
import * as tf from '@tensorflow/tfjs';

/** What the model takes, gives, and reads from its file of weights. Shapes are without the batch. */
export const metadata = {
  name: 'Siamese',
  inputs: [{ name: 'left', shape: [1, 28, 28], element: 'f32' }, { name: 'right', shape: [1, 28, 28], element: 'f32' }],
  outputs: [{ name: 'distance', shape: [1] }, { name: 'code', shape: [64] }],
  weights: [
    { name: 'tower.conv1.weight', shape: [16, 1, 3, 3] },
    { name: 'tower.conv1.bias', shape: [16] },
    { name: 'tower.conv2.weight', shape: [32, 16, 3, 3] },
    { name: 'tower.conv2.bias', shape: [32] },
    { name: 'tower.fc.weight', shape: [64, 1568] },
    { name: 'tower.fc.bias', shape: [64] },
    { name: 'head.weight', shape: [1, 64] },
    { name: 'head.bias', shape: [1] },
  ],
  ignored: [],
} as const;

/**
 * How different two pictures are. Both go through the same layers with the same weights.
 * J. Bromley and others, Signature Verification using a "Siamese" Time Delay Neural Network, 1993.
 *
 * The weights are drawn as PyTorch draws them. Values have PyTorch's axes, the batch first and then the channels.
 * Inside, channels stand last where tfjs wants them so: a `permute` stands where that changes, as before a `flatten`,
 * and the tensors of a file are turned when they are read.
 */
export function build(): tf.LayersModel {
  const left = tf.input({ name: 'left', shape: [1, 28, 28] });
  const right = tf.input({ name: 'right', shape: [1, 28, 28] });
  const leftLast = apply(tf.layers.permute({ name: 'left.last', dims: [2, 3, 1] }), left);
  // tower.conv1: conv 1->16 k3 p1
  const towerConv1Layer = tf.layers.conv2d({
    name: 'tower.conv1',
    filters: 16,
    kernelSize: 3,
    padding: 'same',
    kernelInitializer: uniform(0.3333333333333333),
    biasInitializer: uniform(0.3333333333333333),
  });
  const towerConv1 = apply(towerConv1Layer, leftLast);
  const towerRelu1Layer = tf.layers.activation({ name: 'tower.relu1', activation: 'relu' });
  const towerRelu1 = apply(towerRelu1Layer, towerConv1);
  const towerMaxpool1Layer = tf.layers.maxPooling2d({ name: 'tower.maxpool1', poolSize: 2 });
  const towerMaxpool1 = apply(towerMaxpool1Layer, towerRelu1);
  // tower.conv2: conv 16->32 k3 p1
  const towerConv2Layer = tf.layers.conv2d({
    name: 'tower.conv2',
    filters: 32,
    kernelSize: 3,
    padding: 'same',
    kernelInitializer: uniform(0.08333333333333333),
    biasInitializer: uniform(0.08333333333333333),
  });
  const towerConv2 = apply(towerConv2Layer, towerMaxpool1);
  const towerRelu2Layer = tf.layers.activation({ name: 'tower.relu2', activation: 'relu' });
  const towerRelu2 = apply(towerRelu2Layer, towerConv2);
  const towerMaxpool2Layer = tf.layers.maxPooling2d({ name: 'tower.maxpool2', poolSize: 2 });
  const towerMaxpool2 = apply(towerMaxpool2Layer, towerRelu2);
  const towerMaxpool2First = apply(tf.layers.permute({ name: 'tower.maxpool2.first', dims: [3, 1, 2] }), towerMaxpool2);
  const towerFlatten1Layer = tf.layers.flatten({ name: 'tower.flatten1' });
  const towerFlatten1 = apply(towerFlatten1Layer, towerMaxpool2First);
  // tower.fc: linear 1568->64
  const towerFcLayer = tf.layers.dense({
    name: 'tower.fc',
    units: 64,
    kernelInitializer: uniform(0.025253813613805267),
    biasInitializer: uniform(0.025253813613805267),
  });
  const towerFc = apply(towerFcLayer, towerFlatten1);
  const rightLast = apply(tf.layers.permute({ name: 'right.last', dims: [2, 3, 1] }), right);
  // tower.conv1: conv 1->16 k3 p1
  const towerConv1_2 = apply(towerConv1Layer, rightLast);
  const towerRelu1_2 = apply(towerRelu1Layer, towerConv1_2);
  const towerMaxpool1_2 = apply(towerMaxpool1Layer, towerRelu1_2);
  // tower.conv2: conv 16->32 k3 p1
  const towerConv2_2 = apply(towerConv2Layer, towerMaxpool1_2);
  const towerRelu2_2 = apply(towerRelu2Layer, towerConv2_2);
  const towerMaxpool2_2 = apply(towerMaxpool2Layer, towerRelu2_2);
  const towerMaxpool2First_2 = apply(
    tf.layers.permute({ name: 'tower.maxpool2.first_2', dims: [3, 1, 2] }),
    towerMaxpool2_2,
  );
  const towerFlatten1_2 = apply(towerFlatten1Layer, towerMaxpool2First_2);
  // tower.fc: linear 1568->64
  const towerFc_2 = apply(towerFcLayer, towerFlatten1_2);
  const sub1 = apply(new Subtract({ name: 'sub1' }), towerFc, towerFc_2);
  const abs1 = apply(new AbsLayer({ name: 'abs1' }), sub1);
  // head: linear 64->1
  const head = apply(
    tf.layers.dense({ name: 'head', units: 1, kernelInitializer: uniform(0.125), biasInitializer: uniform(0.125) }),
    abs1,
  );
  return tf.model({ name: 'Siamese', inputs: [left, right], outputs: [head, towerFc] });
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
  'tower.conv1.weight': { layer: 'tower.conv1', index: 0, axes: [2, 3, 1, 0] },
  'tower.conv1.bias': { layer: 'tower.conv1', index: 1, axes: [0] },
  'tower.conv2.weight': { layer: 'tower.conv2', index: 0, axes: [2, 3, 1, 0] },
  'tower.conv2.bias': { layer: 'tower.conv2', index: 1, axes: [0] },
  'tower.fc.weight': { layer: 'tower.fc', index: 0, axes: [1, 0] },
  'tower.fc.bias': { layer: 'tower.fc', index: 1, axes: [0] },
  'head.weight': { layer: 'head', index: 0, axes: [1, 0] },
  'head.bias': { layer: 'head', index: 1, axes: [0] },
};

/** `abs(x)`. */
export class AbsLayer extends tf.layers.Layer {
  static readonly className: string = 'Siamese>AbsLayer';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return differentiable(
      operandsOf(inputs),
      (x) => x.abs(),
      (x) => x.sign(),
    );
  }
}

/**
 * A function of one number, applied to each. The operands after the first are learned numbers that it uses, one for all
 * or one for each place of the last axis.
 */
type Pointwise<Result> = (...operands: tf.Tensor[]) => Result;

/**
 * A function of each number with its derivatives by all operands, because tfjs finds none of its own where a function
 * has branches.
 */
function differentiable(
  operands: readonly tf.Tensor[],
  value: Pointwise<tf.Tensor>,
  ...derivatives: Pointwise<tf.Tensor | number>[]
): tf.Tensor {
  const applied = tf.customGrad((...given) => {
    const inputs = given.slice(0, -1) as tf.Tensor[];
    const save = given.at(-1) as tf.GradSaveFunc;
    save(inputs);
    return {
      value: value(...inputs),
      gradFunc: (dy, saved) =>
        derivatives.map((derivative, index) => {
          const gradient = dy.mul(derivative(...saved));
          return index === 0 ? gradient : gradient.reshape([-1, saved[index]!.size]).sum(0);
        }),
    };
  });
  return applied(...operands);
}

/** PyTorch's initialisation of most weights. */
function uniform(bound: number): ReturnType<typeof tf.initializers.randomUniform> {
  return tf.initializers.randomUniform({ minval: -bound, maxval: bound });
}

/** The first operand less all others. */
export class Subtract extends tf.layers.Layer {
  static readonly className: string = 'netc>Subtract';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape as tf.Shape[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => operandsOf(inputs).reduce((difference, each) => difference.sub(each)));
  }
}

/** The shape of operands that are laid side by side, of equally many axes. */
function broadcastShape(shapes: readonly tf.Shape[]): tf.Shape {
  return shapes.reduce((result, shape) => result.map((size, axis) => (size === 1 ? shape[axis]! : size)));
}

/** The value that a layer makes of others. */
function apply(layer: tf.layers.Layer, ...operands: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  const [first, ...others] = operands;
  return layer.apply(others.length === 0 ? first! : [...operands]) as tf.SymbolicTensor;
}

/** tfjs hands over one operand as it is or as a list. */
function operandsOf(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
  return Array.isArray(inputs) ? inputs : [inputs];
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

tf.serialization.registerClass(AbsLayer);
tf.serialization.registerClass(Subtract);
