import { fault, fixed, type Graph, nearest, product, type Value } from '../compiler/index.ts';
import { Faulty, UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { isNpyFile, readNpy } from './npy.ts';
import { assignment } from './options.ts';
import { decodePicture, isPngFile, openPicture } from './png.ts';
import { inputFile, isFile, readBytes, whole } from './read.ts';

/** What a net is run on: for each input by name, the numbers of all items, one after the other. */
export interface Batch {
  readonly size: number;
  readonly inputs: ReadonlyMap<string, Float32Array>;
}

/** Reads `[name=]file` for every input. Files that are given for the same input are put together into one batch. */
export async function readInputs(io: Io, graph: Graph, written: readonly string[]): Promise<Batch> {
  const names = graph.inputs.map(({ name }) => name);
  const files = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const word of written) {
    const { name, path } = await named(io, word, names, 'input');
    files.get(name)!.push(path);
  }
  const inputs = new Map<string, Float32Array>();
  const sizes = new Map<string, number>();
  for (const input of graph.inputs) {
    const paths = files.get(input.name)!;
    if (paths.length === 0) throw new UsageError(`\`${input.name}\` has no value: add --input ${input.name}=FILE`);
    const parts: Float32Array[] = [];
    for (const path of paths) parts.push(await readInput(io, input, path));
    const data = parts.length === 1 ? parts[0]! : joined(parts);
    inputs.set(input.name, data);
    sizes.set(input.name, data.length / itemSize(input));
  }
  const [[first, size]] = [...sizes] as [[string, number]];
  for (const [name, found] of sizes) {
    if (found === size) continue;
    const at = whole(files.get(name)![0]!);
    throw new Faulty([fault('input/batch', at, { input: name, found, other: first, wanted: size })]);
  }
  return { size, inputs };
}

/** Splits `name=path`. A file whose own name has the sign needs no name before it. */
export async function named(
  io: Io,
  word: string,
  names: readonly string[],
  what: 'input' | 'output',
): Promise<{ name: string; path: string }> {
  const { name, value } = assignment(word);
  if (name !== undefined && names.includes(name)) return { name, path: value };
  if (name !== undefined && !(await isFile(io, word)) && /^\w+$/.test(name)) {
    const meant = nearest(name, names);
    const hint =
      meant === undefined
        ? `: it has ${names.map((each) => `\`${each}\``).join(', ')}`
        : `; did you mean \`${meant}\`?`;
    throw new UsageError(`the net has no ${what} \`${name}\`${hint}`);
  }
  if (names.length === 1) return { name: names[0]!, path: word };
  throw new UsageError(`the net has several ${what}s: say which one with --${what} ${names[0]}=${word}`);
}

async function readInput(io: Io, input: Value, path: string): Promise<Float32Array> {
  const bytes = await readBytes(io, path, inputFile);
  if (isNpyFile(bytes)) return fromArray(input, path, bytes);
  if (isPngFile(bytes)) return fromPicture(input, path, bytes);
  const hint = formatHint(bytes, path);
  throw new Faulty([fault('input/format', whole(path), { path, ...(hint !== undefined && { hint }) })]);
}

/** How what people have at hand becomes a file that is read. */
function formatHint(bytes: Uint8Array, path: string): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('PK')) return 'take one array out of an archive with numpy.save';
  if (/^(\xff\xd8\xff|GIF8|BM|RIFF....WEBP|II\*\0|MM\0\*)/s.test(start))
    return `convert it first: magick ${shellWord(path)} picture.png`;
  return undefined;
}

/** A path as one word of a shell. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function fromArray(input: Value, path: string, bytes: Uint8Array): Float32Array {
  const { shape, data } = readNpy(path, bytes);
  const item = fixed(input.type.shape);
  if (!equal(shape.slice(1), item) || shape.length === 0) {
    const hint = hintFor(shape, item);
    throw mismatch(input, path, `[${['N', ...item].join(', ')}]`, `[${shape.join(', ')}]`, hint);
  }
  if (data.length === 0) throw mismatch(input, path, 'one item or more', 'none');
  const broken = input.type.element === 'i32' ? data.findIndex((value) => !Number.isInteger(value)) : -1;
  if (broken >= 0) {
    throw new Faulty([
      fault('input/number', whole(path), { input: input.name, found: String(data[broken]), at: broken }),
    ]);
  }
  return data;
}

async function fromPicture(input: Value, path: string, bytes: Uint8Array): Promise<Float32Array> {
  const item = fixed(input.type.shape);
  const [channels, height, width] = item;
  const picture = openPicture(path, bytes);
  const found = `a picture of ${picture.width}×${picture.height}`;
  if (item.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw mismatch(input, path, `[${item.join(', ')}]`, found, 'only [1, H, W] and [3, H, W] are pictures');
  }
  if (picture.width !== width || picture.height !== height) {
    const resize = `magick ${shellWord(path)} -resize ${width}x${height}\\! resized.png`;
    throw mismatch(input, path, `pictures of ${width}×${height}`, found, `resize it first: ${resize}`);
  }
  return decodePicture(picture, channels);
}

/** The common slips of arrays that have no batch, that have the channels last, or both. */
function hintFor(shape: readonly number[], item: readonly number[]): string | undefined {
  if (equal(shape, item)) return 'give it a batch: array[None]';
  const last = [...item.slice(1), ...item.slice(0, 1)];
  if (equal(shape.slice(1), last)) return `its channels are last: numpy.moveaxis(array, -1, 1)`;
  if (equal(shape, last)) return `its channels are last, and it has no batch: numpy.moveaxis(array, -1, 0)[None]`;
  return undefined;
}

function mismatch(input: Value, path: string, wanted: string, found: string, hint?: string): Faulty {
  const evidence = { input: input.name, wanted, found, ...(hint !== undefined && { hint }) };
  return new Faulty([fault('input/shape', whole(path), evidence)]);
}

function itemSize(input: Value): number {
  return product(fixed(input.type.shape));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data;
}

function equal(left: readonly (number | undefined)[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}
