import type { Definition, Reference } from '../names.ts';
import { holds, type TextRange } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';

/** The names in a part of the text that are declared outside of it, in the order of the text. */
export function namesFromOutside(snapshot: Snapshot, part: TextRange): readonly Reference[] {
  return snapshot.names.references.filter(
    ({ span, definition, isDeclaration }) =>
      !isDeclaration && holds(part, span) && !standsIn(snapshot, definition, part),
  );
}

/** The names outside of a part of the text that are declared in it. */
export function namesFromInside(snapshot: Snapshot, part: TextRange): readonly Reference[] {
  return snapshot.names.references.filter(
    ({ span, definition, isDeclaration }) =>
      !isDeclaration && !holds(part, span) && standsIn(snapshot, definition, part),
  );
}

function standsIn({ source }: Snapshot, { span }: Definition, part: TextRange): boolean {
  return span?.source === source.name && holds(part, span);
}
