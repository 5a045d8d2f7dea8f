import type { Edit } from '../../fault.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { TextRange } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';

export interface CodeAction {
  readonly title: string;
  /** The kinds of the Language Server Protocol: `quickfix`, `refactor.extract`, `source.fixAll.netc`. */
  readonly kind: string;
  /** In any file, in the order of the text. */
  readonly edits: readonly Edit[];
  readonly isPreferred?: boolean;
  /** What it mends. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** What actions are asked for. */
export interface ActionRequest {
  readonly snapshot: Snapshot;
  /** What is selected; empty at a cursor. */
  readonly range: TextRange;
  /** Whether actions of this kind are asked for by it, so that they may cost a while. */
  isAsked(kind: string): boolean;
  /** Whether another text may import a name of this one. */
  isImported(name: string): boolean;
}

/** One sort of actions, all of one kind. */
export interface ActionProvider {
  readonly kind: string;
  actions(request: ActionRequest): readonly CodeAction[];
}
