import type { Body, Line } from '../../../grammar/ast.ts';
import type { Span } from '../../../grammar/source.ts';
import { linesOf } from '../lines.ts';
import { holds, type TextRange } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';

/** What is taken away with a line of a body: its lines of text with the comment behind it, or what stands before the next one. */
export function extentOf(snapshot: Snapshot, { lines }: Body, line: Line): Span {
  const { text } = snapshot.source;
  const own = wholeLines(text, withComment(text, line.span));
  if (own) return { ...line.span, ...own };
  const next = lines[lines.indexOf(line) + 1];
  const gap = { start: line.span.end, end: next?.span.start ?? line.span.end };
  return { ...line.span, end: hasComment(snapshot, gap) ? gap.start : gap.end };
}

/** With the comment that stands behind it on its last line of text. */
export function withComment(text: string, { start, end }: TextRange): TextRange {
  const lines = linesOf(text);
  const rest = text.slice(end, lines.end(lines.at(end)));
  return { start, end: /^[^\S\r\n]*#/.test(rest) ? end + rest.length : end };
}

/** The lines of text that hold nothing else, with the last one's end; undefined where something else stands on them. */
export function wholeLines(text: string, { start, end }: TextRange): TextRange | undefined {
  const lines = linesOf(text);
  const [first, last] = [lines.at(start), lines.at(end)];
  const around = text.slice(lines.start(first), start) + text.slice(end, lines.end(last));
  return around.trim() === '' ? { start: lines.start(first), end: lines.start(last + 1) } : undefined;
}

/** Whether a comment stands in a part of the text. */
export function hasComment({ comments }: Snapshot, part: TextRange): boolean {
  return comments.some(({ startOffset }) => holds(part, { start: startOffset, end: startOffset + 1 }));
}

/** Where a declaration begins, with the comments directly above it. */
export function startWithComments(text: string, start: number): number {
  const lines = linesOf(text);
  let line = lines.at(start);
  while (line > 0 && /^\s*#/.test(text.slice(lines.start(line - 1), lines.end(line - 1)))) line--;
  return Math.min(start, lines.start(line));
}
