import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label: what it takes, or its shape. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is replaced. */
  readonly span: Span;
  /** What is inserted; with `${1:placeholders}` and `$0` where `isSnippet`. */
  readonly text: string;
  readonly isSnippet: boolean;
  /** By which the list is sorted, and what is typed is compared with, where that is not the label. */
  readonly sortText?: string;
  readonly filterText?: string;
  /** The one that is most likely meant. */
  readonly isPreferred?: boolean;
}

export type CompletionKind =
  | 'layer'
  | 'activation'
  | 'block'
  | 'value'
  | 'constant'
  | 'option'
  | 'choice'
  | 'size'
  | 'label'
  | 'keyword'
  | 'snippet'
  | 'file'
  | 'net';

export function completions(snapshot: Snapshot, offset: number): readonly Completion[] {
  void [snapshot, offset];
  return [];
}
