import type { Span } from '../../grammar/source.ts';
import type { Because, Fault, Severity } from '../fault.ts';
import type { Snapshot } from './snapshot.ts';

/** What is wrong at one place of the text. */
export interface Diagnostic {
  /** Always of the text itself; what is wrong in an imported file stands where it is imported or called. */
  readonly span: Span;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** Causes, then the calls that led into a block, in any file. */
  readonly related: readonly Because[];
  /** Nothing uses what stands here, so that it may be shown faded. */
  readonly isUnnecessary: boolean;
  readonly fault: Fault;
}

/** In the order of the text. */
export function diagnostics(snapshot: Snapshot): readonly Diagnostic[] {
  void snapshot;
  return [];
}
