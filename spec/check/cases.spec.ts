import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { hasErrors } from '../../compiler/fault.ts';
import { annotate, checkText, repaired } from './annotate.ts';

const folder = 'spec/cases';
const update = process.env.UPDATE === '1';

/** A heading, maybe words, and the net below it. */
const netBlock = /^## (.*)\n((?:(?!## |```).*\n)*)```net\n([\s\S]*?)```\n/gm;

/** Each file of `spec/cases/` with nets and what is expected of them; `UPDATE=1` writes down what is found. */
describe('the literate cases', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
    describe(file, () => {
      const path = `${folder}/${file}`;
      const text = readFileSync(path, 'utf8');
      const updated = text.replace(
        netBlock,
        (_, title, gap, code) => `## ${title}\n${gap}\`\`\`net\n${annotate(code)}\`\`\`\n`,
      );

      before(() => {
        if (update) writeFileSync(path, updated);
      });

      for (const [index, [, title = '', , code = '']] of [...text.matchAll(netBlock)].entries()) {
        it(title, () => {
          const found = [...updated.matchAll(netBlock)][index]![3];
          if (!update) expect(found).to.equal(code);
        });

        const { faults } = checkText(code);
        if (faults.some(({ fix }) => fix)) {
          it(`${title}: the offered edits repair it`, () => {
            const fixed = repaired(code, faults)!;
            const rest = faults.filter(({ fix }) => !fix).map((each) => each.code);
            const { faults: left } = checkText(fixed);
            const codes = left.map((each) => each.code);
            // What has no edit may go on, but nothing that had one, and nothing new.
            expect(codes, fixed).to.deep.equal(codes.filter((each) => rest.includes(each)));
            if (!hasErrors(faults.filter(({ fix }) => !fix))) expect(hasErrors(left), fixed).to.equal(false);
          });
        }
      }
    });
  }
});
