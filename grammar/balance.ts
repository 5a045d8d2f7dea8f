import type { IToken, TokenType } from 'chevrotain';
import { faultLimit, type SyntaxFault, syntaxFault } from './fault.ts';
import { endOf, retype, spanOf } from './lexer.ts';
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
  IndexLeft,
  LabelLeft,
  LeftBrace,
  LeftBracket,
  LeftParen,
  LineEnd,
  Name,
  Net,
  Not,
  Question,
  RightBrace,
  RightBracket,
  RightParen,
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
    const region = tokens.slice(first, last);
    const paired = pair(source, region);
    if ('tooDeep' in paired) {
      faults.push(syntaxFault('syntax/nesting', spanOf(source.name, paired.tooDeep), { limit: nestingLimit }));
      if (startsDeclaration(region, 0)) result.push(...region.slice(0, 2));
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
  if (!name || !isName(name)) return false;
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

const isName = (token: IToken) => token.tokenType === Name || token.tokenType.CATEGORIES?.includes(Name) === true;
const isOperator = ({ tokenType }: IToken) =>
  tokenType === Not || tokenType === Question || tokenType === Else || tokenType.CATEGORIES?.includes(BinaryOperator);
/** Whether an expression, or a chain of `else if`, may go on over a new line before or behind this token. */
const joins = (token: IToken | undefined) => token !== undefined && (token.tokenType === Colon || isOperator(token));

const closers = new Map<TokenType, TokenType>([
  [LeftParen, RightParen],
  [CallLeft, RightParen],
  [LeftBracket, RightBracket],
  [IndexLeft, RightBracket],
  [LeftBrace, RightBrace],
  [LabelLeft, RightBrace],
]);
const isCloser = (type: TokenType) => type === RightParen || type === RightBracket || type === RightBrace;
const isBrace = (token: IToken) => closers.get(token.tokenType) === RightBrace;

/** The body of the declaration; its end is doubtful where its brace does not stand where the indentation would have it. */
interface Closed {
  readonly opener: number;
  readonly closer: number;
  readonly doubtful: boolean;
}

/** An opening sign without its closing one, and the index before which that is put. */
interface Gap {
  readonly opener: number;
  readonly before: number;
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
  // The operators since the last separator, for each open bracket and, first, for what stands outside of all.
  const chains = [0];
  let depth = 0;
  let braces = 0;
  const drop = () => {
    const opener = stack.pop()!;
    depth -= 1 + chains.pop()!;
    if (isBrace(tokens[opener]!)) braces--;
    return opener;
  };

  const separate = () => {
    depth -= chains[chains.length - 1]!;
    chains[chains.length - 1] = 0;
  };

  for (const [index, token] of tokens.entries()) {
    const type = token.tokenType;
    if (type === LineEnd) continue;
    if (tokens[index - 1]?.tokenType === LineEnd && !joins(previous) && !joins(token)) separate();
    previous = token;
    if (startsLine(tokens, index)) indentation = blanksBefore(source.text, token.startOffset);
    if (closers.has(type)) {
      if (stack.length === 0) outerIndentation = indentation;
      stack.push(index);
      chains.push(0);
      depth++;
      if (isBrace(token)) braces++;
    } else if (isCloser(type)) {
      const matches = (at: number) => {
        const opener = stack.at(at);
        return opener !== undefined && closers.get(tokens[opener]!.tokenType) === type;
      };
      if (type === RightBrace && braces > 0) {
        while (!matches(-1)) gaps.push({ opener: drop(), before: index });
      } else if (!matches(-1) && matches(-2) && !isBrace(tokens[stack.at(-1)!]!)) {
        gaps.push({ opener: drop(), before: index });
      }
      if (matches(-1)) {
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
      separate();
    } else if (isOperator(token)) {
      chains[chains.length - 1]!++;
      depth++;
    }
    if (depth > nestingLimit) return { tooDeep: token };
  }
  const open = [...stack].filter((index) => isBrace(tokens[index]!));
  while (stack.length > 0) gaps.push({ opener: drop(), before: tokens.length });

  const brackets = gaps
    .filter(({ opener }) => !isBrace(tokens[opener]!))
    .map((gap) => ({ ...gap, before: endOfLine(tokens, gap, partner) }));
  const bodies =
    open.length === 0
      ? []
      : (byIndentation(source, tokens, open.length) ??
        gaps.filter(({ opener }) => isBrace(tokens[opener]!)).map((gap) => ({ ...gap, before: lastOf(tokens) })));
  const all = [...brackets, ...bodies];
  const unopened = [...strays].slice(0, faultLimit).map((index) => strayFault(source, tokens[index]!));
  return { tokens: fill(tokens, all, strays), faults: [...gapFaults(source, tokens, all), ...unopened] };
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
    if (isBrace(token)) stack.push({ opener: index, line, indentation });
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
function fill(tokens: readonly IToken[], gaps: readonly Gap[], strays: ReadonlySet<number>): IToken[] {
  if (gaps.length === 0 && strays.size === 0) return [...tokens];
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

function strayFault(source: Source, token: IToken): SyntaxFault {
  const span = spanOf(source.name, token);
  const fix = { title: `remove \`${token.image}\``, edits: [{ span, text: '' }] };
  return syntaxFault('syntax/unopened', span, { close: token.image }, { fix });
}

/** One fault for each place where something is missing. */
function gapFaults(source: Source, tokens: readonly IToken[], gaps: readonly Gap[]): SyntaxFault[] {
  const places = new Map<number, Gap[]>();
  for (const gap of gaps) {
    const key = 2 * gap.before + (isBrace(tokens[gap.opener]!) ? 1 : 0);
    places.set(key, [...(places.get(key) ?? []), gap]);
  }
  return [...places.values()].slice(0, faultLimit).map((missing) => {
    const openers = missing.map(({ opener }) => tokens[opener]!).sort((a, b) => b.startOffset - a.startOffset);
    const first = openers[0]!;
    let index = missing[0]!.before;
    while (tokens[index - 1]!.tokenType === LineEnd) index--;
    const before = tokens[index - 1]!;
    const span = spanOf(source.name, before);
    const end = { ...span, start: span.end };
    const close = openers.map((opener) =>
      isBrace(opener) ? '}' : closers.get(opener.tokenType) === RightParen ? ')' : ']',
    );
    const text = isBrace(first)
      ? openers.map((opener) => closingBrace(source.text, opener, before)).join('')
      : close.join('');
    return syntaxFault(
      'syntax/unclosed',
      span,
      { open: first.image, close: close[0]!, count: openers.length },
      {
        because: openers
          .slice(0, 3)
          .map((opener) => ({ span: spanOf(source.name, opener), message: 'opens here and is not closed' })),
        fix: { title: `insert \`${close.join('')}\``, edits: [{ span: end, text }] },
      },
    );
  });
}

/** On the same line as its opening brace, or on one of its own at the same indentation. */
function closingBrace(text: string, opener: IToken, before: IToken): string {
  if (!/[\n\r]/.test(text.slice(opener.startOffset, endOf(before)))) return ' }';
  let start = opener.startOffset;
  while (start > 0 && !/[\n\r]/.test(text[start - 1]!)) start--;
  return `\n${/^[ \t]*/.exec(text.slice(start, opener.startOffset))![0]}}`;
}
