import type { Span } from '../../grammar/source.ts';
import { declarationAt } from './declaration-at.ts';
import type { Snapshot } from './snapshot.ts';

export interface Definitions {
  /** The name at the offset. */
  readonly origin: Span;
  /** Where it is declared, in any file; in the prelude for a built-in activation. */
  readonly target: Span;
  /** All of the declaration, where the target stands in this text or in one that it imports. */
  readonly whole: Span;
}

/** Where the name at an offset is declared; of the path of an import, the file. */
export function definition(snapshot: Snapshot, offset: number): Definitions | undefined {
  const reference = snapshot.names.at(offset);
  const target = reference?.definition.span;
  if (reference && target) {
    const declaration = declarationAt(snapshot, target);
    return { origin: reference.span, target, whole: declaration?.span ?? target };
  }
  for (const each of snapshot.file.declarations) {
    if (each.kind !== 'import' || offset < each.from.span.start || offset > each.from.span.end) continue;
    const file = snapshot.imports.fileOf(each);
    const start = file && { source: file.span.source, start: 0, end: 0 };
    return start && { origin: each.from.span, target: start, whole: start };
  }
  return undefined;
}
