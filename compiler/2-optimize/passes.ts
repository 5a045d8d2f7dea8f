import type { TensorProgram } from '../tensor/tensor.ts';
import { aliasCopies } from './alias.ts';
import { removeDead } from './dead.ts';
import { fuseElementwise } from './elementwise.ts';
import { foldAffine } from './fold-affine.ts';

/** One step of the optimization: a program that gives the same, sooner. */
export type Pass = (program: TensorProgram) => TensorProgram;

/** In the order in which they run. Each pass stands in its own file, which says when it applies and why it is right. */
export const passes: readonly Pass[] = [aliasCopies, removeDead, foldAffine, fuseElementwise];

/** What is done where each layer is to keep a kernel of its own: layers that compute nothing need none. */
const separate: readonly Pass[] = [aliasCopies, removeDead];

export function optimize(program: TensorProgram, { fuse }: { readonly fuse: boolean }): TensorProgram {
  return (fuse ? passes : separate).reduce((result, pass) => pass(result), program);
}
