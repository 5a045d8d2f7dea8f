import type { Span } from '../../grammar/source.ts';
import { referencesTo } from './references.ts';
import type { Snapshot } from './snapshot.ts';

export interface Highlight {
  readonly span: Span;
  /** `write` where it is declared. */
  readonly kind: 'read' | 'write';
}

/** The places of this text that name what is named at the offset. */
export function highlights(snapshot: Snapshot, offset: number): readonly Highlight[] {
  const definition = snapshot.names.at(offset)?.definition;
  if (!definition) return [];
  return referencesTo(definition, snapshot, []).map(({ span, isDeclaration }) => ({
    span,
    kind: isDeclaration ? 'write' : 'read',
  }));
}
