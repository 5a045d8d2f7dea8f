import { StreamLanguage, type StreamParser } from '@codemirror/language';
import type { HighlightRow } from './rows.ts';

/** netc's texts to CodeMirror, by the lexer's own table of tokens: colours, brackets, comments and indentation. */
export function netcLanguage(rows: readonly HighlightRow[]): StreamLanguage<Line> {
  return StreamLanguage.define(streamParser(rows));
}

/** What indentation follows from: the last line that is not blank. */
interface Line {
  indent: number;
  /** Whether it ends with a bracket that it opens. */
  opens: boolean;
}

export function streamParser(rows: readonly HighlightRow[]): StreamParser<Line> {
  const token = new RegExp(rows.map(({ pattern }) => `(${pattern})`).join('|'), 'y');
  return {
    name: 'netc',
    startState: () => ({ indent: 0, opens: false }),
    token(stream, line) {
      if (stream.sol()) line.indent = stream.indentation();
      token.lastIndex = stream.pos;
      const match = token.exec(stream.string);
      const text = match?.[0];
      if (!match || !text) {
        stream.next();
        return null;
      }
      stream.pos += text.length;
      const tag = rows[match.findIndex((part, index) => index > 0 && part !== undefined) - 1]!.tag;
      if (text.trim() !== '' && tag !== 'lineComment') line.opens = /[{([]/.test(text);
      return tag ?? null;
    },
    indent: ({ indent, opens }, textAfter, { unit }) =>
      Math.max(0, indent + (opens ? unit : 0) - (/^\s*[}\])]/.test(textAfter) ? unit : 0)),
    languageData: {
      commentTokens: { line: '#' },
      closeBrackets: { brackets: ['(', '[', '{', '"'] },
      indentOnInput: /^\s*[}\])]$/,
    },
  };
}
