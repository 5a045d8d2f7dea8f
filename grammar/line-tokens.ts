import { type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import { isClosing, isOpening } from './brackets.ts';
import * as t from './tokens.ts';

/** Finding one's way in the tokens of a line. Brackets match there, and a body is a single token. */

export const isName = (token: IToken | undefined): token is IToken =>
  token !== undefined && tokenMatcher(token, t.Name);

export const typeAt = (tokens: readonly IToken[], index: number): TokenType | undefined => tokens[index]?.tokenType;

/** The first token of a type from an index on, or the end. */
export function nextOf(tokens: readonly IToken[], type: TokenType, from: number): number {
  let index = from;
  while (index < tokens.length && tokens[index]!.tokenType !== type) index++;
  return index;
}

/** The closing sign of an opening one, if it is one. */
export function closingOf(tokens: readonly IToken[], open: number): number | undefined {
  if (!tokens[open] || !isOpening(tokens[open])) return undefined;
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isOpening(tokens[index]!)) depth++;
    if (isClosing(tokens[index]!) && --depth === 0) return index;
  }
  return undefined;
}

/** All tokens of a type from an index on, but those in brackets that open behind it. */
export function outsideOfBrackets(tokens: readonly IToken[], type: TokenType, from: number): number[] {
  const found: number[] = [];
  for (let index = from; index < tokens.length; index++) {
    index = closingOf(tokens, index) ?? index;
    if (tokens[index]!.tokenType === type) found.push(index);
  }
  return found;
}

/** Where the stage around a token begins, behind `name =`. */
export function stageStart(tokens: readonly IToken[], index: number): number {
  let first = index;
  while (first > 0 && tokens[first - 1]!.tokenType !== t.Bar) first--;
  if (first === 0 && isName(tokens[0]) && typeAt(tokens, 1) === t.Assign) first = 2;
  return typeAt(tokens, first) === t.Bar ? first + 1 : first;
}

/** The first token behind the label of a stage, if it has one. */
export function behindLabel(tokens: readonly IToken[], first: number): number {
  let end = first + 1;
  while (isName(tokens[first]) && (typeAt(tokens, end) === t.Dot || typeAt(tokens, end) === t.LabelLeft)) {
    if (typeAt(tokens, end) === t.Dot) end++;
    end = typeAt(tokens, end) === t.LabelLeft ? nextOf(tokens, t.RightBrace, end) + 1 : end + 1;
  }
  return typeAt(tokens, end) === t.Colon ? end + 1 : first;
}
