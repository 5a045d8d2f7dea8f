import type { Edit } from '../fault.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

export interface CodeAction {
  readonly title: string;
  /** The kinds of the Language Server Protocol: `quickfix`, `refactor.extract`, `source.fixAll.netc`. */
  readonly kind: string;
  /** In any file. */
  readonly edits: readonly Edit[];
  readonly isPreferred?: boolean;
  /** What it mends. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** Everything that can be done with the text in a range, or at the cursor where the range is empty. */
export function codeActions(snapshot: Snapshot, range: TextRange): readonly CodeAction[] {
  void [snapshot, range];
  return [];
}
