import type { IToken } from 'chevrotain';
import { endOf, spanOf, tokenize } from './lexer.ts';
import type { Failure } from './parser.ts';
import type { Source, Span } from './source.ts';

/** A line that does not parse. */
export interface BadLine {
  readonly source: Source;
  readonly rule: 'declaration' | 'line';
  readonly tokens: readonly IToken[];
  /** Where the line ends in the text. */
  readonly end: number;
  readonly failure: Failure;
}

/** The tokens from `first` to before `after` make way for a text. Where there are none, it stands behind the token before. */
export interface Change {
  readonly first: number;
  readonly after: number;
  readonly text: string;
  /** The blanks behind the tokens go, too. */
  readonly isTight?: boolean;
}

/** Puts a text in the place of one token. */
export const replacement = (index: number, text: string, isTight = false): Change => ({
  first: index,
  after: index + 1,
  text,
  isTight,
});

/** Puts a text before a token. */
export const insertion = (index: number, text: string): Change => ({ first: index, after: index, text });

/** Where the text of a change goes. */
export function placeOf({ source, tokens }: BadLine, { first, after, isTight }: Change): Span {
  if (first === after) {
    const place = first === 0 ? tokens[0]!.startOffset : endOf(tokens[first - 1]!);
    return { source: source.name, start: place, end: place };
  }
  const span = spanOf(source.name, tokens[first]!, tokens[after - 1]);
  const next = tokens[after]?.startOffset;
  // Comments stay.
  const isBlank = next !== undefined && source.text.slice(span.end, next).trim() === '';
  return isTight && isBlank ? { ...span, end: next } : span;
}

/** The tokens of a line with changes, which are in the order of the text. */
export function changed(line: BadLine, changes: readonly Change[]): readonly IToken[] {
  const { source, tokens } = line;
  const parts: (readonly IToken[])[] = [];
  let next = 0;
  for (const change of changes) {
    const place = placeOf(line, change);
    // What is tight ends where the next token begins.
    const start = change.isTight ? place.end - change.text.length : place.start;
    const inserted = tokenize({ name: source.name, text: change.text }).tokens.map((token) => ({
      ...token,
      startOffset: Math.max(0, Math.min(start + token.startOffset, source.text.length - token.image.length)),
    }));
    parts.push(tokens.slice(next, change.first), inserted);
    next = change.after;
  }
  return [...parts, tokens.slice(next)].flat();
}

/** The text from one token to another with changes. */
export function textWith(line: BadLine, first: number, last: number, changes: readonly Change[]): string {
  const { text } = line.source;
  let result = '';
  let start = line.tokens[first]!.startOffset;
  for (const change of changes) {
    const place = placeOf(line, change);
    result += text.slice(start, place.start) + change.text;
    start = place.end;
  }
  return result + text.slice(start, endOf(line.tokens[last]!));
}
