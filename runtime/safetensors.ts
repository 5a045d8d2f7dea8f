/**
 * Reading of safetensors files: the length of the header as a little-endian u64, the header as JSON, the data.
 * https://github.com/huggingface/safetensors#format
 *
 * A model that is compiled to TypeScript carries this text, so it imports nothing and stays short.
 */

/** Weights that cannot be read, or are not those of the model. The message names the tensor. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** A tensor as it lies in a file. */
export interface StoredTensor {
  /** The file's name of the element type: `F32`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: DataView;
}

/**
 * The tensors of a file by name. Together they must cover the data without a gap or an overlap, as the format asks, so
 * that no header can lie about lengths. Throws a `WeightsError`.
 */
export function readTensors(file: Uint8Array): Map<string, StoredTensor> {
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
export function toFloats(name: string, { dtype, shape, bytes }: StoredTensor): Float32Array {
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
export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The tensors of a file in the order in which they are wanted. Throws a `WeightsError` where one is missing or
 * misshapen, and where the file has one that is neither wanted nor among those to be ignored.
 */
export function readWeights<const Wanted extends readonly WantedTensor[]>(
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
export function writeTensors(tensors: Iterable<readonly [name: string, tensor: FloatTensor]>): Uint8Array {
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
export interface FloatTensor {
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
export function shapeText(shape: readonly number[]): string {
  return `[${shape.slice(0, 9).join(', ')}${shape.length > 9 ? ', …' : ''}]`;
}

/** For messages: no control characters, and not longer than a line. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}
