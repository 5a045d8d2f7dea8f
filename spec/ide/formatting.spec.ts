import { expect } from 'chai';
import fc from 'fast-check';
import { changesBetween } from '../../compiler/ide/alignment.ts';
import { applyEdits } from '../../compiler/ide/edits.ts';
import { formatEdits, formatOnType } from '../../compiler/ide/formatting.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';
import { parse } from '../../grammar/parse.ts';
import { format } from '../../grammar/print.ts';
import { normalized } from '../grammar/support.ts';
import { mangled } from '../mangled.ts';
import { exampleTexts } from './example-texts.ts';
import { marked } from './marked.ts';

const taken = (text: string) => snapshot({ name: 'x.net', text });
const canonical = (text: string) => format({ name: 'x.net', text }).value;
const tree = (text: string) => normalized(parse({ name: 'x.net', text }).value);

/** A text with other blanks and line ends, which mean the same or nearly so. */
const untidy = fc
  .tuple(
    fc.constantFrom(...exampleTexts),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(' ', '\t', '\n', '  # c\n', '')), {
      maxLength: 30,
    }),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([text, changes, lineEnd]) => {
    const blanks = [...text.matchAll(/[ \n]+/g)];
    const at = new Map(changes.map(([place, blank]) => [Math.floor(place * blanks.length), blank]));
    let index = 0;
    const changed = text.replace(/[ \n]+/g, (blank) => blank + (at.get(index++) ?? ''));
    return changed.replaceAll('\n', lineEnd);
  });

describe('formatting', () => {
  it('makes the canonical layout of any text that parses, and leaves others alone', () => {
    fc.assert(
      fc.property(fc.oneof(untidy, mangled(exampleTexts)), (text) => {
        expect(applyEdits(text, formatEdits(taken(text)))).to.equal(canonical(text));
      }),
      { numRuns: 100 },
    );
  });

  it('is of edits that are small, in order, and apart', () => {
    const text = 'net N(a: [3, 8, 8]) {\n      conv  3 -> 4 k=3|relu   \n\n\n\n  flatten  # c\n}\n';
    const edits = formatEdits(taken(text));
    expect(edits.map(({ span, text: by }) => [text.slice(span.start, span.end), by])).to.deep.equal([
      ['    ', ''],
      [' ', ''],
      [' ', ''],
      [' ', ''],
      ['=3', '3 '],
      ['', ' '],
      ['   ', ''],
      ['\n\n', ''],
    ]);
  });

  it('has no edits for what is laid out already', () => {
    for (const text of exampleTexts) expect(formatEdits(taken(text))).to.deep.equal([]);
  });

  it('keeps the line ends of the text', () => {
    const text = 'net N(a: [3]) {\r\nrelu\r\n  | tanh }\r\n';
    const result = applyEdits(text, formatEdits(taken(text)));
    expect(result).to.equal('net N(a: [3]) {\r\n  relu\r\n    | tanh\r\n}\r\n');
  });

  it('ends a text with one line end, and lines without blanks', () => {
    expect(applyEdits('let n = 1', formatEdits(taken('let n = 1')))).to.equal('let n = 1\n');
    expect(applyEdits('let n = 1  \n\n\n', formatEdits(taken('let n = 1  \n\n\n')))).to.equal('let n = 1\n');
  });

  describe('of a range', () => {
    const formatted = (source: string) => {
      const { text, ranges } = marked(source);
      return applyEdits(text, formatEdits(taken(text), ranges[0]));
    };

    it('lays out the lines that it touches', () => {
      expect(
        formatted('net N(a: [3]) {\nrelu\n [|relu|tanh\n   rel|]u\nrelu\n}'.replace('relu|tanh', 'relu  |  tanh')),
      ).to.equal('net N(a: [3]) {\nrelu\n  relu | tanh\n  relu\nrelu\n}');
    });

    it('does not touch the line that a selection ends before', () => {
      expect(formatted('net N(a: [3]) {\n[|relu\n|]relu\n}\n')).to.equal('net N(a: [3]) {\n  relu\nrelu\n}\n');
    });

    it('moves words over lines only where it has all of the logical line', () => {
      const text = 'net N(a: [3]) {\n  x = relu | # c\n    tanh\n  x\n}\n';
      expect(formatted(text.replace('relu', 'r[|e|]lu'))).to.equal(text);
      expect(formatted(text.replace('relu', 'r[|elu').replace('tanh', 'tan|]h'))).to.equal(
        'net N(a: [3]) {\n  x = relu  # c\n    | tanh\n  x\n}\n',
      );
    });

    it('leaves all other lines alone, and the meaning', () => {
      fc.assert(
        fc.property(untidy, fc.nat(), fc.nat(), (text, first, second) => {
          const [start, end] = [first % (text.length + 1), second % (text.length + 1)].sort((a, b) => a - b);
          const edits = formatEdits(taken(text), { start: start!, end: end! });
          const from = Math.max(text.lastIndexOf('\n', start! - 1), text.lastIndexOf('\r', start! - 1)) + 1;
          const to = /$/m.exec(text.slice(end))!.index + end!;
          for (const { span } of edits) {
            expect(span.start).to.be.at.least(from);
            expect(span.end).to.be.at.most(to);
          }
          expect(tree(applyEdits(text, edits))).to.deep.equal(tree(text));
        }),
        { numRuns: 100 },
      );
    });
  });

  describe('behind a brace that was typed', () => {
    const typed = (source: string) => {
      const { text, offset } = marked(source);
      return applyEdits(text, formatOnType(taken(text), offset, '}'));
    };

    it('lays out what it closes', () => {
      expect(typed('let  n=1\nnet N(a:[3]) {\nrelu|tanh\n}<|>\nlet  m=2\n')).to.equal(
        'let  n=1\nnet N(a: [3]) {\n  relu | tanh\n}\nlet  m=2\n',
      );
      expect(typed('net N(a: [3]) {\nrelu\nresidual {\nrelu\n}<|>\nrelu\n}\n')).to.equal(
        'net N(a: [3]) {\nrelu\n  residual {\n    relu\n  }\nrelu\n}\n',
      );
    });

    it('does so in a text with mistakes elsewhere', () => {
      expect(typed('let n = = 1\nnet N(a:[3]) {\nrelu|tanh\n}<|>\nnet M(').replace(/\nnet M\($/, '')).to.equal(
        'let n = = 1\nnet N(a: [3]) {\n  relu | tanh\n}',
      );
    });

    it('spares no words there, since names elsewhere may need them', () => {
      expect(typed('let k3 = = 1\nnet N(a: [3, 8, 8]) {\nconv  3->4 k=3\n}<|>\n')).to.equal(
        'let k3 = = 1\nnet N(a: [3, 8, 8]) {\n  conv 3->4 k=3\n}\n',
      );
    });

    it('leaves alone what it cannot read', () => {
      const text = 'net N(a:[3]) {\nrelu|=tanh\n}';
      expect(typed(`${text}<|>\n`)).to.equal(`${text}\n`);
      expect(typed('net N(a:[3])  }<|>\n')).to.equal('net N(a:[3])  }\n');
    });
  });

  describe('of a line that was begun', () => {
    const at = (source: string, typed: string) => {
      const { text, offset } = marked(source);
      return applyEdits(text, formatOnType(taken(text), offset, typed));
    };
    /** The line of the cursor, after a new line was typed there. */
    const fresh = (source: string) => {
      const line = source.slice(0, source.indexOf('<|>')).split('\n').length - 1;
      return at(source, '\n').split('\n')[line];
    };

    it('is as far in as its braces', () => {
      expect(fresh('net N(a: [3]) {\n<|>\n}')).to.equal('  ');
      expect(fresh('net N(a: [3]) {\n  residual {\n    relu\n<|>\n  }\n}')).to.equal('    ');
      expect(fresh('net N(a: [3]) {\n  residual {\n    relu\n  }\n      <|>\n}')).to.equal('  ');
      expect(fresh('let n = 1\n  <|>\nlet m = 2')).to.equal('');
      expect(fresh('net N(a: [3]) {\n  relu\n<|>}')).to.equal('}');
    });

    it('is further in where it goes on', () => {
      expect(fresh('net N(a: [3]) {\n  x =\n<|>\n}')).to.equal('    ');
      expect(fresh('net N(a: [3]) {\n  relu\n<|>| tanh\n}')).to.equal('    | tanh');
      expect(fresh('let n = 1 +\n<|>')).to.equal('  ');
      expect(fresh('net N(\n<|>\n) { relu }')).to.equal('  ');
      expect(fresh('net N(\n  a: [3],\n<|>\n) { relu }')).to.equal('  ');
    });

    it('goes by the lines as they stand, and by braces that nobody has closed yet', () => {
      expect(fresh('net N(a: [3]) {\n    residual {\n<|>')).to.equal('      ');
      expect(fresh('net N(a: [3]) {\n  residual {\n    relu\n  }\n<|>')).to.equal('  ');
    });

    it('moves a bar that begins a line, and no other', () => {
      expect(at('net N(a: [3]) {\n  relu\n  |<|>\n}', '|')).to.equal('net N(a: [3]) {\n  relu\n    |\n}');
      const text = 'net N(a: [3]) {\nrelu |';
      expect(at(`${text}<|>\n}`, '|')).to.equal(`${text}\n}`);
    });

    it('is the same with other line ends', () => {
      expect(at('net N(a: [3]) {\r\n<|>\r\n}\r\n', '\r\n')).to.equal('net N(a: [3]) {\r\n  \r\n}\r\n');
    });
  });
});

describe('the changes between two texts', () => {
  it('make the one of the other, whatever they are', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'k5', '|', ' ', '\n', '\r\n', '  ', '\t', '->'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, words, (left, right) => {
        const [before, after] = [left.join(''), right.join('')];
        const changes = changesBetween(before, after);
        const edits = changes.map(({ start, end, text }) => ({ span: { source: '', start, end }, text }));
        expect(applyEdits(before, edits)).to.equal(after);
        for (const [index, { start, end }] of changes.entries()) {
          expect(start).to.be.within(changes[index - 1]?.end ?? 0, end);
          // An editor cannot stand between the two signs of a line end.
          for (const at of [start, end]) expect(before.slice(at - 1, at + 1)).to.not.equal('\r\n');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
