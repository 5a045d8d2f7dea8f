import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { areApart } from '../../compiler/ide/actions/ranges.ts';
import { applyEdits } from '../../compiler/ide/edits.ts';
import { codeActions, snapshot } from '../../compiler/ide.ts';
import { type Fault, severityOf } from '../../compiler/index.ts';
import { checkText } from '../check/annotate.ts';
import { mangled } from '../mangled.ts';

describe('to fix all', () => {
  const fixed = (text: string) => {
    const actions = codeActions(snapshot({ name: 'case.net', text }), { start: 0, end: 0 }, ['source.fixAll']);
    for (const { edits } of actions) expect(areApart(edits)).to.equal(true);
    return actions[0] ? applyEdits(text, actions[0].edits) : undefined;
  };
  const errors = (faults: readonly Fault[]) => faults.filter((fault) => severityOf(fault) === 'error').length;
  const cases = readdirSync('spec/cases').flatMap((file) =>
    [...readFileSync(`spec/cases/${file}`, 'utf8').matchAll(/^```net\n([\s\S]*?)```/gm)].map(([, text = '']) => text),
  );

  it('leaves no edit to be made, and never more errors, in all cases', () => {
    for (const text of cases) {
      const { faults } = checkText(text);
      const result = fixed(text);
      expect(result !== undefined, text).to.equal(faults.some(({ fix }) => fix));
      if (result === undefined) continue;
      const left = checkText(result).faults;
      expect(errors(left), result).to.be.at.most(errors(faults));
      expect(
        left.filter(({ fix }) => fix).map(({ code }) => code),
        result,
      ).to.deep.equal([]);
    }
  });

  it('goes on with what the first edits bring to light', () => {
    const text = 'net N(image: [3, 32, 32]) -> [10] {\n  cnov 4->6 k5 | rleu\n  flatten\n  linear 400->10\n}\n';
    expect(fixed(text)).to.equal(
      'net N(image: [3, 32, 32]) -> [10] {\n  conv 3->6 k5 | relu\n  flatten\n  linear 4704->10\n}\n',
    );
  });

  it('never makes more errors of any text', () => {
    fc.assert(
      fc.property(mangled(cases), (text) => {
        const result = fixed(text);
        if (result !== undefined)
          expect(errors(checkText(result).faults)).to.be.at.most(errors(checkText(text).faults));
      }),
      { numRuns: 150 },
    );
  });

  it('is given only where it is asked for', () => {
    const text = 'net N(x: [8]) { rleu }';
    const kinds = codeActions(snapshot({ name: 'case.net', text }), { start: 0, end: 0 }).map(({ kind }) => kind);
    expect(kinds).to.not.include('source.fixAll.netc');
  });
});
