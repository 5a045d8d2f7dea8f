import { checkWeights, hasErrors, readSafetensors, type Tensors, writeSafetensors } from '../compiler/index.ts';
import { Faulty } from './failure.ts';
import { sayFaults, textsFor } from './faults.ts';
import type { Io } from './io.ts';
import type { ReadNet } from './nets.ts';
import { readBytes, weightsFile } from './read.ts';

/** The weights of a net: the file as it is, and what it holds. */
export interface Weights {
  readonly bytes: Uint8Array;
  readonly tensors: Tensors;
}

/** Of a net without layers that learn. */
export const noWeights: Weights = { bytes: writeSafetensors(new Map()), tensors: new Map() };

/** A safetensors file that is right for the net; throws a `Faulty` where it is not. */
export async function readWeights(io: Io, { graph, sources }: ReadNet, path: string): Promise<Weights> {
  const bytes = await readBytes(io, path, weightsFile);
  const { value: tensors, faults: broken } = readSafetensors(path, bytes);
  const faults = broken.length > 0 ? broken : checkWeights(graph, path, tensors);
  const texts = textsFor(faults, sources);
  if (hasErrors(faults)) throw new Faulty(faults, texts);
  sayFaults(io, faults, texts);
  return { bytes, tensors };
}
