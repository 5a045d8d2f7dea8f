import type { IToken } from 'chevrotain';
import { nextOf } from '../../../grammar/line-tokens.ts';
import * as t from '../../../grammar/tokens.ts';
import { type Cursor, openBracket } from '../cursor.ts';
import type { Snapshot } from '../snapshot.ts';

/** What may come next in the head of a declaration. */

export function visibleAt(snapshot: Snapshot, { word: { start } }: Cursor) {
  return { visible: snapshot.names.visible(start) };
}

/** Whether a name of an input or a parameter may begin: behind the parenthesis or a comma of the head. */
export function isNameNext(tokens: readonly IToken[]): boolean {
  const head = nextOf(tokens, t.CallLeft, 0);
  const open = openBracket(tokens);
  const last = tokens.at(-1)!.tokenType;
  const isHead = open !== undefined && (open <= head || head === tokens.length);
  return isHead && (last === t.Comma || last === t.CallLeft || last === t.LeftParen);
}
