import type { Span } from '../../../grammar/source.ts';
import type { Edit } from '../../fault.ts';
import type { TextRange } from '../range.ts';

/** Edits in the order of the text. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
}

/** Whether no two edits touch the same part of a text. */
export function areApart(edits: readonly Edit[]): boolean {
  const ordered = inOrder(edits);
  return ordered.every(({ span }, index) => index === 0 || ordered[index - 1]!.span.end <= span.start);
}

export function textAt(text: string, { start, end }: TextRange): string {
  return text.slice(start, end);
}

/** What covers a row of places. */
export function coverOf(row: readonly { readonly span: Span }[]): Span {
  return { ...row[0]!.span, end: row.at(-1)!.span.end };
}
