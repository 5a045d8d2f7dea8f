import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

/** Every place that names what is named at the offset, in this text and in `others`: the texts that may import it. */
export function references(
  snapshot: Snapshot,
  offset: number,
  others: readonly Snapshot[],
  options: { readonly declaration: boolean },
): readonly Span[] {
  void [snapshot, offset, others, options];
  return [];
}
