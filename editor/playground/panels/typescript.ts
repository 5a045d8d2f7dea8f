import { StreamLanguage } from '@codemirror/language';

const keywords = new Set(
  `as async await break case class const continue default do else export extends false for from function if implements import in
  instanceof interface let new null of private public readonly return satisfies static super switch this throw true try type
  typeof undefined void while`.split(/\s+/),
);

/** Generated code in colour: enough of TypeScript to tell words, numbers, strings and comments apart. */
export const typescript = StreamLanguage.define<{ isComment: boolean }>({
  name: 'typescript',
  startState: () => ({ isComment: false }),
  token(stream, state) {
    if (state.isComment || stream.match('/*')) {
      state.isComment = !stream.match(/.*?\*\//);
      if (state.isComment) stream.skipToEnd();
      return 'blockComment';
    }
    if (stream.match(/\/\/.*/)) return 'lineComment';
    if (stream.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/)) return 'string';
    if (stream.match(/(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b/i)) return 'number';
    const word = stream.match(/[A-Za-z_$][\w$]*/);
    if (word) {
      const [text] = word as RegExpMatchArray;
      if (keywords.has(text)) return 'keyword';
      if (/^[A-Z]/.test(text)) return 'typeName';
      return stream.match(/\s*\(/, false) ? 'variableName.function' : 'variableName';
    }
    if (stream.eatSpace()) return null;
    stream.next();
    return 'punctuation';
  },
});
