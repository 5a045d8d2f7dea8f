import { positionAt, type Span } from '../../grammar/source.ts';
import { type Fault, type FaultKind, type Severity, severityOf } from '../fault.ts';
import { faultKinds } from '../faults/index.ts';
import { codeFrame, type FrameRow, type LocatedText, locate, type Mark } from './code-frame.ts';
import { visible } from './display.ts';

/** The one renderer of faults: as text with the code that they speak of, and as the JSON form that tools read. */

/** The texts that spans point into, by the names of their sources. A span of another name is shown without its code. */
export type Texts = ReadonlyMap<string, string>;

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

// --- JSON

/** What `--json` prints for faults. Lines and columns count from 1, offsets from 0; all are in UTF-16 units. */
export interface FaultsJson {
  /** Of this form; it changes when a reader of it must change. */
  readonly version: 1;
  readonly diagnostics: readonly DiagnosticJson[];
}

export interface DiagnosticJson {
  readonly file: string;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly range: RangeJson;
  /** The places of the causes, then the calls that led into a block, the outermost first. */
  readonly because?: readonly { readonly file: string; readonly range: RangeJson; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly edits: readonly EditJson[] };
}

export interface EditJson {
  /** Only where it is not the file of the diagnostic. */
  readonly file?: string;
  readonly range: RangeJson;
  readonly text: string;
}

export interface RangeJson {
  readonly start: PositionJson;
  readonly end: PositionJson;
}

export interface PositionJson {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export function faultsToJson(faults: readonly Fault[], texts: Texts): FaultsJson {
  const located = locator(texts);
  const range = (span: Span) => located.range(span);
  const diagnostics = inOrder(faults, texts).map((fault): DiagnosticJson => {
    const because = [...(fault.because ?? []), ...(fault.trace ?? [])].map(({ span, message }) => ({
      file: span.source,
      range: range(span),
      message: shorten(message),
    }));
    return {
      file: fault.span.source,
      severity: severityOf(fault),
      code: fault.code,
      message: faultMessage(fault),
      range: range(fault.span),
      ...(because.length > 0 && { because }),
      ...(fault.fix && {
        fix: {
          title: fault.fix.title,
          edits: fault.fix.edits.map(({ span, text }) => ({
            ...(span.source !== fault.span.source && { file: span.source }),
            range: range(span),
            text,
          })),
        },
      }),
    };
  });
  return { version: 1, diagnostics };
}

// --- text

function renderFault(fault: Fault, located: Locator, palette: Palette): string {
  const severity = severityOf(fault);
  const place: Mark = { span: fault.span, kind: 'place', label: shorten(labelOf(fault)) };
  const causes = [...(fault.because ?? []), ...shortTrace(fault)].map(
    ({ span, message }): Mark => ({ span, kind: 'cause', label: shorten(message) }),
  );
  // The file of the mistake comes first, then the others that have a part in it.
  const marks = [place, ...causes];
  const message = faultMessage(fault);
  const frames = [...new Set(marks.map((mark) => mark.span.source))].flatMap((name): Frame | readonly Frame[] => {
    const own = marks.filter((mark) => mark.span.source === name);
    const text = located.text(name);
    if (text) return frameOf(name, text, located.range(own[0]!.span).start, own);
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

function frameOf(name: string, text: LocatedText, { line, column }: PositionJson, marks: readonly Mark[]): Frame {
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

function shortTrace({ trace = [] }: Fault) {
  return trace.slice(-longestTrace);
}

/** Beyond this, words only repeat what a hostile file holds. */
const longestMessage = 400;

function shorten(text: string): string {
  const shown = visible(text);
  return shown.length > longestMessage ? `${shown.slice(0, longestMessage)}…` : shown;
}

function wordsOf(fault: Fault): FaultKind<never> {
  return faultKinds[fault.code];
}

function labelOf(fault: Fault): string {
  return wordsOf(fault).label?.(fault.evidence as never) ?? '';
}

// --- places

interface Locator {
  text(name: string): LocatedText | undefined;
  range(span: Span): RangeJson;
}

/** Finds lines, and each text's line starts only once. */
function locator(texts: Texts): Locator {
  const known = new Map<string, LocatedText>();
  const text = (name: string): LocatedText | undefined => {
    const written = texts.get(name);
    if (written === undefined || known.has(name)) return known.get(name);
    const located = locate(written);
    known.set(name, located);
    return located;
  };
  const position = (source: LocatedText | undefined, offset: number): PositionJson =>
    source ? positionAt(source.starts, Math.min(offset, source.text.length)) : { line: 1, column: 1, offset: 0 };
  const range = ({ source, start, end }: Span): RangeJson => ({
    start: position(text(source), start),
    end: position(text(source), end),
  });
  return { text, range };
}

/** By file, in the order of the texts, and then by place: faults are read beside the file. */
function inOrder(faults: readonly Fault[], texts: Texts): readonly Fault[] {
  const order = new Map([...texts.keys()].map((name, index) => [name, index]));
  const rank = (fault: Fault) => order.get(fault.span.source) ?? order.size;
  return [...faults].sort((left, right) => rank(left) - rank(right) || left.span.start - right.span.start);
}
