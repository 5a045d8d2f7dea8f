import { expect } from 'chai';
import { foldingRanges } from '../../compiler/ide/folding.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';

describe('folding', () => {
  /** Each fold as `kind first-last`, by the lines that it begins and ends on, from 1. */
  const folds = (text: string) => {
    const lineOf = (offset: number) => text.slice(0, offset).split(/\r\n|\n|\r/).length;
    return foldingRanges(snapshot({ name: 'x.net', text })).map(
      ({ kind, start, end }) => `${kind} ${lineOf(start)}-${lineOf(end)}`,
    );
  };

  it('folds braces and other brackets over lines, and leaves the line of the closing one', () => {
    expect(folds('net N(a: [3]) {\n  residual {\n    relu\n  }\n}\n')).to.deep.equal(['braces 1-4', 'braces 2-3']);
    expect(folds('net N(\n  a: [3],\n  b: [3]\n) {\n  a | add b\n}\n')).to.deep.equal(['braces 1-3', 'braces 4-5']);
    expect(folds('net N(a: [3]) {\n  concat {\n    relu\n  } {\n    tanh\n  }\n}\n')).to.deep.equal([
      'braces 1-6',
      'braces 2-3',
      'braces 4-5',
    ]);
  });

  it('folds nothing that stands on one line, or whose braces follow each other', () => {
    expect(folds('net N(a: [3]) { relu }\nblock B {\n}\n')).to.deep.equal([]);
  });

  it('has one fold for each line: the outer one', () => {
    expect(folds('net N(a: [3]) { residual {\n  relu\n} }\n')).to.deep.equal(['braces 1-2']);
  });

  it('folds comments that stand together on lines of their own', () => {
    const text = '# a\n# b\n\n# c\nlet n = 1  # d\n# e\n  # f\n## g\nlet m = 2\n';
    expect(folds(text)).to.deep.equal(['comment 1-2', 'comment 6-8']);
  });

  it('folds imports, whatever comments and empty lines are between them', () => {
    const text =
      'import A from "./a.net"\n\n# and\nimport B,\n  C from "./b.net"\nlet n = 1\nimport D from "./d.net"\n';
    expect(folds(text)).to.deep.equal(['imports 1-5']);
  });

  it('is the same with other line ends', () => {
    const text = '# a\n# b\nnet N(a: [3]) {\n  relu\n}\n';
    const expected = ['comment 1-2', 'braces 3-4'];
    for (const end of ['\n', '\r\n', '\r']) {
      const written = text.replaceAll('\n', end);
      expect(folds(written)).to.deep.equal(expected);
      for (const { start, end: last } of foldingRanges(snapshot({ name: 'x.net', text: written }))) {
        expect([written[start], written[last]]).to.deep.equal([end[0], end[0]]);
      }
    }
  });

  it('folds what is right in a text that lacks braces or has too many', () => {
    expect(folds('net N(a: [3]) {\n  add {\n    relu\n\nnet M(a: [3]) {\n  relu\n  tanh\n}\n')).to.include(
      'braces 5-7',
    );
    expect(folds('net N(a: [3]) {\n  relu\n  tanh\n}\n}\n)\n')).to.deep.equal(['braces 1-3']);
  });
});
