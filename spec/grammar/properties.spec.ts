import { expect } from 'chai';
import fc from 'fast-check';
import { faultLimit } from '../../grammar/fault.ts';
import { parse } from '../../grammar/parse.ts';
import { format } from '../../grammar/print.ts';
import type { Span } from '../../grammar/source.ts';
import { mangled, pieces } from '../mangled.ts';
import { examples } from './examples.ts';
import { programs } from './programs.ts';
import { normalized, repaired } from './support.ts';

const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join(''));
const anything = fc.oneof(
  { weight: 6, arbitrary: mangled(examples) },
  { weight: 4, arbitrary: soup },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

describe('whatever the text', () => {
  it('the parser gives a tree, and faults in the order of the text, all within its bounds', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { value, faults } = parse({ name: 'x.net', text });
        expect(faults.length).to.be.at.most(faultLimit);
        expectInside(value, { source: 'x.net', start: 0, end: text.length });
        let last = 0;
        for (const { span, fix, because } of faults) {
          expect(span.start).to.be.at.least(last);
          last = span.start;
          for (const place of [span, ...(because ?? []).map((each) => each.span)]) expectPlace(place, text);
          let end = 0;
          for (const edit of fix?.edits ?? []) {
            expectPlace(edit.span, text);
            expect(edit.span.start).to.be.at.least(end);
            end = edit.span.end;
          }
        }
        expect(isWhole(value) || faults.length > 0).to.equal(true);
      }),
      { numRuns: 600 },
    );
  });

  it('a fix changes the text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const fault of parse({ name: 'x.net', text }).faults) {
          if (fault.fix) expect(repaired(text, fault)).not.to.equal(text);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('formatting keeps the tree, and formatting again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...examples), anything, mangledGently), (text) => {
        const { value, faults } = format({ name: 'x.net', text });
        if (faults.length > 0) return expect(value).to.equal(text) && undefined;
        const after = parse({ name: 'x.net', text: value });
        expect(after.faults).to.deep.equal([]);
        expect(normalized(after.value)).to.deep.equal(normalized(parse({ name: 'x.net', text }).value));
        expect(format({ name: 'x.net', text: value }).value).to.equal(value);
      }),
      { numRuns: 600 },
    );
  });

  it('generated programs of every construct are read without a fault, and printing keeps what they say', () => {
    fc.assert(
      fc.property(programs, (text) => {
        const before = parse({ name: 'x.net', text });
        expect(before.faults.map(({ code, span }) => `${code} at ${text.slice(span.start, span.end)}`)).to.deep.equal(
          [],
        );
        const { value } = format({ name: 'x.net', text });
        expect(normalized(parse({ name: 'x.net', text: value }).value)).to.deep.equal(normalized(before.value));
        expect(format({ name: 'x.net', text: value }).value).to.equal(value);
      }),
      { numRuns: 300 },
    );
  });
});

/** A file in which only what lies between tokens has changed, so that it still parses. */
const mangledGently = fc
  .tuple(
    fc.constantFrom(...examples),
    fc.array(fc.constantFrom(' ', '  ', '\t', '  # c\n', '\n', '\n\n\n', ' # d\n\n# e\n'), { minLength: 1 }),
  )
  .map(([text, blanks]) => {
    let next = 0;
    const blank = () => blanks[next++ % blanks.length]!;
    return text.replace(/\n| (?=\|)|(?<=[[(,]) ?/g, (written) => {
      const put = blank();
      return written === '\n' && !put.includes('\n') ? `${put}\n` : written === '' && !put.includes('\n') ? '' : put;
    });
  });

function expectPlace(span: Span, text: string): void {
  expect(span.start).to.be.at.least(0);
  expect(span.end).to.be.at.least(span.start).and.at.most(text.length);
}

/** Every part of a tree lies within the part that it belongs to. */
function expectInside(node: unknown, outer: Span): void {
  if (typeof node !== 'object' || node === null) return;
  const span = 'span' in node ? (node.span as Span) : outer;
  expect(span.start, JSON.stringify(node)).to.be.at.least(outer.start);
  expect(span.end, JSON.stringify(node)).to.be.at.least(span.start).and.at.most(outer.end);
  for (const [key, part] of Object.entries(node)) if (key !== 'span') expectInside(part, span);
}

function isWhole(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return true;
  return !('kind' in node && node.kind === 'broken') && Object.values(node).every(isWhole);
}
