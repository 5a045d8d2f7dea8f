import { format } from '../../../grammar/print.ts';
import type { Source } from '../../../grammar/source.ts';
import { linesOf } from '../lines.ts';
import type { Snapshot } from '../snapshot.ts';

/** How texts that actions write are laid out. They are made with `\n`, and written with the line ends of the text. */

/** Lines of a body in the canonical layout, without indentation; undefined where they do not parse. */
export function laidOut(written: string): string | undefined {
  const lines = written.replace(/\r\n|\r/g, '\n');
  const { value, faults } = format({ name: '', text: `net N() {\n${lines}\n}\n` });
  if (faults.length > 0) return undefined;
  return value
    .split('\n')
    .slice(1, -2)
    .map((line) => line.replace(/^ {2}/, ''))
    .join('\n');
}

/** Whether a text has the canonical layout already. */
export function isLaidOut(source: Source): boolean {
  const known = laidOutSources.get(source);
  if (known !== undefined) return known;
  const { value, faults } = format(source);
  const answer = faults.length === 0 && value === source.text;
  laidOutSources.set(source, answer);
  return answer;
}

const laidOutSources = new WeakMap<Source, boolean>();

/** The longest line that is not broken. */
const widest = 120;

/** Lines as they stand on one line; undefined where they cannot. */
export function oneLine(lines: string): string | undefined {
  return /[\n#]/.test(lines) ? undefined : lines;
}

/** Lines in braces behind a head: on one line where they fit. */
export function braced(head: string, lines: string): string {
  if (lines === '') return `${head}{}`;
  const line = oneLine(lines);
  const short = `${head}{ ${line} }`;
  return line !== undefined && short.length <= widest ? short : `${head}{\n${indented(lines, '  ')}\n}`;
}

function indented(lines: string, indentation: string): string {
  return lines.replace(/^(?=.)/gm, indentation);
}

/** A text of several lines as it stands at a place: its later lines begin as far in as the line of the place does. */
export function writtenAt({ source: { text } }: Snapshot, offset: number, lines: string): string {
  const [first = '', ...others] = lines.split('\n');
  const rest = others.map((line) => (line === '' ? '' : indentationAt(text, offset) + line));
  return [first, ...rest].join(lineEndOf(text));
}

/** The blanks that the line of an offset begins with. */
export function indentationAt(text: string, offset: number): string {
  const lines = linesOf(text);
  return /^[^\S\r\n]*/.exec(text.slice(lines.start(lines.at(offset)), offset))![0];
}

/** The line ends of a text. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
