import type { Span } from '../grammar/source.ts';
import { readTensors, shapeText, toFloats, WeightsError, writeTensors } from '../runtime/safetensors.ts';
import type { Because, Fault, Outcome } from './fault.ts';
import { fault } from './fault.ts';
import { type Graph, type OwnedWeight, weightsOf } from './graph.ts';
import type { Initializer } from './layer.ts';
import { product } from './shape.ts';
import { nearest } from './suggest.ts';

/** A stored array of f32, row-major, in PyTorch's layout. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** The element type in the file where it is none of real numbers, such as `I64`; there is no data then. */
  readonly dtype?: string;
}

/** The tensors of a file by their full names: `conv1.weight`. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** The tensors of a safetensors file; F64, F16 and BF16 are converted. `name` is the file's, for the fault. */
export function readSafetensors(name: string, bytes: Uint8Array): Outcome<Tensors> {
  const tensors = new Map<string, Tensor>();
  try {
    for (const [key, stored] of readTensors(bytes)) {
      const { dtype, shape } = stored;
      // Whole numbers, such as a count of batches, may stand in a checkpoint as long as no layer reads them.
      const isWhole = /^([IU]\d+|BOOL)$/.test(dtype);
      tensors.set(key, isWhole ? { shape, data: new Float32Array(), dtype } : { shape, data: toFloats(key, stored) });
    }
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    const evidence = { file: name, problem: isTorchFile(bytes) ? torchProblem : error.message };
    return { value: new Map(), faults: [fault('weights/format', spanOf(name), evidence)] };
  }
  return { value: tensors, faults: [] };
}

const torchProblem = 'it is what `torch.save` writes; use `save_file` of `safetensors.torch` instead';

/** Whether these are the first bytes of a zip archive, which `torch.save` writes, or of the bare pickle that it wrote once. */
function isTorchFile([first, second]: Uint8Array): boolean {
  return (first === 0x50 && second === 0x4b) || (first === 0x80 && second === 0x02);
}

/** A safetensors file of F32, in the order of the map. */
export function writeSafetensors(tensors: Tensors): Uint8Array {
  return writeTensors(tensors);
}

/** Whether these are the weights of this net; `file` is their name, for the faults. */
export function checkWeights(graph: Graph, file: string, tensors: Tensors): Fault[] {
  const span = spanOf(file);
  const owned = weightsOf(graph);
  const read = owned.filter(({ spec }) => spec.role !== 'ignored');
  const missing = read.filter(({ name }) => !tensors.has(name));
  const known = new Set(owned.map(({ name }) => name));
  const extra = [...tensors.keys()].filter((name) => !known.has(name));

  const meant = pairUp(missing, extra, tensors);
  if (missing.length > 0 && missing.length === read.length) {
    const prefix = commonPrefix(missing, extra);
    if (prefix) return [fault('weights/prefix', span, { file, ...prefix })];
    if (meant.size === 0) {
      const evidence = { net: graph.name, count: read.length, first: read[0]!.name, holds: extra.slice(0, 3) };
      return [fault('weights/other', span, { file, ...evidence })];
    }
  }

  const faults = missing.map((weight) => {
    const other = meant.get(weight.name);
    const evidence = { file, name: weight.name, shape: shapeText(weight.spec.shape) };
    return fault('weights/missing', span, other === undefined ? evidence : { ...evidence, meant: other }, {
      because: [wantedBy(weight)],
    });
  });
  for (const weight of read) {
    const { name, spec } = weight;
    const tensor = tensors.get(name);
    if (!tensor) continue;
    const because = [wantedBy(weight)];
    if (`${tensor.shape}` !== `${spec.shape}`) {
      const evidence = { file, name, found: shapeText(tensor.shape), expected: shapeText(spec.shape) };
      faults.push(fault('weights/shape', span, evidence, { because }));
    } else if (tensor.dtype !== undefined) {
      faults.push(fault('weights/element', span, { file, name, found: tensor.dtype }, { because }));
    }
  }
  const explained = new Set(meant.values());
  for (const name of extra.filter((each) => !explained.has(each))) {
    const { shape, dtype } = tensors.get(name)!;
    const code = dtype === 'I64' ? 'weights/unread' : 'weights/extra';
    faults.push(fault(code, span, { file, name, shape: shapeText(shape) }));
  }
  return faults;
}

/**
 * PyTorch's default initialisation, in distribution; not its very numbers. Each tensor is drawn from a stream of its
 * own, by the seed and its name, so that a change of one layer leaves the others as they are.
 */
export function initialWeights(graph: Graph, seed: number): Tensors {
  const tensors = new Map<string, Tensor>();
  for (const { name, spec } of weightsOf(graph)) {
    if (spec.role === 'ignored') continue;
    const draw = sampler(spec.init, random(seed, name));
    const data = new Float32Array(product(spec.shape));
    for (let index = 0; index < data.length; index++) data[index] = draw();
    tensors.set(name, { shape: spec.shape, data });
  }
  return tensors;
}

function wantedBy({ node, spec }: OwnedWeight): Because {
  // A tensor that bears the layer's path itself has no name beside it.
  return { span: node.span, message: `has ${`${spec.name} ${shapeText(spec.shape)}`.trimStart()}` };
}

/**
 * What stands before all names of one side: `module.`, as PyTorch's `DataParallel` writes it. Undefined where the names
 * would not be the same without it.
 */
function commonPrefix(
  missing: readonly OwnedWeight[],
  extra: readonly string[],
): { readonly prefix: string; readonly side: 'file' | 'net' } | undefined {
  const wanted = missing[0]!.name;
  const present = new Set(extra);
  const longer = extra.find((name) => name.endsWith(`.${wanted}`));
  if (longer !== undefined) {
    const prefix = longer.slice(0, -wanted.length);
    if (missing.every(({ name }) => present.has(prefix + name))) return { prefix, side: 'file' };
  }
  const shorter = extra.find((name) => wanted.endsWith(`.${name}`));
  if (shorter !== undefined) {
    const prefix = wanted.slice(0, -shorter.length);
    const fits = (name: string) => name.startsWith(prefix) && present.has(name.slice(prefix.length));
    if (missing.every(({ name }) => fits(name))) return { prefix, side: 'net' };
  }
  return undefined;
}

/** At most so many names of one shape are compared with a missing one, so that a file of very many takes no longer. */
const candidates = 200;

/**
 * For missing tensors the extra one that is probably meant, of the same shape and nearly of the same name: what the
 * file calls differently is one mistake, not two.
 */
function pairUp(missing: readonly OwnedWeight[], extra: readonly string[], tensors: Tensors): Map<string, string> {
  const byShape = new Map<string, string[]>();
  for (const name of extra) {
    const shape = `${tensors.get(name)!.shape}`;
    const alike = byShape.get(shape) ?? [];
    if (alike.length < candidates) byShape.set(shape, [...alike, name]);
  }
  const pairs = new Map<string, string>();
  for (const { name, spec } of missing) {
    const alike = byShape.get(`${spec.shape}`) ?? [];
    const meant = nearest(name, alike);
    if (meant === undefined) continue;
    pairs.set(name, meant);
    alike.splice(alike.indexOf(meant), 1);
  }
  return pairs;
}

/** A file of weights has no text to point into. */
function spanOf(file: string): Span {
  return { source: file, start: 0, end: 0 };
}

function sampler(init: Initializer, next: () => number): () => number {
  switch (init.kind) {
    case 'constant':
      return () => init.value;
    case 'uniform':
      return () => init.bound * (2 * next() - 1);
    case 'normal':
      // Box and Muller's transform, of which one of the two numbers is used.
      return () => init.deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  }
}

/** Numbers from 0 to below 1: mulberry32, begun at FNV-1a's hash of seed and name. */
function random(seed: number, name: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed} ${name}`)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
