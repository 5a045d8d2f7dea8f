import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { analyze } from '../../compiler/compile.ts';
import { type Fault, hasErrors } from '../../compiler/fault.ts';
import { faultsToJson } from '../../compiler/report/json.ts';
import { renderFaults } from '../../compiler/report/report.ts';
import { solveSizes } from '../../compiler/sizes/sizes.ts';
import { summarize } from '../../compiler/summary.ts';
import { examples } from '../grammar/examples.ts';
import { mangled } from '../mangled.ts';

const texts = [
  ...readdirSync('examples')
    .filter((file) => file.endsWith('.net'))
    .map((file) => readFileSync(`examples/${file}`, 'utf8')),
  ...readdirSync('spec/cases').flatMap((file) =>
    [...readFileSync(`spec/cases/${file}`, 'utf8').matchAll(/^```net\n([\s\S]*?)^```/gm)].map((match) => match[1]!),
  ),
  ...examples,
];

describe('a mangled file', () => {
  it('is checked without an exception, and what is said of it can be shown', () => {
    fc.assert(
      fc.property(mangled(texts), (text) => {
        const { value, faults } = analyze({ name: 'x.net', text });
        expect(renderFaults(faults, new Map([['x.net', text]]))).to.be.a('string');
        for (const { range } of faultsToJson(faults, new Map([['x.net', text]])).diagnostics)
          expect(range.end.offset).to.be.at.least(range.start.offset);
        for (const fault of faults) expectEditsInside(fault, text);
        if (hasErrors(faults)) return;
        for (const graph of value.graphs) {
          summarize(graph, undefined);
          solveSizes(graph);
        }
      }),
      { numRuns: 600 },
    );
  });
});

/** The edits of a fix do not overlap, and lie in the text. */
function expectEditsInside({ fix }: Fault, text: string): void {
  let last = 0;
  for (const { span } of fix?.edits.toSorted((left, right) => left.span.start - right.span.start) ?? []) {
    expect(span.start).to.be.at.least(last);
    expect(span.end).to.be.within(span.start, text.length);
    last = span.end;
  }
}
