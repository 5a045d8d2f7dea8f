import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

export interface FoldingRange extends TextRange {
  readonly kind: 'braces' | 'comment' | 'imports';
}

export function foldingRanges(snapshot: Snapshot): readonly FoldingRange[] {
  void snapshot;
  return [];
}
