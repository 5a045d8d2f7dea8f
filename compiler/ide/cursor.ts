import { type IToken, tokenMatcher } from 'chevrotain';
import { balance } from '../../grammar/balance.ts';
import { endOf } from '../../grammar/lexer.ts';
import { closingOf, nextOf } from '../../grammar/line-tokens.ts';
import { type BracesToken, isBraces, type Outline, outline } from '../../grammar/outline.ts';
import * as t from '../../grammar/tokens.ts';
import type { TextRange } from './range.ts';
import { firstIndex } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Where somebody writes, by the tokens of the text alone: what stands there is half-typed as a rule, so that no tree has it.
 * A body in braces is one token here, as in an outline.
 */
export interface Cursor {
  readonly offset: number;
  /** The word that the cursor is in, or stands right behind; nothing where there is none. */
  readonly word: TextRange;
  /** The logical line around it: what stands before the word, and behind it. */
  readonly before: readonly IToken[];
  readonly after: readonly IToken[];
  /** Where the line begins, which may be before its first token. */
  readonly start: number;
  /** The tokens of the declaration whose body it is in, and where that ends; none at the top of a file. */
  readonly declaration?: { readonly tokens: readonly IToken[]; readonly end: number };
  /** How many braces it is in. */
  readonly depth: number;
}

/** The string that an offset lies in, its quotes aside. */
export function stringAt({ source: { text }, tokens }: Snapshot, offset: number): IToken | undefined {
  const token = tokens[firstIndex(tokens, (each) => endOf(each) >= offset)];
  if (token?.tokenType !== t.Text || token.startOffset >= offset) return undefined;
  const written = text.slice(token.startOffset, endOf(token));
  const isOpen = !/^"(?:[^"\\]|\\.)*"$/.test(written);
  return offset < endOf(token) || isOpen ? token : undefined;
}

/** Undefined in comments and strings. */
export function cursorAt(snapshot: Snapshot, offset: number): Cursor | undefined {
  const { source, tokens, comments } = snapshot;
  const inComment = comments.some(
    (each) =>
      each.startOffset < offset && (offset < endOf(each) || !each.image.endsWith('*/')) && offset <= endOf(each),
  );
  if (inComment || stringAt(snapshot, offset)) return undefined;
  const word = wordAt(tokens, offset);
  const lines = outline(source.text, balance(source, tokens).tokens);
  return within(source.text, lines, 0, offset, word, undefined, 0);
}

/** A name, a keyword or a number, which the offset lies in or beside; the one before comes first. */
function wordAt(tokens: readonly IToken[], offset: number): TextRange {
  const index = firstIndex(tokens, (each) => endOf(each) >= offset);
  for (const token of tokens.slice(index, index + 2)) {
    if (token.startOffset <= offset && tokenMatcher(token, t.Word)) {
      return { start: token.startOffset, end: endOf(token) };
    }
  }
  return { start: offset, end: offset };
}

function within(
  text: string,
  { lines }: Outline,
  begin: number,
  offset: number,
  word: TextRange,
  declaration: Cursor['declaration'],
  depth: number,
): Cursor {
  // A body that lacks its brace ends with its last token, but its last line goes on to the end of the row.
  const last = lines.at(-1);
  const line = lines.find(({ end }) => offset <= end) ?? (last && isSameRow(text, last.end, offset) ? last : undefined);
  const all = line?.tokens ?? last?.tokens ?? [];
  const body = all.find(
    (token, index): token is BracesToken => isBraces(token) && holds(text, token, all[index + 1], offset),
  );
  if (body) {
    const around = declaration ?? { tokens: all, end: line?.end ?? last!.end };
    return within(text, body.outline, body.startOffset + 1, offset, word, around, depth + 1);
  }
  const own = line?.tokens ?? [];
  const first = own.filter((token) => token.startOffset < word.start);
  // A bracket that is not closed before the cursor is open there, though something closes it for the parser.
  const before = first.slice(0, first.findLastIndex(({ image }) => image !== '') + 1);
  const after = own.filter((token) => token.startOffset >= word.end && token.image !== '');
  const start = line?.start ?? last?.end ?? begin;
  return { offset, word, before, after, start, depth, ...(declaration && { declaration }) };
}

function isSameRow(text: string, start: number, end: number): boolean {
  return !/[\n\r;]/.test(text.slice(start, end));
}

/** Whether a cursor is in braces, which may lack the closing one: then all up to what follows them is in them. */
function holds(text: string, braces: IToken, next: IToken | undefined, offset: number): boolean {
  const end = endOf(braces);
  if (offset <= braces.startOffset) return false;
  const isClosed = text[end - 1] === '}' && end - 1 > braces.startOffset;
  return isClosed ? offset < end : offset <= (next ? next.startOffset : Number.POSITIVE_INFINITY);
}

/** What stands behind the word before the text goes on in another row. */
export function nextInRow({ source }: Snapshot, { word, after }: Cursor): IToken | undefined {
  const [next] = after;
  return next && !/[\n\r]/.test(source.text.slice(word.end, next.startOffset)) ? next : undefined;
}

/** The stage around a cursor. */
export interface StageCursor {
  /** The tokens of the stage before the word, its label aside. */
  readonly tokens: readonly IToken[];
  /** Whether a value's name may begin it: it is the first of its line or braces. */
  readonly isFirst: boolean;
  readonly label?: TextRange;
  /** From the stage's first token, behind its label, to its last one, the word included. */
  readonly range: TextRange;
}

/** The stage around a cursor in a body. */
export function stageAt({ before, after, word }: Cursor): StageCursor {
  const bar = before.findLastIndex(({ tokenType }) => tokenType === t.Bar);
  const isNamed = bar < 0 && before[1]?.tokenType === t.Assign && tokenMatcher(before[0]!, t.Name);
  const first = isNamed ? 2 : bar + 1;
  const colon = colonOf(before, first);
  const start = colon < 0 ? first : colon + 1;
  const tokens = before.slice(start);
  const next = after.slice(0, nextOf(after, t.Bar, 0));
  const label = colon < 0 ? undefined : { start: before[first]!.startOffset, end: before[colon]!.startOffset };
  return {
    tokens,
    isFirst: bar < 0 && colon < 0,
    ...(label && { label }),
    range: { start: tokens[0]?.startOffset ?? word.start, end: next.length > 0 ? endOf(next.at(-1)!) : word.end },
  };
}

/** The sign behind a label: words, dots and braces that stand together. */
function colonOf(tokens: readonly IToken[], first: number): number {
  const colon = nextOf(tokens, t.Colon, first);
  if (colon === tokens.length || colon === first) return -1;
  for (let index = first + 1; index < colon; index++) {
    if (endOf(tokens[index - 1]!) !== tokens[index]!.startOffset) return -1;
  }
  return colon;
}

/** The bracket that is open at the end of some tokens, and the innermost such; undefined where all are closed. */
export function openBracket(tokens: readonly IToken[]): number | undefined {
  let open: number | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const type = tokens[index]!.tokenType;
    if (type !== t.LeftParen && type !== t.CallLeft && type !== t.LeftBracket && type !== t.IndexLeft) continue;
    const close = closingOf(tokens, index);
    if (close === undefined) open = index;
    else index = close;
  }
  return open;
}
