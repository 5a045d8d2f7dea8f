import type { IToken, TokenType } from 'chevrotain';
import * as t from './tokens.ts';

/** The closing sign of each opening one. */
export const closers: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.LeftParen, t.RightParen],
  [t.CallLeft, t.RightParen],
  [t.LeftBracket, t.RightBracket],
  [t.IndexLeft, t.RightBracket],
  [t.LeftBrace, t.RightBrace],
  [t.LabelLeft, t.RightBrace],
]);

const closing: ReadonlySet<TokenType> = new Set(closers.values());

export const isOpening = ({ tokenType }: IToken): boolean => closers.has(tokenType);
export const isClosing = ({ tokenType }: IToken): boolean => closing.has(tokenType);
/** Whether it opens a body, or the computed part of a label. */
export const isOpeningBrace = ({ tokenType }: IToken): boolean => closers.get(tokenType) === t.RightBrace;
