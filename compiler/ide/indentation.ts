import { type IToken, tokenMatcher } from 'chevrotain';
import { endOf } from '../../grammar/lexer.ts';
import * as t from '../../grammar/tokens.ts';
import type { Change } from './alignment.ts';
import { bracketPairs } from './brackets.ts';
import { firstIndex, lineEnd, lineStart } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Puts the line of an offset as far in as it belongs: behind a new line that was typed, or behind a `|` that begins its line.
 * What is around it may be half-typed; it goes by the brackets that are open, and by the lines as they stand.
 */
export function indentationOf(snapshot: Snapshot, offset: number, typed: string): Omit<Change, 'of'> | undefined {
  const { source, tokens, comments } = snapshot;
  const { text } = source;
  const start = lineStart(text, offset);
  const end = start + blanksAt(text, start).length;
  const isFresh = /^[\r\n]+$/.test(typed) ? offset <= end : typed === '|' && offset === end + 1;
  if (!isFresh || comments.some((comment) => comment.startOffset < start && start < endOf(comment))) return undefined;
  const next = firstIndex(tokens, ({ startOffset }) => startOffset >= end);
  const first = tokens[next];
  const isFirst = first !== undefined && first.startOffset < lineEnd(text, end);
  const indentation = levelOf(snapshot, start, isFirst ? first : undefined);
  const blanks = ' '.repeat(indentation);
  return text.slice(start, end) === blanks ? undefined : { start, end, text: blanks };
}

/** How far in a line belongs that begins at an offset with a token. */
function levelOf({ source: { text }, tokens }: Snapshot, start: number, first: IToken | undefined): number {
  const around = bracketPairs(tokens).findLast(
    ({ open, close }) => open.startOffset < start && (!close || close.startOffset >= start),
  );
  const outer = around ? blanksAt(text, lineStart(text, around.open.startOffset)).length : 0;
  if (around && first && around.close === first) return outer;
  const level = around ? outer + 2 : 0;
  const isList = around !== undefined && around.open.tokenType !== t.LeftBrace;
  return isList || !goesOn(tokens, start, first) ? level : level + 2;
}

/** Whether a line goes on with the one before: it begins with a `|`, or that one ends with a sign that wants more. */
function goesOn(tokens: readonly IToken[], start: number, first: IToken | undefined): boolean {
  if (first?.tokenType === t.Bar) return true;
  const last = tokens
    .slice(
      0,
      firstIndex(tokens, ({ startOffset }) => startOffset >= start),
    )
    .findLast(({ tokenType }) => tokenType !== t.LineEnd);
  return last !== undefined && (wanting.has(last.tokenType) || tokenMatcher(last, t.BinaryOperator));
}

const wanting = new Set([t.Bar, t.Assign, t.Colon, t.Question, t.Not]);

function blanksAt(text: string, start: number): string {
  const blank = /[^\S\r\n]*/y;
  blank.lastIndex = start;
  return blank.exec(text)![0];
}
