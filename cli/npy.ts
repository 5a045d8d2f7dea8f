import { fault, product } from '../compiler/index.ts';
import { Faulty } from './failure.ts';
import { whole } from './read.ts';

/**
 * NumPy's array files, versions 1 to 3:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * A header of a Python dictionary gives type, order and shape; the numbers follow it.
 */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Row-major, the last axis fastest, whatever the order of the file. */
  readonly data: Float32Array;
}

const magic = '\x93NUMPY';
/** NumPy's own limit. */
const mostAxes = 64;
/** A shape and a type need a few dozen bytes. NumPy, too, takes a longer header for an attack. */
const longestHeader = 10_000;

type Reader = (view: DataView, at: number, little: boolean) => number;

const types: Readonly<Record<string, { readonly size: number; readonly read: Reader }>> = {
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
};

export function isNpyFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') === magic;
}

/** Reads an array; `name` is the file's, for the fault that is thrown as a `Faulty`. */
export function readNpy(name: string, bytes: Uint8Array): NpyArray {
  const fail = (why: string): never => {
    throw new Faulty([fault('input/npy', whole(name), { why })]);
  };
  if (!isNpyFile(bytes)) fail('it does not begin as NumPy files do');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) fail(`its format has the version ${version}, and 1 to 3 are known`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) fail('it is cut off in its header');
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader) fail(`its header claims a length of ${length}`);
  if (bytes.length < start + length) fail('it is cut off in its header');
  const text = Buffer.from(bytes.subarray(start, start + length)).toString(version === 3 ? 'utf8' : 'latin1');
  const {
    descr,
    fortran_order: fortran,
    shape,
  } = readHeader(text) ?? fail('its header is not the dictionary that NumPy writes');

  const order = descr[0]!;
  const type = types[descr.slice(1)];
  if (!type || !'<>|='.includes(order)) {
    return fail(`its elements are '${descr}'; convert them with array.astype('float32')`);
  }
  if (shape.length > mostAxes) fail(`it has ${shape.length} axes`);
  const count = product(shape);
  const held = bytes.length - start - length;
  if (held !== count * type.size) {
    fail(`its shape [${shape.join(', ')}] needs ${count * type.size} bytes of numbers, but it has ${held}`);
  }
  const data = new Float32Array(count);
  const little = order !== '>';
  for (let index = 0; index < count; index++) data[index] = type.read(view, start + length + index * type.size, little);
  return { shape, data: fortran ? rowMajor(data, shape) : data };
}

/** Writes an array of f4, little-endian and in C order, in version 1. */
export function writeNpy({ shape, data }: NpyArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  // The numbers begin at a multiple of 64 bytes, so that they can be mapped into memory.
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const file = Buffer.alloc(start + data.length * 4, ' ');
  file.write(`${magic}\x01\x00`, 'latin1');
  file.writeUInt16LE(start - 10, 8);
  file.write(dictionary, 10, 'latin1');
  file.write('\n', start - 1, 'latin1');
  for (const [index, value] of data.entries()) file.writeFloatLE(value, start + index * 4);
  return file;
}

interface Header {
  readonly descr: string;
  readonly fortran_order: boolean;
  readonly shape: readonly number[];
}

/** The three entries of the dictionary, each there once; nothing else of Python is understood. */
function readHeader(text: string): Header | undefined {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inner === undefined) return undefined;
  const entry = /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"\\]*)\3|(True|False)|\(([\d\s,L]*)\))\s*(?:,|$)\s*/y;
  const entries = new Map<string, string | boolean | readonly number[]>();
  while (entry.lastIndex < inner.length) {
    const match = entry.exec(inner);
    if (!match || entries.has(match[2]!)) return undefined;
    const [, , key, , string, boolean, tuple] = match;
    entries.set(key!, string ?? (boolean === undefined ? sizesOf(tuple!) : boolean === 'True'));
  }
  const [descr, order, shape] = [entries.get('descr'), entries.get('fortran_order'), entries.get('shape')];
  if (entries.size !== 3 || typeof descr !== 'string' || typeof order !== 'boolean') return undefined;
  if (typeof shape !== 'object' || !shape.every(Number.isSafeInteger)) return undefined;
  return { descr, fortran_order: order, shape };
}

/** `3, 32, 32` and `5,`; a size that Python 2 wrote ends with an L. */
function sizesOf(tuple: string): readonly number[] {
  const parts = tuple.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  return parts.map((part) => (/^\d+L?$/.test(part) ? Number.parseInt(part, 10) : Number.NaN));
}

/** From the first axis fastest to the last axis fastest. */
function rowMajor(data: Float32Array, shape: readonly number[]): Float32Array {
  const result = new Float32Array(data.length);
  const index = new Array<number>(shape.length).fill(0);
  const steps = shape.map((_, axis) => product(shape.slice(0, axis)));
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    result[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      from += steps[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
