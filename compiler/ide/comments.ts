import type { IToken } from 'chevrotain';
import { endOf } from '../../grammar/lexer.ts';
import type { TextRange } from './range.ts';
import { runsOf } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/** Comments on lines of their own, those together that stand directly one below the other, in the order of the text. */
export function commentRuns({ source: { text }, comments }: Snapshot): readonly TextRange[] {
  const own = comments
    .filter(({ startOffset }) => beginsLine(text, startOffset))
    .toSorted((left, right) => left.startOffset - right.startOffset);
  const areNeighbours = (first: IToken, second: IToken) => isNextLine(text, endOf(first), second.startOffset);
  return runsOf(own, areNeighbours).map((run) => ({ start: run[0]!.startOffset, end: endOf(run.at(-1)!) }));
}

/** Whether nothing but the end of one line lies between two places. */
export function isNextLine(text: string, end: number, start: number): boolean {
  return /^[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*$/.test(text.slice(end, start));
}

/** Whether nothing but blanks stands before a place in its line. */
export function beginsLine(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && /[^\S\r\n]/.test(text[start - 1]!)) start--;
  return start === 0 || /[\r\n]/.test(text[start - 1]!);
}
