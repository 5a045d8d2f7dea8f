import { readFileSync } from 'node:fs';
import { getIndentation, StringStream } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect } from 'chai';
import { netcLanguage, streamParser } from '../../../editor/playground/editor/language.ts';
import { highlightRows } from '../../../editor/playground/editor/rows.ts';
import { tokenize } from '../../../grammar/lexer.ts';
import { tokenTable } from '../../../grammar/tokens.ts';
import { exampleFiles } from '../../../scripts/generated-examples.ts';

describe('the colours of the page', () => {
  const rows = highlightRows();
  const parser = streamParser(rows);

  it('have a row for every token of the lexer', () => {
    expect(rows).to.have.length(tokenTable.length);
    for (const [index, { scope }] of tokenTable.entries()) {
      expect(scope !== undefined && rows[index]!.tag === undefined, scope).to.equal(false);
    }
  });

  for (const file of [...exampleFiles(), 'compiler/layers/prelude.net']) {
    it(`cut ${file} as the lexer does`, () => {
      const text = readFileSync(file, 'utf8');
      const { tokens, comments } = tokenize({ name: file, text });
      const wanted = new Map<number, Piece>();
      for (const { startOffset, image, tokenType } of [...tokens, ...comments]) {
        const row = tokenTable.findIndex(({ type }) => type === tokenType);
        // Brackets are told apart by what stands before them after they are cut.
        if (row >= 0 && image.trim() !== '') wanted.set(startOffset, { image, tag: rows[row]!.tag ?? null });
      }
      const found = pieces(text);
      for (const [start, piece] of wanted) expect(found.get(start), `at ${start}`).to.deep.equal(piece);
    });
  }

  it('go on after a sign that is none of ours', () => {
    expect([...pieces('relu § 3').values()].map(({ image }) => image)).to.deep.equal(['relu', '§', '3']);
  });

  it('end a keyword where a name would end', () => {
    expect([...pieces('let lets').values()].map(({ tag }) => tag)).to.deep.equal(['definitionKeyword', null]);
  });

  interface Piece {
    readonly image: string;
    readonly tag: string | null;
  }

  function pieces(text: string): Map<number, Piece> {
    const found = new Map<number, Piece>();
    const state = parser.startState!(2);
    let start = 0;
    for (const line of text.split('\n')) {
      const stream = new StringStream(line, 2, 2);
      while (!stream.eol()) {
        stream.start = stream.pos;
        const tag = parser.token(stream, state);
        const image = stream.current();
        if (image.trim() !== '') found.set(start + stream.start, { image, tag });
      }
      start += line.length + 1;
    }
    return found;
  }
});

describe('the indentation of the page', () => {
  const language = netcLanguage(highlightRows());

  for (const [before, indent] of [
    ['net A(x: [3]) {', 2],
    ['net A(x: [3]) {  # open', 2],
    ['net A(x: [3]) {\n  relu', 2],
    ['net A(x: [3]) {\n  repeat 3 {', 4],
    ['net A(x: [3]) {\n  relu\n\n', 2],
    ['net A(x: [3]) { relu }', 0],
    ['# {', 0],
  ] as const) {
    it(`is ${indent} after ${JSON.stringify(before)}`, () => {
      expect(indentOfLast(`${before}\n`)).to.equal(indent);
    });
  }

  it('goes back for a bracket that closes', () => {
    expect(indentOfLast('net A(x: [3]) {\n  repeat 3 {\n    relu\n    }')).to.equal(2);
  });

  function indentOfLast(doc: string): number | null {
    const state = EditorState.create({ doc, extensions: [language] });
    return getIndentation(state, state.doc.line(state.doc.lines).from);
  }
});
