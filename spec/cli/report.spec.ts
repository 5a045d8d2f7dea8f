import { expect } from 'chai';
import fc from 'fast-check';
import { type Fault, fault } from '../../compiler/fault.ts';
import { faultsToJson } from '../../compiler/report/json.ts';
import { renderFaults, tally } from '../../compiler/report/report.ts';

describe('a report of faults', () => {
  it('looks as the design of the language says', () => {
    const text = `## A net.
net LeNet(image: [3, 36, 36]) {
  conv1: conv 3->6 k5 | relu | maxpool 2
  conv2: conv 6->16 k5 | relu | maxpool 2
  flatten
  fc1: linear 400->120 | relu
}
`;
    const features = mistake(text, '400', {
      because: [{ span: spanOf(text, 'flatten'), message: 'gives [576] here: 16 × 6 × 6' }],
      fix: {
        title: 'linear 576->120',
        alternative: 'or let it be inferred: linear ->120',
        edits: [{ span: spanOf(text, '400'), text: '576' }],
      },
    });
    expect(render(text, features)).to.equal(`\
error[shape/features]: \`linear\` is written for 400 features, but receives 576
  ┌ lenet.net:6:15
5 │   flatten
  │   ------- gives [576] here: 16 × 6 × 6
6 │   fc1: linear 400->120 | relu
  │               ^^^ 576
  = fix: linear 576->120        (or let it be inferred: linear ->120)`);
  });

  const frames: readonly [name: string, text: string, marked: string, frame: string][] = [
    ['puts carets below wide characters', 'x = 画像 | 400', '400', '1 │ x = 画像 | 400\n  │            ^^^ 576'],
    ['puts carets below emoji and combining marks', '# 👩‍👩‍👧 é 400', '400', '1 │ # 👩‍👩‍👧 é 400\n  │        ^^^ 576'],
    ['shows a tab as two spaces', '\t\t400', '400', '1 │     400\n  │     ^^^ 576'],
    ['marks the place after the last character', 'net X(', '', '1 │ net X(\n  │       ^ 576'],
    ['marks an empty line at the end of the file', 'net X(\n', '', '2 │\n  │ ^ 576'],
    ['marks a span up to the end of its line', 'a\nb\nc', 'b\n', '2 │ b\n  │ ^ 576'],
    ['marks what lies between the signs of a line end', 'a\r\nb', '\n', '1 │ a\n  │  ^ 576'],
    [
      'shows the first and the last line of a long span',
      'net {\n  1\n  2\n  3\n  }',
      'net {\n  1\n  2\n  3\n  }',
      '1 │ net {\n  │ ^^^^^\n  ⋮\n5 │   }\n  │   ^ 576',
    ],
    ['shows control characters as pictures', 'a\x1b[31m400', '400', '1 │ a␛[31m400\n  │       ^^^ 576'],
    ['shows marks of direction by their numbers', 'a\u202e400', '400', '1 │ a<U+202E>400\n  │          ^^^ 576'],
    ['knows lines that end with a carriage return', 'a\r\nb 400\r\n', '400', '2 │ b 400\n  │   ^^^ 576'],
  ];
  for (const [name, text, marked, frame] of frames) {
    it(name, () => {
      const [, , ...rows] = render(text, mistake(text, marked)).split('\n');
      expect(rows.join('\n')).to.equal(frame);
    });
  }

  it('cuts long lines around what is marked', () => {
    const text = `${'a '.repeat(50_000)}400 ${'b '.repeat(50_000)}`;
    const [, place, line, carets] = render(text, mistake(text, '400')).split('\n');
    expect(place).to.equal('  ┌ lenet.net:1:100001');
    expect(line)
      .to.match(/^1 │ ….*a 400 b.*…$/)
      .and.have.lengthOf(126);
    expect(line!.indexOf('400')).to.equal(carets!.indexOf('^^^'));
  });

  it('shows a long line once more for a mark that is far away', () => {
    const text = `first ${'a '.repeat(500)}400`;
    const because = [{ span: spanOf(text, 'first'), message: 'the cause' }];
    const [, , first, cause, second, place] = render(text, mistake(text, '400', { because })).split('\n');
    expect([first!.slice(0, 9), cause]).to.deep.equal(['1 │ first', '  │ ----- the cause']);
    expect([second!.slice(-3), place!.slice(-3)]).to.deep.equal(['400', '576']);
  });

  it('leaves out lines between marks, and shows a single one', () => {
    const text = 'one\ntwo\nthree\nfour\nfive\n400';
    const because = ['one', 'three'].map((word) => ({ span: spanOf(text, word), message: word }));
    expect(
      render(text, mistake(text, '400', { because }))
        .split('\n')
        .slice(2),
    ).to.deep.equal([
      '1 │ one',
      '  │ --- one',
      '2 │ two',
      '3 │ three',
      '  │ ----- three',
      '  ⋮',
      '6 │ 400',
      '  │ ^^^ 576',
    ]);
  });

  it('marks the calls that led into a block, and those of other files in frames of their own', () => {
    const text = 'block B { 400 }\nnet N { B }';
    const trace = [
      { span: { source: 'other.net', start: 4, end: 5 }, message: 'called here' },
      { span: { ...spanOf(text, 'B }'), end: spanOf(text, 'B }').start + 1 }, message: 'called here' },
    ];
    const texts = new Map([
      ['other.net', 'net A {}'],
      ['lenet.net', text],
    ]);
    expect(
      renderFaults([mistake(text, '400', { trace })], texts)
        .split('\n')
        .slice(1),
    ).to.deep.equal([
      '  ┌ lenet.net:1:11',
      '1 │ block B { 400 }',
      '  │           ^^^ 576',
      '2 │ net N { B }',
      '  │         - called here',
      '  ┌ other.net:1:5',
      '1 │ net A {}',
      '  │     - called here',
    ]);
  });

  it('names a file without a text once', () => {
    const span = { source: 'x.npy', start: 0, end: 0 };
    const missing = fault('file/missing', span, { path: 'x.npy' });
    expect(render('', missing)).to.equal('error[file/missing]: there is no file `x.npy`');
    const broken = fault('input/npy', span, { why: 'it is cut off' });
    expect(render('', broken).split('\n')[1]).to.equal('  ┌ x.npy');
  });

  it('keeps hostile words short and harmless', () => {
    const evidence = { layer: '\x1b[2J'.repeat(1000), written: '1', received: '2' };
    const report = render('', fault('shape/features', { source: 'lenet.net', start: 0, end: 0 }, evidence));
    expect(report).to.have.length.below(600);
    expect(report).to.not.include('\x1b');
  });

  it('marks the end of a long line whose cut falls into a character', () => {
    const text = `a😀${'a'.repeat(119)}`;
    const report = render(text, mistake(text, ''));
    expect(report.split('\n').filter((line) => line.includes('^'))).to.have.length(1);
  });

  it('renders any span of any text in short lines without control characters', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '\t', '\n', '\r\n', '画', '👩‍👩‍👧', '\u0301', '\x1b', '\ud800'),
      maxLength: 400,
    });
    const offset = fc.integer({ min: -5, max: 1000 });
    fc.assert(
      fc.property(text, fc.array(fc.tuple(offset, offset), { minLength: 1, maxLength: 4 }), (written, spans) => {
        const places = spans.map(([start, end]) => ({ source: 'lenet.net', start, end }));
        const because = places.slice(1).map((span) => ({ span, message: 'the cause' }));
        const evidence = { layer: 'linear', written: '400', received: '576' };
        const lines = render(written, fault('shape/features', places[0]!, evidence, { because })).split('\n');
        for (const line of lines) {
          expect(line).to.have.length.below(1000);
          expect(line).to.not.match(/\p{Cc}/u);
        }
        expect(lines.filter((line) => line.includes('^'))).to.not.be.empty;
      }),
    );
  });

  it('sorts by file and place, and counts', () => {
    const text = '1 2 400 400';
    const later = mistake(text, '400');
    const first = mistake(text, '1');
    const lines = render(text, later, first).split('\n');
    expect(lines.filter((line) => line.includes('┌'))).to.deep.equal(['  ┌ lenet.net:1:1', '  ┌ lenet.net:1:5']);
    expect(tally([later, first])).to.equal('2 errors');
    expect(tally([later])).to.equal('1 error');
    expect(tally([])).to.equal('no errors');
  });

  it('paints with the palette that it is given', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const palette = {
      error: tag('error'),
      warning: tag('warning'),
      hint: tag('hint'),
      message: tag('message'),
      frame: tag('frame'),
      cause: tag('cause'),
      fix: tag('fix'),
    };
    const report = renderFaults([mistake('400', '400')], new Map([['lenet.net', '400']]), palette);
    expect(report.split('\n')).to.deep.equal([
      '<error>error[shape/features]</error><message>: `linear` is written for 400 features, but receives 576</message>',
      '  <frame>┌ lenet.net:1:1</frame>',
      '<frame>1 │</frame> 400',
      '  <frame>│</frame> <error>^^^ 576</error>',
    ]);
  });

  it('has a form for tools, with lines and columns from 1', () => {
    const text = 'a\r\n  400\n';
    const because = [{ span: spanOf(text, 'a'), message: 'the cause' }];
    const fix = { title: '576', edits: [{ span: spanOf(text, '400'), text: '576' }] };
    const json = faultsToJson([mistake(text, '400', { because, fix })], new Map([['lenet.net', text]]));
    const range = { start: { line: 2, column: 3, offset: 5 }, end: { line: 2, column: 6, offset: 8 } };
    expect(JSON.parse(JSON.stringify(json))).to.deep.equal({
      version: 1,
      diagnostics: [
        {
          file: 'lenet.net',
          severity: 'error',
          code: 'shape/features',
          message: '`linear` is written for 400 features, but receives 576',
          range,
          because: [
            {
              file: 'lenet.net',
              range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } },
              message: 'the cause',
            },
          ],
          fix: { title: '576', edits: [{ range, text: '576' }] },
        },
      ],
    });
  });
});

function render(text: string, ...faults: Fault[]): string {
  return renderFaults(faults, new Map([['lenet.net', text]]));
}

/** A fault at the first place of these words; at the end of the text where there are none. */
function mistake(text: string, words: string, extra: Parameters<typeof fault>[3] = {}): Fault {
  const evidence = { layer: 'linear', written: '400', received: '576' };
  return fault('shape/features', spanOf(text, words), evidence, extra);
}

function spanOf(text: string, words: string) {
  const start = words === '' ? text.length : text.indexOf(words);
  return { source: 'lenet.net', start, end: start + words.length };
}
