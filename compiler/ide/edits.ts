import type { Edit } from '../fault.ts';

/** A text with edits made that do not overlap; of several at one place the first comes first. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let end = 0;
  for (const edit of edits.toSorted((left, right) => left.span.start - right.span.start)) {
    result += text.slice(end, edit.span.start) + edit.text;
    end = edit.span.end;
  }
  return result + text.slice(end);
}
