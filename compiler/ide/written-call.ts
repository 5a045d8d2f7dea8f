import { type IToken, tokenMatcher } from 'chevrotain';
import { isOpening } from '../../grammar/brackets.ts';
import { endOf } from '../../grammar/lexer.ts';
import { closingOf } from '../../grammar/line-tokens.ts';
import { isBraces } from '../../grammar/outline.ts';
import * as t from '../../grammar/tokens.ts';
import type { Callable } from '../1-check/callable.ts';
import { flagNames, longName, shortForm } from '../1-check/option-names.ts';
import type { TextRange } from './range.ts';

/** A call as its tokens have it, which may lack what is not written yet. */
export interface WrittenArgument extends TextRange {
  readonly tokens: readonly IToken[];
  /** What it is to what is called; `unknown` where it has no place. */
  readonly role: Role;
}

export type Role =
  | { readonly kind: 'sizes' }
  | { readonly kind: 'option'; readonly option: string }
  | { readonly kind: 'operand' }
  | { readonly kind: 'unknown' };

/** The arguments of a call, of the tokens behind its name. `isValue` says which names are those of values. */
export function writtenArguments(
  tokens: readonly IToken[],
  callable: Callable,
  isValue: (name: string) => boolean,
): readonly WrittenArgument[] {
  const given = new Set<string>();
  return argumentTokens(tokens).map((own) => {
    const role = roleOf(own, callable, given, isValue);
    if (role.kind === 'option') given.add(role.option);
    return { tokens: own, start: own[0]!.startOffset, end: endOf(own.at(-1)!), role };
  });
}

/** The tokens of each argument: one begins where an operand follows another one. */
function argumentTokens(tokens: readonly IToken[]): readonly (readonly IToken[])[] {
  const found: IToken[][] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const last = found.at(-1)?.at(-1);
    if (!last || (endsOperand(last) && beginsOperand(token))) found.push([]);
    const close = isOpening(token) ? (closingOf(tokens, index) ?? tokens.length - 1) : index;
    found.at(-1)!.push(...tokens.slice(index, close + 1));
    index = close;
  }
  return found;
}

/** Whether an operand ends with the token, so that another one is another argument. */
export function endsOperand(token: IToken): boolean {
  const { tokenType } = token;
  if (tokenMatcher(token, t.BinaryOperator) || tokenType === t.Not) return false;
  return tokenMatcher(token, t.Word) || isBraces(token) || closingSigns.has(tokenType) || tokenType === t.Text;
}

const closingSigns = new Set([t.RightParen, t.RightBracket, t.RightBrace]);

function beginsOperand(token: IToken): boolean {
  const { tokenType } = token;
  if (tokenMatcher(token, t.BinaryOperator)) return false;
  return (
    tokenMatcher(token, t.Word) ||
    isBraces(token) ||
    tokenType === t.LeftParen ||
    tokenType === t.LeftBracket ||
    tokenType === t.Text
  );
}

function roleOf(
  tokens: readonly IToken[],
  callable: Callable,
  given: ReadonlySet<string>,
  isValue: (name: string) => boolean,
): Role {
  const [first, second] = tokens as [IToken, IToken?];
  const operand: Role = callable.operands === 'join' ? { kind: 'operand' } : { kind: 'unknown' };
  if (tokens.some(({ tokenType }) => tokenType === t.Arrow)) return { kind: 'sizes' };
  if (isBraces(first)) return operand;
  if (second?.tokenType === t.Assign) return optionRole(longName(callable, first.image));
  if (!second && tokenMatcher(first, t.Name)) {
    if (isValue(first.image) && callable.operands === 'join') return operand;
    const short = shortForm(callable, first.image, { source: '', start: 0, end: 0 });
    if (short) return optionRole(short.option);
    if (flagNames(callable).includes(first.image)) return optionRole(first.image);
  }
  const next = nextPositional(callable, given);
  return next === undefined ? operand : optionRole(next);
}

function optionRole(option: string | undefined): Role {
  return option === undefined ? { kind: 'unknown' } : { kind: 'option', option };
}

/** The next option that may stand without its name. */
export function nextPositional({ positional = [] }: Callable, given: ReadonlySet<string>): string | undefined {
  return positional.find((option) => !given.has(option));
}

/** The options that have been given. */
export function givenOptions(all: readonly WrittenArgument[]): ReadonlySet<string> {
  return new Set(all.flatMap(({ role }) => (role.kind === 'option' ? [role.option] : [])));
}
