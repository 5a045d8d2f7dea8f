import type { IToken } from 'chevrotain';
import { closers, isOpeningBrace } from './brackets.ts';
import { faultLimit, type SyntaxFault, syntaxFault } from './fault.ts';
import { endOf, spanOf } from './lexer.ts';
import type { Source } from './source.ts';
import * as t from './tokens.ts';

/** An opening sign without its closing one, and the index before which that is put. */
export interface Gap {
  readonly opener: number;
  readonly before: number;
}

/** A body whose opening brace is missing behind the head of its declaration. */
export function missingOpening(source: Source, head: IToken, closing: IToken): SyntaxFault {
  const place = spanOf(source.name, head);
  return syntaxFault(
    'syntax/unopened',
    spanOf(source.name, closing),
    { close: '}' },
    {
      because: [{ span: place, message: '`{` is missing behind this' }],
      fix: { title: 'insert `{`', edits: [{ span: { ...place, start: place.end }, text: ' {' }] },
    },
  );
}

/** A closing sign that nothing opened. */
export function strayClosing(source: Source, token: IToken): SyntaxFault {
  const span = spanOf(source.name, token);
  const fix = { title: `remove \`${token.image}\``, edits: [{ span, text: '' }] };
  return syntaxFault('syntax/unopened', span, { close: token.image }, { fix });
}

/** One fault for each place where closing signs are missing. */
export function missingClosings(source: Source, tokens: readonly IToken[], gaps: readonly Gap[]): SyntaxFault[] {
  const places = new Map<number, Gap[]>();
  for (const gap of gaps) {
    const key = 2 * gap.before + (isOpeningBrace(tokens[gap.opener]!) ? 1 : 0);
    places.set(key, [...(places.get(key) ?? []), gap]);
  }
  return [...places.values()].slice(0, faultLimit).map((missing) => {
    const openers = missing.map(({ opener }) => tokens[opener]!).sort((a, b) => b.startOffset - a.startOffset);
    const first = openers[0]!;
    let index = missing[0]!.before;
    while (tokens[index - 1]!.tokenType === t.LineEnd) index--;
    const before = tokens[index - 1]!;
    const span = spanOf(source.name, before);
    const end = { ...span, start: span.end };
    const close = openers.map((opener) =>
      isOpeningBrace(opener) ? '}' : closers.get(opener.tokenType) === t.RightParen ? ')' : ']',
    );
    const text = isOpeningBrace(first)
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
