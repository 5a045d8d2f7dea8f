import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

export interface Hover {
  /** What it speaks of. */
  readonly span: Span;
  readonly markdown: string;
}

export function hover(snapshot: Snapshot, offset: number): Hover | undefined {
  void [snapshot, offset];
  return undefined;
}
