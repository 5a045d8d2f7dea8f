import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

/** What the selection at an offset grows to, step by step: each range holds the one before. */
export function selectionRange(snapshot: Snapshot, offset: number): readonly TextRange[] {
  void [snapshot, offset];
  return [];
}
