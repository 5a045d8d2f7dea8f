import { type ILexingError, type IToken, Lexer, type TokenType, tokenMatcher } from 'chevrotain';
import { faultLimit, type SyntaxFault, syntaxFault } from './fault.ts';
import type { Source, Span } from './source.ts';
import {
  Act,
  Bar,
  CallLeft,
  Colon,
  Dot,
  If,
  IndexLeft,
  LabelLeft,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Let,
  LineEnd,
  type Mistake,
  Name,
  Or,
  RightBrace,
  RightBracket,
  RightParen,
  tokenTable,
  Word,
} from './tokens.ts';

export interface Lexed {
  /** Everything but blanks and comments, line ends included. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly faults: readonly SyntaxFault[];
}

/** Cuts a text into tokens. Unknown characters are left out, and known mistakes are read as what was meant. */
export function tokenize(source: Source): Lexed {
  lexer ??= createLexer();
  return lexer(source);
}

/** A table, built on first use since that takes longer than to read a file. */
let lexer: ((source: Source) => Lexed) | undefined;

function createLexer(): (source: Source) => Lexed {
  const lexer = new Lexer(
    tokenTable.map((row) => row.type),
    { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: true },
  );
  const mistakes = new Map<TokenType, Mistake>();
  for (const row of tokenTable) if (row.mistake) mistakes.set(row.type, row.mistake);

  return (source) => {
    const lexed = lexer.tokenize(source.text);
    const faults = lexed.errors.slice(0, faultLimit).map((error) => unknownCharacters(source, error));
    const found = faults.length;
    const tokens: IToken[] = [];
    const comments = [...(lexed.groups.comments ?? [])];
    // `||` joins conditions where there may be one; elsewhere it is one bar too many.
    let inCondition = false;
    for (let index = 0; index < lexed.tokens.length; index++) {
      const token = lexed.tokens[index]!;
      if (token.tokenType === LineEnd || token.tokenType === LeftBrace) inCondition = false;
      if (conditional.has(token.tokenType)) inCondition = true;
      const known = mistakes.get(token.tokenType);
      const mistake = known?.becomes === Or && !inCondition ? doubleBar : known;
      if (mistake && faults.length - found < faultLimit) faults.push(faultOf(source, token, mistake));
      if (mistake && !mistake.becomes) {
        comments.push(token);
      } else {
        const meant = mistake?.becomes ? retype(token, mistake.becomes, imageOf(token, mistake)) : token;
        const previous = tokens[tokens.length - 1];
        const isPart = previous !== undefined && isLabelBrace(lexed.tokens, index, previous);
        if (isPart) tokens.push(retype(meant, LabelLeft));
        else tokens.push(previous === undefined ? meant : inContext(previous, meant));
      }
    }
    return { tokens, comments, faults };
  };
}

const conditional = new Set<TokenType>([Act, If, Let, LeftParen]);
const doubleBar: Mistake = { code: 'syntax/operator', becomes: Bar };

/** Where the text of a token ends. */
export const endOf = (token: IToken): number => token.startOffset + token.image.length;

/** From the start of one token to the end of another, or of the same one. */
export const spanOf = (source: string, first: IToken, last: IToken = first): Span => ({
  source,
  start: first.startOffset,
  end: endOf(last),
});

/** The same place read as another token. */
export function retype(token: IToken, tokenType: TokenType, image = token.image): IToken {
  return { ...token, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0, image };
}

/**
 * Whether a brace begins the computed part of a label: right behind a dot, `features.{i}`, or right behind a word where the
 * label goes on or ends right behind the closing brace, `layer{i}:`, which nothing else looks like.
 */
function isLabelBrace(tokens: readonly IToken[], index: number, previous: IToken): boolean {
  const brace = tokens[index]!;
  if (brace.tokenType !== LeftBrace || endOf(previous) !== brace.startOffset) return false;
  if (previous.tokenType === Dot) return true;
  if (!tokenMatcher(previous, Word)) return false;
  let end = index + 1;
  while (tokens[end] && !closesLabelPart.has(tokens[end]!.tokenType)) end++;
  const [closing, next] = [tokens[end], tokens[end + 1]];
  return (
    closing?.tokenType === RightBrace &&
    (next?.tokenType === Colon || next?.tokenType === Dot) &&
    endOf(closing) === next.startOffset
  );
}

/** A computed part holds no braces and stands on one line. */
const closesLabelPart = new Set<TokenType>([RightBrace, LeftBrace, LineEnd]);

/** Calls and indices are told by what stands right before them. */
function inContext(previous: IToken, token: IToken): IToken {
  const type = token.tokenType;
  if (type !== LeftParen && type !== LeftBracket) return token;
  if (endOf(previous) !== token.startOffset) return token;
  const before = previous.tokenType;
  const afterName = tokenMatcher(previous, Name);
  if (type === LeftParen) return afterName ? retype(token, CallLeft) : token;
  return afterName || before === RightParen || before === RightBracket ? retype(token, IndexLeft) : token;
}

/** What the parser reads in the place of a mistake. It keeps its length, so that offsets stay true. */
function imageOf({ image }: IToken, mistake: Mistake): string {
  if (mistake.code === 'syntax/quotes' && image.length > 1) return `"${image.slice(1, -1)}"`;
  return mistake.code === 'syntax/operator' ? image.replaceAll('×', 'x') : image;
}

function faultOf(source: Source, token: IToken, mistake: Mistake): SyntaxFault {
  const span = spanOf(source.name, token);
  const written = token.image;
  const replace = (text: string) => ({ fix: { title: text, edits: [{ span, text }] } });
  switch (mistake.code) {
    case 'syntax/string':
      return syntaxFault(mistake.code, span, { written }, replace(`${written.trimEnd()}"`));
    case 'syntax/quotes': {
      const inner = written.slice(1).replace(/['“”"»‘’`]$/, '');
      return syntaxFault(mistake.code, span, { written }, replace(`"${inner.replaceAll('"', '\\"')}"`));
    }
    case 'syntax/comment': {
      const inner = written.replace(/^\/[/*]+\s?/, '').replace(/\s*\*\/$/, '');
      const remedy = /[\n\r]/.test(inner) ? {} : replace(`# ${inner}`);
      return syntaxFault(mistake.code, span, { mark: written.slice(0, 2) }, remedy);
    }
    case 'syntax/arrow':
      return syntaxFault(mistake.code, span, { written }, replace('->'));
    case 'syntax/operator': {
      const { instead, edit } = mistake === doubleBar ? { instead: '|', edit: '|' } : meantOperator(written);
      return syntaxFault(mistake.code, span, { written, instead }, edit === undefined ? {} : replace(edit));
    }
  }
}

/** What is meant by an operator of another language, for people and, where that is all, as an edit. */
function meantOperator(written: string): { readonly instead: string; readonly edit?: string } {
  const called = functions[written];
  if (called !== undefined) return { instead: called };
  const instead = operators[written] ?? written.replaceAll('×', 'x');
  return { instead, edit: written === '!' ? 'not ' : instead };
}

/** Python's `//` and powers are functions here, which one replaced sign does not say. */
const functions: Readonly<Record<string, string>> = {
  '//': 'floor(a / b)',
  '**': 'pow(a, b)',
  '^': 'pow(a, b)',
};

const operators: Readonly<Record<string, string>> = {
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∙': '*',
  ...Object.fromEntries([...'‐‑–—−'].map((dash) => [dash, '-'])),
};

/** Characters that look like others or like nothing, by name and by what was meant. */
const lookalikes: Readonly<Record<string, { readonly name: string; readonly instead: string }>> = {
  '\u00a0': { name: 'a no-break space', instead: ' ' },
  '\u2009': { name: 'a thin space', instead: ' ' },
  '\u202f': { name: 'a narrow no-break space', instead: ' ' },
  '\u3000': { name: 'an ideographic space', instead: ' ' },
  '\u200b': { name: 'a zero-width space', instead: '' },
  '\u200c': { name: 'a zero-width non-joiner', instead: '' },
  '\u200d': { name: 'a zero-width joiner', instead: '' },
  '\u00ad': { name: 'a soft hyphen', instead: '' },
};

function unknownCharacters(source: Source, error: ILexingError): SyntaxFault {
  const span = { source: source.name, start: error.offset, end: error.offset + error.length };
  const written = source.text.slice(span.start, span.end);
  const first = written.codePointAt(0) ?? 0;
  const character = String.fromCodePoint(first);
  const known = lookalikes[character];
  // Controls, formats and halves of pairs cannot be shown; they have their number for a name.
  const name = known?.name ?? (/[\p{C}\p{Z}\p{M}]/u.test(character) ? codePoint(first) : undefined);
  const meant = written.length <= 8 ? [...written].map((each) => lookalikes[each]?.instead) : [undefined];
  const text = meant.every((each) => each !== undefined) ? meant.join('') : undefined;
  return syntaxFault(
    'syntax/character',
    span,
    { character: name === codePoint(first) ? '' : character, ...(name !== undefined && { name }) },
    text === undefined
      ? {}
      : { fix: { title: text.trim() === '' ? 'remove it' : `\`${text}\``, edits: [{ span, text }] } },
  );
}

const codePoint = (value: number) => `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
