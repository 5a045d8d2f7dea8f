import type { Edit } from '../fault.ts';
import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

/** The smallest edits that bring the text, or a part of it, into the canonical layout; none where it does not parse. */
export function formatEdits(snapshot: Snapshot, range?: TextRange): readonly Edit[] {
  void [snapshot, range];
  return [];
}

/** The edits behind a character that was just typed at the offset: `}` or a new line. */
export function formatOnType(snapshot: Snapshot, offset: number, typed: string): readonly Edit[] {
  void [snapshot, offset, typed];
  return [];
}
