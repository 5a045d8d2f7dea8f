import { type ILexingError, type IToken, Lexer, type TokenType, tokenMatcher } from 'chevrotain';
import { type SyntaxFault, syntaxFault } from './fault.ts';
import type { Source, Span } from './source.ts';
import {
  CallLeft,
  Dot,
  IndexLeft,
  LabelLeft,
  LeftBrace,
  LeftBracket,
  LeftParen,
  type Mistake,
  Name,
  RightBracket,
  RightParen,
  Text,
  tokenTable,
} from './tokens.ts';

export interface Lexed {
  /** Everything but blanks and comments, line ends included. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly faults: readonly SyntaxFault[];
}

/** Makes the function that cuts a text into tokens. Unknown characters are left out, and known mistakes are read as what was meant. */
export function createLexer(): (source: Source) => Lexed {
  const lexer = new Lexer(
    tokenTable.map((row) => row.type),
    { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: true },
  );
  const mistakes = new Map<TokenType, Mistake>();
  for (const row of tokenTable) if (row.mistake) mistakes.set(row.type, row.mistake);

  return (source) => {
    const lexed = lexer.tokenize(source.text);
    const faults = lexed.errors.map((error) => unknownCharacters(source, error));
    const tokens: IToken[] = [];
    const comments = [...(lexed.groups['comments'] ?? [])];
    for (const token of lexed.tokens) {
      const mistake = mistakes.get(token.tokenType);
      if (mistake) {
        const meant = repair(source, token, mistake);
        faults.push(meant.fault);
        if (meant.token) tokens.push(meant.token);
        else comments.push(token);
      } else {
        const previous = tokens[tokens.length - 1];
        tokens.push(previous === undefined ? token : inContext(previous, token));
      }
    }
    return { tokens, comments, faults };
  };
}

export const endOf = (token: IToken): number => token.startOffset + token.image.length;

export const spanOf = (source: string, first: IToken, last: IToken = first): Span => ({
  source,
  start: first.startOffset,
  end: endOf(last),
});

/** The same place read as another token. */
export function retype(token: IToken, tokenType: TokenType, image = token.image): IToken {
  return { ...token, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0, image };
}

/** Calls, indices and braces of labels are told by what stands right before them. */
function inContext(previous: IToken, token: IToken): IToken {
  const type = token.tokenType;
  if (type !== LeftParen && type !== LeftBracket && type !== LeftBrace) return token;
  if (endOf(previous) !== token.startOffset) return token;
  const before = previous.tokenType;
  if (type === LeftBrace) return before === Dot ? retype(token, LabelLeft) : token;
  const afterName = tokenMatcher(previous, Name);
  if (type === LeftParen) return afterName ? retype(token, CallLeft) : token;
  return afterName || before === RightParen || before === RightBracket ? retype(token, IndexLeft) : token;
}

function repair(source: Source, token: IToken, mistake: Mistake): { fault: SyntaxFault; token?: IToken } {
  const span = spanOf(source.name, token);
  const written = token.image;
  const replace = (text: string) => ({ fix: { title: text, edits: [{ span, text }] } });
  const read = mistake.becomes && { token: retype(token, mistake.becomes) };
  switch (mistake.code) {
    case 'syntax/string':
      return { fault: syntaxFault(mistake.code, span, { written }, replace(`${written.trimEnd()}"`)), ...read };
    case 'syntax/quotes': {
      const inner = written.slice(1).replace(/['“”"»‘’`]$/, '');
      const text = `"${inner.replaceAll('"', '\\"')}"`;
      // The image keeps its length, so that offsets stay true; the text inside is the same.
      const image = written.length > 1 ? `"${written.slice(1, -1)}"` : written;
      return { fault: syntaxFault(mistake.code, span, { written }, replace(text)), token: retype(token, Text, image) };
    }
    case 'syntax/comment': {
      const inner = written.replace(/^\/[/*]+\s?/, '').replace(/\s*\*\/$/, '');
      const remedy = /[\n\r]/.test(inner) ? {} : replace(`# ${inner}`);
      return { fault: syntaxFault(mistake.code, span, { mark: written.slice(0, 2) }, remedy) };
    }
    case 'syntax/arrow':
      return { fault: syntaxFault(mistake.code, span, { written }, replace('->')), ...read };
    case 'syntax/operator': {
      const instead = operators[written] ?? written;
      // Python's `//` rounds down, which one replaced sign does not say.
      const remedy = written === '//' ? {} : replace(written === '!' ? 'not ' : instead);
      return { fault: syntaxFault(mistake.code, span, { written, instead }, remedy), ...read };
    }
  }
}

const operators: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not', '//': 'floor(a / b)' };

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
  '\u2010': { name: 'a typographic hyphen', instead: '-' },
  '\u2011': { name: 'a non-breaking hyphen', instead: '-' },
  '\u2013': { name: 'an en dash', instead: '-' },
  '\u2014': { name: 'an em dash', instead: '-' },
  '\u2212': { name: 'a typographic minus', instead: '-' },
  '\u00d7': { name: 'a multiplication sign', instead: 'x' },
  '\u00b7': { name: 'a middle dot', instead: '*' },
  '\u2264': { name: 'a less-or-equal sign', instead: '<=' },
  '\u2265': { name: 'a greater-or-equal sign', instead: '>=' },
  '\u2260': { name: 'a not-equal sign', instead: '!=' },
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
