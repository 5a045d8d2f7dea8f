import type { Span } from '../../grammar/source.ts';
import { type Definition, isSameDefinition, type Reference } from './names.ts';
import type { Snapshot } from './snapshot.ts';

/** Every place that names what is named at the offset, in this text and in `others`: the texts that may import it. */
export function references(
  snapshot: Snapshot,
  offset: number,
  others: readonly Snapshot[],
  options: { readonly declaration: boolean },
): readonly Span[] {
  const definition = snapshot.names.at(offset)?.definition;
  if (!definition) return [];
  return referencesTo(definition, snapshot, others)
    .filter(({ isDeclaration }) => options.declaration || !isDeclaration)
    .map(({ span }) => span);
}

/** The references of several texts, each text once. */
export function referencesTo(
  definition: Definition,
  snapshot: Snapshot,
  others: readonly Snapshot[],
): readonly Reference[] {
  const texts = new Map([snapshot, ...others].map((each) => [each.source.name, each]));
  return [...texts.values()].flatMap(({ names }) =>
    names.references.filter((reference) => isSameDefinition(reference.definition, definition)),
  );
}
