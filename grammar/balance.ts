import type { IToken, TokenType } from 'chevrotain';
import { type Gap, missingClosings, missingOpening, strayClosing } from './bracket-faults.ts';
import { closers, isClosing, isOpening, isOpeningBrace } from './brackets.ts';
import { faultLimit, type SyntaxFault, syntaxFault } from './fault.ts';
import { endOf, retype, spanOf } from './lexer.ts';
import { isName } from './line-tokens.ts';
import type { Source } from './source.ts';
import {
  Act,
  Arrow,
  Assign,
  Bar,
  BinaryOperator,
  Block,
  CallLeft,
  Colon,
  Comma,
  Else,
  Import,
  LeftBrace,
  LeftParen,
  Let,
  LineEnd,
  Net,
  Not,
  Question,
  RightBrace,
} from './tokens.ts';

/** How deep brackets and operators may stand in each other, so that no later recursion can run out of stack. */
export const nestingLimit = 200;

export interface Balanced {
  /** Every opening sign has its closing one, and every closing sign its opening one. */
  readonly tokens: readonly IToken[];
  readonly faults: readonly SyntaxFault[];
}

/**
 * Makes brackets match. A missing closing sign is put where the line or, by its indentation, the body ends, so that one
 * forgotten brace does not swallow the rest of the file; one too many is left out. A declaration that is nested too deep
 * is cut to its keyword and name.
 */
export function balance(source: Source, tokens: readonly IToken[]): Balanced {
  const faults: SyntaxFault[] = [];
  const result: IToken[] = [];
  for (const [first, last] of regions(source, tokens)) {
    const { tokens: region, fault } = withBody(source, tokens.slice(first, last));
    if (fault) faults.push(fault);
    const paired = pair(source, region);
    if ('tooDeep' in paired) {
      faults.push(syntaxFault('syntax/nesting', spanOf(source.name, paired.tooDeep), { limit: nestingLimit }));
      const [keyword, name] = region;
      if (keyword && declarations.has(keyword.tokenType) && isName(name)) result.push(keyword, name);
      if (region[region.length - 1]?.tokenType === LineEnd) result.push(region[region.length - 1]!);
      continue;
    }
    for (const fault of paired.faults) faults.push(fault);
    for (const token of paired.tokens) result.push(token);
  }
  return { tokens: result, faults };
}

/** From each declaration that begins a line without indentation to the next: no bracket reaches over such a border. */
function regions(source: Source, tokens: readonly IToken[]): [number, number][] {
  const starts = [0];
  for (let index = 1; index < tokens.length; index++) {
    const before = source.text[tokens[index]!.startOffset - 1];
    if ((before === '\n' || before === '\r') && startsDeclaration(tokens, index)) starts.push(index);
  }
  return starts.map((start, index) => [start, starts[index + 1] ?? tokens.length]);
}

function startsDeclaration(tokens: readonly IToken[], index: number): boolean {
  const [keyword, name, after] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (!isName(name)) return false;
  switch (keyword?.tokenType) {
    case Net:
    case Act:
      return after?.tokenType === LeftParen || after?.tokenType === CallLeft;
    case Block:
    case Import:
      return true;
    default:
      return false;
  }
}

/** Opens the body of a net or a block whose head lacks the brace: one closing brace has no other that it could close. */
function withBody(
  source: Source,
  region: readonly IToken[],
): { readonly tokens: readonly IToken[]; readonly fault?: SyntaxFault } {
  const type = region[0]?.tokenType;
  if ((type !== Net && type !== Block) || !startsDeclaration(region, 0)) return { tokens: region };
  let depth = 0;
  let end = 0;
  for (; end < region.length; end++) {
    const token = region[end]!;
    const { tokenType } = token;
    if (tokenType === LeftBrace || tokenType === RightBrace) return { tokens: region };
    if (isOpening(token)) depth++;
    if (isClosing(token)) depth--;
    const next = region[end + 1]?.tokenType;
    if (tokenType === LineEnd && depth <= 0 && next !== LineEnd && next !== LeftBrace && next !== Arrow) break;
  }
  const braces = region.filter((token) => isOpeningBrace(token) || token.tokenType === RightBrace);
  const surplus = braces.reduce((sum, token) => sum + (isOpeningBrace(token) ? -1 : 1), 0);
  if (surplus !== 1) return { tokens: region };
  const head = region.slice(0, end).findLast((token) => token.tokenType !== LineEnd)!;
  const brace = retype({ ...head, startOffset: endOf(head) }, LeftBrace, '');
  const fault = missingOpening(source, head, braces.at(-1)!);
  return { tokens: [...region.slice(0, end), brace, ...region.slice(end)], fault };
}

const declarations = new Set<TokenType>([Import, Let, Act, Block, Net]);
const isOperator = ({ tokenType }: IToken) =>
  tokenType === Not || tokenType === Question || tokenType === Else || tokenType.CATEGORIES?.includes(BinaryOperator);
/** Whether an expression, or a chain of `else if`, may go on over a new line before or behind this token. */
const joins = (token: IToken | undefined) => token !== undefined && (token.tokenType === Colon || isOperator(token));

/** The body of the declaration; its end is doubtful where its brace does not stand where the indentation would have it. */
interface Closed {
  readonly opener: number;
  readonly closer: number;
  readonly doubtful: boolean;
}

type Paired =
  | { readonly tokens: readonly IToken[]; readonly faults: readonly SyntaxFault[] }
  | { readonly tooDeep: IToken };

function pair(source: Source, tokens: readonly IToken[]): Paired {
  const strays = new Set<number>();
  const gaps: Gap[] = [];
  const partner = new Map<number, number>();
  const stack: number[] = [];
  let closed: Closed | undefined;
  let previous: IToken | undefined;
  let indentation = 0;
  let outerIndentation = 0;
  const nesting = createNesting();
  let braces = 0;
  const drop = () => {
    const opener = stack.pop()!;
    nesting.close();
    if (isOpeningBrace(tokens[opener]!)) braces--;
    return opener;
  };

  // Whether the bracket at this end of the stack is closed by such a sign.
  const matches = (at: number, type: TokenType) => {
    const opener = stack.at(at);
    return opener !== undefined && closers.get(tokens[opener]!.tokenType) === type;
  };

  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const type = token.tokenType;
    if (type === LineEnd) continue;
    if (tokens[index - 1]?.tokenType === LineEnd && !joins(previous) && !joins(token)) nesting.separate();
    previous = token;
    if (startsLine(tokens, index)) indentation = blanksBefore(source.text, token.startOffset);
    if (isOpening(token)) {
      if (stack.length === 0) outerIndentation = indentation;
      stack.push(index);
      nesting.open();
      if (isOpeningBrace(token)) braces++;
    } else if (isClosing(token)) {
      if (type === RightBrace && braces > 0) {
        while (!matches(-1, type)) gaps.push({ opener: drop(), before: index });
      } else if (!matches(-1, type) && matches(-2, type) && !isOpeningBrace(tokens[stack.at(-1)!]!)) {
        gaps.push({ opener: drop(), before: index });
      }
      if (matches(-1, type)) {
        const opener = drop();
        partner.set(opener, index);
        const asIndented = startsLine(tokens, index) && indentation === outerIndentation;
        if (stack.length === 0 && type === RightBrace) closed ??= { opener, closer: index, doubtful: !asIndented };
      } else if (closed?.doubtful && type === RightBrace && !onlyLineEnds(tokens, closed.closer + 1, index)) {
        // Lines follow the brace that seemed to end the body: that one is too many, and not this one.
        strays.add(closed.closer);
        partner.set(closed.opener, index);
        closed = { ...closed, closer: index };
      } else {
        strays.add(index);
        if (closed) closed = { ...closed, doubtful: false };
      }
    } else if (type === Comma || type === Bar) {
      nesting.separate();
    } else if (isOperator(token)) {
      nesting.operator();
    }
    if (nesting.isTooDeep()) return { tooDeep: token };
  }
  const open = [...stack].filter((index) => isOpeningBrace(tokens[index]!));
  while (stack.length > 0) gaps.push({ opener: drop(), before: tokens.length });

  const brackets = gaps
    .filter(({ opener }) => !isOpeningBrace(tokens[opener]!))
    .map((gap) => ({ ...gap, before: endOfLine(tokens, gap, partner) }));
  const bodies =
    open.length === 0
      ? []
      : (byIndentation(source, tokens, open.length) ??
        gaps
          .filter(({ opener }) => isOpeningBrace(tokens[opener]!))
          .map((gap) => ({ ...gap, before: lastOf(tokens) })));
  const all = [...brackets, ...bodies];
  const unopened = [...strays].slice(0, faultLimit).map((index) => strayClosing(source, tokens[index]!));
  return { tokens: fill(tokens, all, strays), faults: [...missingClosings(source, tokens, all), ...unopened] };
}

/** How deep a place stands in brackets and operators. */
function createNesting() {
  // The operators since the last separator, for each open bracket and, first, for what stands outside of all.
  const chains = [0];
  let depth = 0;
  return {
    open() {
      chains.push(0);
      depth++;
    },
    close() {
      depth -= 1 + chains.pop()!;
    },
    operator() {
      chains[chains.length - 1]!++;
      depth++;
    },
    separate() {
      depth -= chains[chains.length - 1]!;
      chains[chains.length - 1] = 0;
    },
    isTooDeep: () => depth > nestingLimit,
  };
}

function onlyLineEnds(tokens: readonly IToken[], first: number, after: number): boolean {
  let index = first;
  while (index < after && tokens[index]!.tokenType === LineEnd) index++;
  return index === after;
}

/** Where the brackets of a line end at the latest: the first sign behind an opening one that cannot stand in brackets. */
function endOfLine(tokens: readonly IToken[], gap: Gap, partner: ReadonlyMap<number, number>): number {
  let index = gap.opener + 1;
  while (index < gap.before && !endsBrackets(tokens, index)) index = (partner.get(index) ?? index) + 1;
  return index;
}

function endsBrackets(tokens: readonly IToken[], index: number): boolean {
  switch (tokens[index]!.tokenType) {
    case LineEnd:
    case Bar:
    case Arrow:
      return true;
    case LeftBrace:
      return tokens[index - 1]!.tokenType !== Assign;
    default:
      return false;
  }
}

/** The index behind the last token that is not a line end. */
function lastOf(tokens: readonly IToken[]): number {
  let index = tokens.length;
  while (index > 0 && tokens[index - 1]!.tokenType === LineEnd) index--;
  return index;
}

/**
 * Where braces would have to be closed if the indentation told the truth: a line that stands no deeper than the line of
 * an open brace ends that body. Undefined where that does not account for exactly the braces that are missing.
 */
function byIndentation(source: Source, tokens: readonly IToken[], missing: number): Gap[] | undefined {
  const gaps: Gap[] = [];
  const stack: { readonly opener: number; readonly line: number; readonly indentation: number }[] = [];
  let line = 0;
  let indentation = 0;
  for (const [index, token] of tokens.entries()) {
    const type = token.tokenType;
    if (type === LineEnd) continue;
    if (startsLine(tokens, index)) {
      line++;
      indentation = blanksBefore(source.text, token.startOffset);
      if (type !== Bar && type !== Else) {
        for (let top = stack.at(-1); top && top.line !== line; top = stack.at(-1)) {
          if (indentation > top.indentation || (type === RightBrace && indentation === top.indentation)) break;
          gaps.push({ opener: top.opener, before: index });
          stack.pop();
        }
      }
    }
    if (isOpeningBrace(token)) stack.push({ opener: index, line, indentation });
    else if (type === RightBrace && stack.pop() === undefined) return undefined;
    if (gaps.length > missing) return undefined;
  }
  for (const { opener } of stack.reverse()) gaps.push({ opener, before: lastOf(tokens) });
  return gaps.length === missing ? gaps : undefined;
}

/** Whether a token is the first one after a new line. */
function startsLine(tokens: readonly IToken[], index: number): boolean {
  const previous = tokens[index - 1];
  return previous === undefined || (previous.tokenType === LineEnd && !/^;*$/.test(previous.image));
}

function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return offset - start;
}

/** The tokens with the missing signs put in, each of no width behind the token before it, and without the stray ones. */
function fill(tokens: readonly IToken[], gaps: readonly Gap[], strays: ReadonlySet<number>): readonly IToken[] {
  if (gaps.length === 0 && strays.size === 0) return tokens;
  const result: IToken[] = [];
  // Inner signs are closed first.
  const pending = [...gaps].sort((a, b) => a.before - b.before || b.opener - a.opener);
  let next = 0;
  for (let index = 0; index <= tokens.length; index++) {
    for (; pending[next]?.before === index; next++) {
      const type = closers.get(tokens[pending[next]!.opener]!.tokenType)!;
      // A body that ends before a line ends before the line end, too.
      let place = result.length;
      while (place > 0 && result[place - 1]!.tokenType === LineEnd) place--;
      const before = result[place - 1]!;
      const closer = retype({ ...before, startOffset: endOf(before) }, type, '');
      result.splice(place, 0, closer);
    }
    const token = tokens[index];
    if (token && !strays.has(index)) result.push(token);
  }
  return result;
}
