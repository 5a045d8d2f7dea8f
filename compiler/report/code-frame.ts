import { lineStarts, positionAt, type Span } from '../../grammar/source.ts';
import { displayLine } from './display.ts';

/** A span that is underlined in the text, with a few words beside the line. */
export interface Mark {
  readonly span: Span;
  /** `place`: where the mistake is, with carets. `cause`: what led to it, with dashes. */
  readonly kind: 'place' | 'cause';
  readonly label: string;
}

/** A row of a code frame: a line of the text with its number, the underline below it, or a gap between lines. */
export type FrameRow =
  | { readonly kind: 'line'; readonly number: number; readonly text: string }
  | { readonly kind: 'mark'; readonly of: Mark['kind']; readonly indent: number; readonly text: string }
  | { readonly kind: 'gap' };

/** A text that lines can be looked up in. */
export interface LocatedText {
  readonly text: string;
  readonly starts: readonly number[];
}

export function locate(text: string): LocatedText {
  return { text, starts: lineStarts(text) };
}

/** Longer lines are cut around what is marked. */
const longest = 120;
const before = 40;

/** The lines of one text that the marks stand on, in the order of the text, each with its marks below it. */
export function codeFrame(source: LocatedText, marks: readonly Mark[]): readonly FrameRow[] {
  const pieces = marks.flatMap((mark) => piecesOf(source, mark));
  const lines = [...new Set(pieces.map((piece) => piece.line))].sort((left, right) => left - right);
  return lines.flatMap((line, index) => [
    ...between(source, lines[index - 1], line),
    ...markedLine(
      lineText(source, line),
      line,
      pieces.filter((piece) => piece.line === line),
    ),
  ]);
}

/** The part of a mark on one line: columns from 0, in UTF-16 units. */
interface Piece {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly kind: Mark['kind'];
  readonly label: string;
}

/** A span over several lines is shown by its first and its last line; the words stand beside the last. */
function piecesOf(source: LocatedText, { span, kind, label }: Mark): readonly Piece[] {
  const start = positionAt(source.starts, clamp(span.start, source));
  const end = positionAt(source.starts, clamp(Math.max(span.start, span.end), source));
  // A span that takes in the end of its line ends on that line, not at the beginning of the next.
  const last = end.line > start.line && end.column === 1 ? end.line - 1 : end.line;
  const ending = last < end.line ? lineText(source, last).length : end.column - 1;
  const first = lineText(source, start.line);
  // Between the two signs of a line end is behind the line.
  const from = Math.min(start.column - 1, first.length);
  if (last === start.line) return [{ line: last, from, to: ending, kind, label }];
  const final = lineText(source, last);
  return [
    { line: start.line, from, to: first.length, kind, label: '' },
    { line: last, from: final.length - final.trimStart().length, to: ending, kind, label },
  ];
}

function clamp(offset: number, { text }: LocatedText): number {
  return Math.max(0, Math.min(offset, text.length));
}

function lineText({ text, starts }: LocatedText, line: number): string {
  return text.slice(starts[line - 1], starts[line]).replace(/[\r\n]+$/, '');
}

/** What stands between two marked lines: a single line is shown, more are a gap. */
function between(source: LocatedText, previous: number | undefined, line: number): readonly FrameRow[] {
  if (previous === undefined || line - previous < 2) return [];
  if (line - previous > 2) return [{ kind: 'gap' }];
  return [{ kind: 'line', number: line - 1, text: displayLine(excerpt(lineText(source, line - 1), 0).text).text }];
}

function markedLine(text: string, number: number, pieces: readonly Piece[]): readonly FrameRow[] {
  const rows: FrameRow[] = [];
  let rest = [...pieces].sort((left, right) => left.from - right.from);
  // A long line is shown once for each part of it that has marks.
  while (rest.length > 0) {
    const part = excerpt(text, rest[0]!.from);
    const shown = displayLine(part.text);
    rows.push({ kind: 'line', number, text: shown.text });
    const inside = rest.filter((piece) => piece.from <= part.to);
    rest = rest.filter((piece) => piece.from > part.to);
    for (const { from, to, kind, label } of inside) {
      const indent = shown.columnOf(from - part.offset);
      const width = Math.max(1, shown.columnOf(Math.min(to, part.to) - part.offset) - indent);
      const underline = (kind === 'place' ? '^' : '-').repeat(width);
      rows.push({ kind: 'mark', of: kind, indent, text: label === '' ? underline : `${underline} ${label}` });
    }
  }
  return rows;
}

/** A piece of a line that is short enough to be shown: `offset` is what to take off from a column of the line. */
function excerpt(line: string, around: number): { text: string; offset: number; to: number } {
  if (line.length <= longest) return { text: line, offset: 0, to: line.length };
  const start = Math.max(0, Math.min(around - before, line.length - longest));
  const from = wholeCharacter(line, start);
  // From `start`, since `from` may be one less: the end of the line must be reached where the mark is there.
  const to = wholeCharacter(line, start + longest);
  const head = from > 0 ? '…' : '';
  const tail = to < line.length ? '…' : '';
  return { text: head + line.slice(from, to) + tail, offset: from - head.length, to };
}

/** Moves an offset off the middle of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}
