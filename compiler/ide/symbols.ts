import type { Span } from '../../grammar/source.ts';
import type { DefinitionKind } from '../1-check/observer.ts';
import type { Snapshot } from './snapshot.ts';

export interface DocumentSymbol {
  readonly name: string;
  /** Its signature or shape. */
  readonly detail?: string;
  readonly kind: DefinitionKind;
  /** All of it, and its name. */
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The outline of the text. */
export function documentSymbols(snapshot: Snapshot): readonly DocumentSymbol[] {
  void snapshot;
  return [];
}

/** What is declared at the top of some texts and matches a query, as people type one. */
export function workspaceSymbols(snapshots: readonly Snapshot[], query: string): readonly DocumentSymbol[] {
  void [snapshots, query];
  return [];
}
