import { expect } from 'chai';
import fc from 'fast-check';
import { codeLenses, lensText } from '../../compiler/ide/code-lens.ts';
import { foldingRanges } from '../../compiler/ide/folding.ts';
import { formatOnType } from '../../compiler/ide/formatting.ts';
import { inlayHints } from '../../compiler/ide/inlay-hints.ts';
import { documentLinks } from '../../compiler/ide/links.ts';
import type { TextRange } from '../../compiler/ide/range.ts';
import { selectionRange } from '../../compiler/ide/selection.ts';
import { semanticTokens } from '../../compiler/ide/semantic-tokens.ts';
import { type Snapshot, snapshot } from '../../compiler/ide/snapshot.ts';
import { type DocumentSymbol, documentSymbols } from '../../compiler/ide/symbols.ts';
import { whatIf } from '../../compiler/ide/what-if.ts';
import { mangled } from '../mangled.ts';
import { exampleTexts } from './example-texts.ts';
import { exampleFiles, exampleSnapshot } from './examples.ts';

/** What must hold of every answer about a text, however it is written. */
describe('the structure of any text', () => {
  it('is told for all examples', () => {
    for (const file of exampleFiles) {
      const taken = exampleSnapshot(file);
      const { length } = taken.source.text;
      expectRight(
        taken,
        [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1].map((part) => Math.floor(part * length)),
      );
    }
  });

  it('is told for mangled texts', () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(mangled(exampleTexts), places, fc.boolean(), (written, parts, isWindows) => {
        const text = isWindows ? written.replaceAll('\n', '\r\n') : written;
        const taken = snapshot({ name: 'x.net', text });
        expectRight(
          taken,
          parts.map((part) => Math.floor(part * text.length)),
        );
      }),
      { numRuns: 120 },
    );
  });

  function expectRight(taken: Snapshot, offsets: readonly number[]): void {
    const { text } = taken.source;
    expectTokens(taken);
    expectFolds(taken);
    expectOutline(documentSymbols(taken), { start: 0, end: text.length });
    for (const { span } of documentLinks(taken)) expectInside(span, { start: 0, end: text.length });
    for (const lens of codeLenses(taken)) expect(lensText(taken, lens)).to.be.a('string').and.not.equal('');
    expectHints(taken);
    for (const offset of offsets) {
      expectSelection(taken, offset);
      for (const typed of ['}', '\n', '|']) {
        for (const { span } of formatOnType(taken, offset, typed)) expectInside(span, { start: 0, end: text.length });
      }
    }
  }

  function expectInside(inner: TextRange, outer: TextRange): void {
    expect(inner.start).to.be.within(outer.start, inner.end);
    expect(inner.end).to.be.at.most(outer.end);
  }

  function expectTokens(taken: Snapshot): void {
    const { text } = taken.source;
    let end = 0;
    const tokens = semanticTokens(taken);
    for (const token of tokens) {
      expect(token.start).to.be.at.least(end);
      expect(token.end).to.be.greaterThan(token.start);
      expect(text.slice(token.start, token.end)).to.not.match(/[\r\n]/);
      end = token.end;
    }
    expect(end).to.be.at.most(text.length);
  }

  function expectFolds(taken: Snapshot): void {
    const { text } = taken.source;
    const open: TextRange[] = [{ start: -1, end: text.length }];
    for (const fold of foldingRanges(taken)) {
      while (fold.start >= open.at(-1)!.end) open.pop();
      expect(fold.start).to.be.greaterThan(open.at(-1)!.start);
      expect(fold.end).to.be.within(fold.start + 1, open.at(-1)!.end);
      expect(text.slice(fold.start, fold.end)).to.match(/[\r\n]/);
      open.push(fold);
    }
  }

  function expectOutline(symbols: readonly DocumentSymbol[], around: TextRange): void {
    for (const { name, span, selection, children } of symbols) {
      expect(name).to.not.equal('');
      expectInside(span, around);
      expectInside(selection, span);
      expectOutline(children, span);
    }
  }

  function expectHints(taken: Snapshot): void {
    const { text } = taken.source;
    const whole = inlayHints(taken, { start: 0, end: text.length });
    for (const [index, { offset, label }] of whole.entries()) {
      expect(offset).to.be.within(whole[index - 1]?.offset ?? 0, text.length);
      expect(label.length).to.be.within(1, 20);
    }
    const range = { start: Math.floor(text.length / 3), end: Math.floor(text.length / 2) };
    const inside = whole.filter(({ offset }) => range.start <= offset && offset <= range.end);
    expect(inlayHints(taken, range)).to.deep.equal(inside);
  }

  function expectSelection(taken: Snapshot, offset: number): void {
    const { text } = taken.source;
    const ranges = selectionRange(taken, offset);
    for (const [index, range] of ranges.entries()) {
      const inner = ranges[index - 1] ?? { start: offset, end: offset };
      expectInside(inner, range);
      if (index > 0) expect(range.end - range.start).to.be.greaterThan(inner.end - inner.start);
    }
    if (text !== '') expect(ranges.at(-1)).to.deep.include({ start: 0, end: text.length });
  }

  it('is a question that any shape may be asked of', () => {
    fc.assert(
      fc.property(mangled(['[3, 32, 32]', '[3, H, W]', 'i32[2 * n, 4]']), (shape) => {
        const taken = snapshot({ name: 'x.net', text: 'let n = 2\nnet N(a: [3, 32, 32]) -> [3, 32, 32] { relu }' });
        expect(whatIf(taken, 'N', { a: shape })).to.be.a('string');
      }),
      { numRuns: 120 },
    );
  });
});
