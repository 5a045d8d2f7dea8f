import type { Position } from '../../grammar/source.ts';
import { type Because, type Fault, type FaultKind, severityOf } from '../fault.ts';
import { faultKinds } from '../faults/index.ts';
import { codeFrame, type FrameRow, type LocatedText, type Mark } from './code-frame.ts';
import { visible } from './display.ts';
import { inOrder, type Locator, locator, type Texts } from './places.ts';

/** Faults as text with the code that they speak of. Their forms for tools stand beside: `json`, `github`, `sarif`. */

/** How the parts of a report are coloured. The compiler knows no terminal; the command line hands one over. */
export interface Palette {
  readonly error: Paint;
  readonly warning: Paint;
  readonly hint: Paint;
  /** The words of the fault. */
  readonly message: Paint;
  /** Line numbers and lines of the frame. */
  readonly frame: Paint;
  readonly cause: Paint;
  readonly fix: Paint;
}

export type Paint = (text: string) => string;

const unpainted: Paint = (text) => text;

export const plain: Palette = {
  error: unpainted,
  warning: unpainted,
  hint: unpainted,
  message: unpainted,
  frame: unpainted,
  cause: unpainted,
  fix: unpainted,
};

/**
 * Faults as people read them, in the order of the texts:
 *
 *     error[shape/features]: `linear` is written for 400 features, but receives 576
 *       ┌ lenet.net:6:15
 *     5 │   flatten
 *       │   ------- gives [576] here: 16 × 6 × 6
 *     6 │   fc1: linear 400->120 | relu
 *       │               ^^^ 576
 *       = fix: linear 576->120        (or let it be inferred: linear ->120)
 */
export function renderFaults(faults: readonly Fault[], texts: Texts, palette: Palette = plain): string {
  const located = locator(texts);
  return inOrder(faults, texts)
    .map((fault) => renderFault(fault, located, palette))
    .join('\n\n');
}

/** "2 errors, 1 warning" */
export function tally(faults: readonly Fault[]): string {
  const counts = (['error', 'warning', 'hint'] as const).map((severity) => {
    const count = faults.filter((fault) => severityOf(fault) === severity).length;
    return count === 0 ? '' : `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((each) => each !== '').join(', ') || 'no errors';
}

/** The words of a fault: one sentence without a full stop. */
export function faultMessage(fault: Fault): string {
  return shorten(wordsOf(fault).message(fault.evidence as never));
}

function renderFault(fault: Fault, located: Locator, palette: Palette): string {
  const severity = severityOf(fault);
  const place: Mark = { span: fault.span, kind: 'place', label: shorten(labelOf(fault)) };
  const causes = causesOf(fault).map(({ span, message }): Mark => ({ span, kind: 'cause', label: message }));
  // The file of the mistake comes first, then the others that have a part in it.
  const marks = [place, ...causes];
  const message = faultMessage(fault);
  const frames = [...new Set(marks.map((mark) => mark.span.source))].flatMap((name): Frame | readonly Frame[] => {
    const own = marks.filter((mark) => mark.span.source === name);
    const text = located.text(name);
    if (text) return frameOf(name, text, located.region(own[0]!.span).start, own);
    const notes = own.map(({ label }) => label).filter((label) => label !== '');
    // A file without a text, which the message has named, needs no second line.
    return notes.length > 0 || !message.includes(name) ? [{ title: visible(name), rows: [], notes }] : [];
  });
  const numbers = frames.flatMap(({ rows }) => rows.map((row) => (row.kind === 'line' ? row.number : 0)));
  const gutter = String(Math.max(0, ...numbers)).length;
  const margin = ' '.repeat(gutter + 1);
  return [
    `${palette[severity](`${severity}[${fault.code}]`)}${palette.message(`: ${message}`)}`,
    ...frames.flatMap(({ title, rows, notes }) => [
      `${margin}${palette.frame(`┌ ${title}`)}`,
      ...rows.map((row) => renderRow(row, gutter, palette, palette[severity])),
      ...notes.map((note) => `${margin}${palette.frame('=')} ${note}`),
    ]),
    ...fixOf(fault, palette).map((line) => `${margin}${palette.frame('=')} ${line}`),
  ].join('\n');
}

interface Frame {
  readonly title: string;
  readonly rows: readonly FrameRow[];
  /** What is to be said of a file that has no text, or whose text is not known. */
  readonly notes: readonly string[];
}

function frameOf(name: string, text: LocatedText, { line, column }: Position, marks: readonly Mark[]): Frame {
  return { title: `${visible(name)}:${line}:${column}`, rows: codeFrame(text, marks), notes: [] };
}

function renderRow(row: FrameRow, gutter: number, palette: Palette, severity: Paint): string {
  const margin = ' '.repeat(gutter + 1);
  switch (row.kind) {
    case 'line':
      return `${palette.frame(`${String(row.number).padStart(gutter)} │`)} ${row.text}`.trimEnd();
    case 'mark':
      return `${margin}${palette.frame('│')} ${' '.repeat(row.indent)}${(row.of === 'place' ? severity : palette.cause)(row.text)}`;
    case 'gap':
      return `${margin}${palette.frame('⋮')}`;
  }
}

function fixOf({ fix }: Fault, palette: Palette): readonly string[] {
  if (!fix) return [];
  const alternative = fix.alternative === undefined ? '' : `        (${shorten(fix.alternative)})`;
  return [`${palette.fix('fix:')} ${shorten(fix.title)}${alternative}`];
}

/** Of a long way into a block, the last calls say most. */
const longestTrace = 8;

/** What led to it: the causes, and then the calls into a block, as far as people read them. */
export function causesOf({ because = [], trace = [] }: Fault): readonly Because[] {
  return [...because, ...trace.slice(-longestTrace)].map(({ span, message }) => ({ span, message: shorten(message) }));
}

/** Beyond this, words only repeat what a hostile file holds. */
const longestMessage = 400;

export function shorten(text: string): string {
  const shown = visible(text);
  if (shown.length <= longestMessage) return shown;
  // The cut may fall into a character of two units.
  return `${shown.slice(0, longestMessage).replace(/[\ud800-\udbff]$/, '')}…`;
}

function wordsOf(fault: Fault): FaultKind<never> {
  return faultKinds[fault.code];
}

function labelOf(fault: Fault): string {
  return wordsOf(fault).label?.(fault.evidence as never) ?? '';
}
