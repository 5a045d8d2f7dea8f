import type { Declaration } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Snapshot } from './snapshot.ts';

/** The declaration at the top of a file whose name stands at a place, in the text itself or in what it imports. */
export function declarationAt({ source, file, imports }: Snapshot, name: Span): Declaration | undefined {
  const from = name.source === source.name ? file : imports.fileNamed(name.source);
  return from?.declarations.find((each) => 'name' in each && each.name.span.start === name.start);
}
