import type { Buffer, CompiledModel, Float, Index, Kernel, KernelCall, Statement } from './kernel.ts';
import { type Linear, linearOf, sameLinear, symbolic, unbounded } from './linear.ts';
import { verifyKernel } from './verify.ts';
import { expressionsOf, visitParts } from './walk.ts';

/**
 * Throws where a model breaks a rule, which is a mistake of the compiler: a kernel that is wrong in itself, a call that
 * does not fit its kernel, a value that is read before it is made or after its place was given to another, an input or a
 * weight that is written. Specs run it on every model.
 */
export function verifyModel(model: CompiledModel): void {
  const kernels = new Map(model.kernels.map((kernel) => [kernel.name, kernel]));
  const buffers = new Map(model.buffers.map((buffer) => [buffer.name, buffer]));
  if (kernels.size !== model.kernels.length) throw new Error('two kernels have the same name');
  if (buffers.size !== model.buffers.length) throw new Error('two buffers have the same name');
  for (const kernel of model.kernels) verifyKernel(kernel);
  for (const { name, size, place } of model.buffers) {
    const inside = place.kind !== 'arena' || (place.offset >= 0 && place.offset + size <= model.arena);
    if (!inside) throw new Error(`${name} is not inside of the arena`);
  }
  const given = model.buffers.filter(({ place }) => place.kind === 'weight');
  const prepared = verifyCalls(model.prepare, 'prepared', new Set(given), kernels, buffers);
  for (const buffer of model.buffers) if (buffer.place.kind === 'input') prepared.add(buffer);
  const results = verifyCalls(model.run, 'arena or output', prepared, kernels, buffers);
  for (const buffer of model.buffers) {
    if (buffer.place.kind === 'output' && !results.has(buffer)) throw new Error(`${buffer.name} is never made`);
  }
}

/** The buffers that hold their values after the calls, where these did before. */
function verifyCalls(
  calls: readonly KernelCall[],
  writable: 'prepared' | 'arena or output',
  before: ReadonlySet<Buffer>,
  kernels: ReadonlyMap<string, Kernel>,
  buffers: ReadonlyMap<string, Buffer>,
): Set<Buffer> {
  const valid = new Set(before);
  /** Those of them that live in the arena; only they overlap with others. */
  const inArena = new Set<Buffer>();
  for (const { kernel: name, arguments: names } of calls) {
    const kernel = kernels.get(name);
    if (kernel?.parameters.length !== names.length) throw new Error(`no kernel fits the call of ${name}`);
    const uses = kernel.parameters.map((parameter, index) => {
      const buffer = buffers.get(names[index]!);
      if (buffer?.size !== parameter.size) throw new Error(`${names[index]} does not fit ${name}`);
      return { parameter, buffer };
    });
    for (const { buffer, parameter } of uses) {
      if (parameter.access === 'read' && !valid.has(buffer)) throw new Error(`${name} reads ${buffer.name} in vain`);
    }
    for (const { buffer, parameter } of uses.filter((use) => use.parameter.access !== 'read')) {
      if (!writable.includes(buffer.place.kind)) throw new Error(`${name} writes ${buffer.name}`);
      for (const read of uses.filter((use) => use.parameter !== parameter)) {
        if (!overlap(buffer, read.buffer)) continue;
        const isMade = parameter.access === 'both' || read.parameter.access !== 'read';
        if (
          isMade ||
          !samePlace(buffer, read.buffer) ||
          !readsBeforeItWrites(kernel, read.parameter.name, parameter.name)
        )
          throw new Error(`${name} writes ${buffer.name} over ${read.buffer.name}, which it needs`);
      }
      for (const other of inArena) {
        if (!overlap(buffer, other)) continue;
        inArena.delete(other);
        valid.delete(other);
      }
      if (buffer.place.kind === 'arena') inArena.add(buffer);
      valid.add(buffer);
    }
  }
  return valid;
}

function overlap(one: Buffer, other: Buffer): boolean {
  if (one.place.kind !== 'arena' || other.place.kind !== 'arena') return one === other;
  return one.place.offset < other.place.offset + other.size && other.place.offset < one.place.offset + one.size;
}

function samePlace(one: Buffer, other: Buffer): boolean {
  return (
    one.place.kind === 'arena' &&
    other.place.kind === 'arena' &&
    one.place.offset === other.place.offset &&
    one.size === other.size
  );
}

/**
 * Whether every load of the one buffer is followed, in the same block, by a store to the same place of the other, and by
 * none to that place before. As every place is stored to once, no load then finds what the kernel itself has written.
 */
function readsBeforeItWrites({ body }: Kernel, read: string, written: string): boolean {
  const visit = (statements: readonly Statement[], around: ReadonlyMap<string, Linear>): boolean => {
    const indices = new Map(around);
    const loads: Linear[] = [];
    const stores: Linear[] = [];
    const isLate = (expression: Float | Index): boolean => {
      const places = loadsIn(expression, read).map((at) => linearOf(at, indices));
      loads.push(...places);
      return places.some((place) => stores.some((stored) => sameLinear(stored, place)));
    };
    for (const statement of statements) {
      if (statement.kind === 'loop') {
        const variable = symbolic(unbounded(statement.variable));
        if (!visit(statement.body, new Map(indices).set(statement.variable, variable))) return false;
      } else if (expressionsOf(statement).some(isLate)) return false;
      if (statement.kind === 'index') indices.set(statement.name, linearOf(statement.value, indices));
      if (statement.kind === 'store' && statement.buffer === written) stores.push(linearOf(statement.at, indices));
    }
    return loads.every((load) => stores.some((store) => sameLinear(store, load)));
  };
  return visit(body, new Map());
}

/** The places at which the expression reads the buffer. */
function loadsIn(expression: Float | Index, buffer: string): readonly Index[] {
  const places: Index[] = [];
  visitParts(expression, (part) => {
    if (part.kind === 'load' && part.buffer === buffer) places.push(part.at);
  });
  return places;
}
