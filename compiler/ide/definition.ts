import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

export interface Definitions {
  /** The name at the offset. */
  readonly origin: Span;
  /** Where it is declared; the prelude for built-in activations. */
  readonly targets: readonly Span[];
}

export function definition(snapshot: Snapshot, offset: number): Definitions | undefined {
  void [snapshot, offset];
  return undefined;
}
