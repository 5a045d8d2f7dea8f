// LeNet, compiled from examples/lenet.net by netc 0.1.0.
// Do not edit: change the source and compile it again.

/** What the model takes, gives, and reads from its file of weights. Shapes are without the batch. */
export const metadata = {
  name: 'LeNet',
  inputs: [{ name: 'image', shape: [3, 32, 32], element: 'f32' }],
  outputs: [{ name: 'result', shape: [10] }],
  weights: [
    { name: 'conv1.weight', shape: [6, 3, 5, 5] },
    { name: 'conv1.bias', shape: [6] },
    { name: 'conv2.weight', shape: [16, 6, 5, 5] },
    { name: 'conv2.bias', shape: [16] },
    { name: 'fc1.weight', shape: [120, 400] },
    { name: 'fc1.bias', shape: [120] },
    { name: 'fc2.weight', shape: [84, 120] },
    { name: 'fc2.bias', shape: [84] },
    { name: 'fc3.weight', shape: [10, 84] },
    { name: 'fc3.bias', shape: [10] },
  ],
  ignored: [],
} as const;

/** The CIFAR-10 network of the classic tutorial. */
export interface Model {
  /**
   * The numbers of all items, one item after the other, each in row-major order. Nothing is written to the input,
   * and the result is new. Throws a `RangeError` where the length of an input is not that of the batch, which is 1
   * by default.
   */
  run(image: Float32Array, batch?: number): Float32Array;
}

/**
 * Makes a model of the bytes of a safetensors file; models share nothing. Throws a `WeightsError` where the file
 * is damaged, or where a tensor is missing, misshapen or not part of the model.
 */
export function load(weights: Uint8Array): Model {
  const [
    conv1Weight, conv1Bias, conv2Weight, conv2Bias, fc1Weight, fc1Bias, fc2Weight, fc2Bias, fc3Weight, fc3Bias,
  ] = readWeights(weights, metadata.weights, metadata.ignored);
  const arena = new Float32Array(5880);
  const relu1 = arena.subarray(0, 4704);
  const maxpool1Output = arena.subarray(4704, 5880);
  const relu2 = arena.subarray(0, 1600);
  const maxpool2Output = arena.subarray(1600, 2000);
  const relu3 = arena.subarray(0, 120);
  const relu4 = arena.subarray(120, 204);
  return {
    run(image, batch = 1) {
      checkInput(metadata.inputs[0], image, batch);
      const result = new Float32Array(batch * 10);
      for (let item = 0; item < batch; item++) {
        conv1(image, item * 3072, conv1Weight, conv1Bias, relu1);
        maxpool1(relu1, maxpool1Output);
        conv2(maxpool1Output, conv2Weight, conv2Bias, relu2);
        maxpool2(relu2, maxpool2Output);
        fc1(maxpool2Output, fc1Weight, fc1Bias, relu3);
        fc2(relu3, fc2Weight, fc2Bias, relu4);
        fc3(relu4, fc3Weight, fc3Bias, result, item * 10);
      }
      return result;
    },
  };
}

/** conv1: conv 3->6 k5 | relu */
function conv1(x: Float32Array, xAt: number, weight: Float32Array, bias: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 6; i += 2) {
    const weightAt0 = i * 75;
    const outputAt0 = i * 784;
    const bias0 = bias[i]!;
    const bias1 = bias[i + 1]!;
    for (let j = 0; j < 28; j++) {
      const xAt0 = j * 32;
      const outputAt1 = outputAt0 + j * 28;
      for (let k = 0; k < 28; k += 2) {
        const xAt1 = xAt0 + k;
        const outputAt2 = outputAt1 + k;
        let sum0 = 0;
        let sum1 = 0;
        let sum2 = 0;
        let sum3 = 0;
        for (let p = 0; p < 3; p++) {
          const xAt2 = xAt1 + p * 1024;
          const weightAt1 = weightAt0 + p * 25;
          for (let q = 0; q < 5; q++) {
            const xAt3 = xAt2 + q * 32;
            const weightAt2 = weightAt1 + q * 5;
            const x0 = x[xAt + xAt3]!;
            const weight0 = weight[weightAt2]!;
            sum0 += x0 * weight0;
            const x1 = x[xAt + xAt3 + 1]!;
            sum1 += x1 * weight0;
            const weight1 = weight[weightAt2 + 75]!;
            sum2 += x0 * weight1;
            sum3 += x1 * weight1;
            const weight2 = weight[weightAt2 + 1]!;
            sum0 += x1 * weight2;
            const x2 = x[xAt + xAt3 + 2]!;
            sum1 += x2 * weight2;
            const weight3 = weight[weightAt2 + 76]!;
            sum2 += x1 * weight3;
            sum3 += x2 * weight3;
            const weight4 = weight[weightAt2 + 2]!;
            sum0 += x2 * weight4;
            const x3 = x[xAt + xAt3 + 3]!;
            sum1 += x3 * weight4;
            const weight5 = weight[weightAt2 + 77]!;
            sum2 += x2 * weight5;
            sum3 += x3 * weight5;
            const weight6 = weight[weightAt2 + 3]!;
            sum0 += x3 * weight6;
            const x4 = x[xAt + xAt3 + 4]!;
            sum1 += x4 * weight6;
            const weight7 = weight[weightAt2 + 78]!;
            sum2 += x3 * weight7;
            sum3 += x4 * weight7;
            const weight8 = weight[weightAt2 + 4]!;
            sum0 += x4 * weight8;
            const x5 = x[xAt + xAt3 + 5]!;
            sum1 += x5 * weight8;
            const weight9 = weight[weightAt2 + 79]!;
            sum2 += x4 * weight9;
            sum3 += x5 * weight9;
          }
        }
        output[outputAt2] = Math.max(0, sum0 + bias0);
        output[outputAt2 + 1] = Math.max(0, sum1 + bias0);
        output[outputAt2 + 784] = Math.max(0, sum2 + bias1);
        output[outputAt2 + 785] = Math.max(0, sum3 + bias1);
      }
    }
  }
}

/** maxpool1: maxpool 2 */
function maxpool1(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 84; i++) {
    const xAt0 = i * 56;
    const outputAt0 = i * 14;
    for (let j = 0; j < 14; j++) {
      const xAt1 = xAt0 + j * 2;
      output[outputAt0 + j] = Math.max(x[xAt1]!, x[xAt1 + 1]!, x[xAt1 + 28]!, x[xAt1 + 29]!);
    }
  }
}

/** conv2: conv 6->16 k5 | relu */
function conv2(x: Float32Array, weight: Float32Array, bias: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 16; i += 2) {
    const weightAt0 = i * 150;
    const outputAt0 = i * 100;
    const bias0 = bias[i]!;
    const bias1 = bias[i + 1]!;
    for (let j = 0; j < 10; j++) {
      const xAt0 = j * 14;
      const outputAt1 = outputAt0 + j * 10;
      for (let k = 0; k < 10; k += 2) {
        const xAt1 = xAt0 + k;
        const outputAt2 = outputAt1 + k;
        let sum0 = 0;
        let sum1 = 0;
        let sum2 = 0;
        let sum3 = 0;
        for (let p = 0; p < 6; p++) {
          const xAt2 = xAt1 + p * 196;
          const weightAt1 = weightAt0 + p * 25;
          for (let q = 0; q < 5; q++) {
            const xAt3 = xAt2 + q * 14;
            const weightAt2 = weightAt1 + q * 5;
            const x0 = x[xAt3]!;
            const weight0 = weight[weightAt2]!;
            sum0 += x0 * weight0;
            const x1 = x[xAt3 + 1]!;
            sum1 += x1 * weight0;
            const weight1 = weight[weightAt2 + 150]!;
            sum2 += x0 * weight1;
            sum3 += x1 * weight1;
            const weight2 = weight[weightAt2 + 1]!;
            sum0 += x1 * weight2;
            const x2 = x[xAt3 + 2]!;
            sum1 += x2 * weight2;
            const weight3 = weight[weightAt2 + 151]!;
            sum2 += x1 * weight3;
            sum3 += x2 * weight3;
            const weight4 = weight[weightAt2 + 2]!;
            sum0 += x2 * weight4;
            const x3 = x[xAt3 + 3]!;
            sum1 += x3 * weight4;
            const weight5 = weight[weightAt2 + 152]!;
            sum2 += x2 * weight5;
            sum3 += x3 * weight5;
            const weight6 = weight[weightAt2 + 3]!;
            sum0 += x3 * weight6;
            const x4 = x[xAt3 + 4]!;
            sum1 += x4 * weight6;
            const weight7 = weight[weightAt2 + 153]!;
            sum2 += x3 * weight7;
            sum3 += x4 * weight7;
            const weight8 = weight[weightAt2 + 4]!;
            sum0 += x4 * weight8;
            const x5 = x[xAt3 + 5]!;
            sum1 += x5 * weight8;
            const weight9 = weight[weightAt2 + 154]!;
            sum2 += x4 * weight9;
            sum3 += x5 * weight9;
          }
        }
        output[outputAt2] = Math.max(0, sum0 + bias0);
        output[outputAt2 + 1] = Math.max(0, sum1 + bias0);
        output[outputAt2 + 100] = Math.max(0, sum2 + bias1);
        output[outputAt2 + 101] = Math.max(0, sum3 + bias1);
      }
    }
  }
}

/** maxpool2: maxpool 2 */
function maxpool2(x: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 80; i++) {
    const xAt0 = i * 20;
    const outputAt0 = i * 5;
    for (let j = 0; j < 5; j++) {
      const xAt1 = xAt0 + j * 2;
      output[outputAt0 + j] = Math.max(x[xAt1]!, x[xAt1 + 1]!, x[xAt1 + 10]!, x[xAt1 + 11]!);
    }
  }
}

/** fc1: linear 400->120 | relu */
function fc1(x: Float32Array, weight: Float32Array, bias: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 120; i += 4) {
    const weightAt0 = i * 400;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let p = 0; p < 400; p += 4) {
      const weightAt1 = weightAt0 + p;
      const x0 = x[p]!;
      sum0 += x0 * weight[weightAt1]!;
      sum1 += x0 * weight[weightAt1 + 400]!;
      sum2 += x0 * weight[weightAt1 + 800]!;
      sum3 += x0 * weight[weightAt1 + 1200]!;
      const x1 = x[p + 1]!;
      sum0 += x1 * weight[weightAt1 + 1]!;
      sum1 += x1 * weight[weightAt1 + 401]!;
      sum2 += x1 * weight[weightAt1 + 801]!;
      sum3 += x1 * weight[weightAt1 + 1201]!;
      const x2 = x[p + 2]!;
      sum0 += x2 * weight[weightAt1 + 2]!;
      sum1 += x2 * weight[weightAt1 + 402]!;
      sum2 += x2 * weight[weightAt1 + 802]!;
      sum3 += x2 * weight[weightAt1 + 1202]!;
      const x3 = x[p + 3]!;
      sum0 += x3 * weight[weightAt1 + 3]!;
      sum1 += x3 * weight[weightAt1 + 403]!;
      sum2 += x3 * weight[weightAt1 + 803]!;
      sum3 += x3 * weight[weightAt1 + 1203]!;
    }
    output[i] = Math.max(0, sum0 + bias[i]!);
    output[i + 1] = Math.max(0, sum1 + bias[i + 1]!);
    output[i + 2] = Math.max(0, sum2 + bias[i + 2]!);
    output[i + 3] = Math.max(0, sum3 + bias[i + 3]!);
  }
}

/** fc2: linear 120->84 | relu */
function fc2(x: Float32Array, weight: Float32Array, bias: Float32Array, output: Float32Array): void {
  for (let i = 0; i < 84; i += 4) {
    const weightAt0 = i * 120;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let p = 0; p < 120; p += 4) {
      const weightAt1 = weightAt0 + p;
      const x0 = x[p]!;
      sum0 += x0 * weight[weightAt1]!;
      sum1 += x0 * weight[weightAt1 + 120]!;
      sum2 += x0 * weight[weightAt1 + 240]!;
      sum3 += x0 * weight[weightAt1 + 360]!;
      const x1 = x[p + 1]!;
      sum0 += x1 * weight[weightAt1 + 1]!;
      sum1 += x1 * weight[weightAt1 + 121]!;
      sum2 += x1 * weight[weightAt1 + 241]!;
      sum3 += x1 * weight[weightAt1 + 361]!;
      const x2 = x[p + 2]!;
      sum0 += x2 * weight[weightAt1 + 2]!;
      sum1 += x2 * weight[weightAt1 + 122]!;
      sum2 += x2 * weight[weightAt1 + 242]!;
      sum3 += x2 * weight[weightAt1 + 362]!;
      const x3 = x[p + 3]!;
      sum0 += x3 * weight[weightAt1 + 3]!;
      sum1 += x3 * weight[weightAt1 + 123]!;
      sum2 += x3 * weight[weightAt1 + 243]!;
      sum3 += x3 * weight[weightAt1 + 363]!;
    }
    output[i] = Math.max(0, sum0 + bias[i]!);
    output[i + 1] = Math.max(0, sum1 + bias[i + 1]!);
    output[i + 2] = Math.max(0, sum2 + bias[i + 2]!);
    output[i + 3] = Math.max(0, sum3 + bias[i + 3]!);
  }
}

/** fc3: linear 84->10 */
function fc3(x: Float32Array, weight: Float32Array, bias: Float32Array, output: Float32Array, outputAt: number): void {
  for (let i = 0; i < 8; i += 4) {
    const weightAt0 = i * 84;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let p = 0; p < 84; p += 4) {
      const weightAt1 = weightAt0 + p;
      const x0 = x[p]!;
      sum0 += x0 * weight[weightAt1]!;
      sum1 += x0 * weight[weightAt1 + 84]!;
      sum2 += x0 * weight[weightAt1 + 168]!;
      sum3 += x0 * weight[weightAt1 + 252]!;
      const x1 = x[p + 1]!;
      sum0 += x1 * weight[weightAt1 + 1]!;
      sum1 += x1 * weight[weightAt1 + 85]!;
      sum2 += x1 * weight[weightAt1 + 169]!;
      sum3 += x1 * weight[weightAt1 + 253]!;
      const x2 = x[p + 2]!;
      sum0 += x2 * weight[weightAt1 + 2]!;
      sum1 += x2 * weight[weightAt1 + 86]!;
      sum2 += x2 * weight[weightAt1 + 170]!;
      sum3 += x2 * weight[weightAt1 + 254]!;
      const x3 = x[p + 3]!;
      sum0 += x3 * weight[weightAt1 + 3]!;
      sum1 += x3 * weight[weightAt1 + 87]!;
      sum2 += x3 * weight[weightAt1 + 171]!;
      sum3 += x3 * weight[weightAt1 + 255]!;
    }
    output[outputAt + i] = sum0 + bias[i]!;
    output[outputAt + i + 1] = sum1 + bias[i + 1]!;
    output[outputAt + i + 2] = sum2 + bias[i + 2]!;
    output[outputAt + i + 3] = sum3 + bias[i + 3]!;
  }
  let sum0 = 0;
  let sum1 = 0;
  for (let p = 0; p < 84; p += 4) {
    const x0 = x[p]!;
    sum0 += x0 * weight[p + 672]!;
    sum1 += x0 * weight[p + 756]!;
    const x1 = x[p + 1]!;
    sum0 += x1 * weight[p + 673]!;
    sum1 += x1 * weight[p + 757]!;
    const x2 = x[p + 2]!;
    sum0 += x2 * weight[p + 674]!;
    sum1 += x2 * weight[p + 758]!;
    const x3 = x[p + 3]!;
    sum0 += x3 * weight[p + 675]!;
    sum1 += x3 * weight[p + 759]!;
  }
  const bias0 = bias[8]!;
  output[outputAt + 8] = sum0 + bias0;
  const bias1 = bias[9]!;
  output[outputAt + 9] = sum1 + bias1;
}

/** What a model takes under one name. */
interface InputInfo {
  readonly name: string;
  /** For one item, without the batch. */
  readonly shape: readonly number[];
}

/** Throws a `RangeError` unless these are the numbers of so many items. */
function checkInput({ name, shape }: InputInfo, values: ArrayLike<number> | undefined, batch: number): void {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`the batch is ${batch}, but must be 1, 2, 3, …`);
  const expected = shape.reduce((product, size) => product * size, batch);
  if (values?.length === expected) return;
  const found = `the input "${name}" has ${values?.length ?? 'no'} numbers`;
  const items = batch === 1 ? 'one item' : `a batch of ${batch} items`;
  throw new RangeError(`${found}, but ${items} of shape [${shape.join(', ')}] has ${expected}`);
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
