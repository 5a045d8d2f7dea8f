import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

/** The names of the Language Server Protocol. */
export const tokenTypes = [] as const;
export const tokenModifiers = [] as const;

export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly modifiers: readonly string[];
}

/** In the order of the text; no token goes over a line's end. */
export function semanticTokens(snapshot: Snapshot, range?: TextRange): readonly SemanticToken[] {
  void [snapshot, range];
  return [];
}
