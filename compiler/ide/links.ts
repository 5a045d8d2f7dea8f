import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

export interface DocumentLink {
  readonly span: Span;
  /** The name of a source, as imports give it; or a page of the manual. */
  readonly target: { readonly source: string } | { readonly url: string };
}

export function documentLinks(snapshot: Snapshot): readonly DocumentLink[] {
  void snapshot;
  return [];
}
