import type { Span } from '../../grammar/source.ts';
import type { Edit } from '../fault.ts';
import type { Snapshot } from './snapshot.ts';

export type Rename =
  | {
      readonly edits: readonly Edit[] /** What to be told before: that names of weights change. */;
      readonly warning?: string;
    }
  | { readonly problem: string };

/** What would be renamed, or why nothing can be; undefined where there is no name. */
export function prepareRename(
  snapshot: Snapshot,
  offset: number,
): { readonly span: Span; readonly name: string } | { readonly problem: string } | undefined {
  void [snapshot, offset];
  return undefined;
}

/** Gives what is named at the offset another name, in this text, where it is declared, and in `others`. */
export function rename(
  snapshot: Snapshot,
  offset: number,
  name: string,
  others: readonly Snapshot[],
): Rename | undefined {
  void [snapshot, offset, name, others];
  return undefined;
}
