import type { IToken } from 'chevrotain';
import { nestingLimit } from '../../grammar/balance.ts';
import { closers, isClosing, isOpening, isOpeningBrace } from '../../grammar/brackets.ts';

export interface BracketPair {
  readonly open: IToken;
  /** Absent where it is not closed. */
  readonly close?: IToken;
}

/**
 * The brackets of a text as they match, in the order in which they open. A brace closes what is still open within it, and
 * what closes nothing is passed over, so that one that is missing does no harm to those around it.
 */
export function bracketPairs(tokens: readonly IToken[]): readonly BracketPair[] {
  const pairs: { open: IToken; close?: IToken }[] = [];
  const stack: { open: IToken; close?: IToken }[] = [];
  for (const token of tokens) {
    if (isOpening(token)) {
      const pair = { open: token };
      pairs.push(pair);
      stack.push(pair);
    } else if (isClosing(token)) {
      const at = partnerOf(token, stack);
      if (at === undefined) continue;
      stack[at]!.close = token;
      stack.length = at;
    }
  }
  return pairs;
}

/** What a bracket closes: the nearest of its kind, but none beyond a brace, and none that is too far for anybody to have meant. */
function partnerOf({ tokenType }: IToken, stack: readonly BracketPair[]): number | undefined {
  for (let at = stack.length - 1; at >= Math.max(0, stack.length - nestingLimit); at--) {
    const { open } = stack[at]!;
    if (closers.get(open.tokenType) === tokenType) return at;
    if (isOpeningBrace(open)) return undefined;
  }
  return undefined;
}
