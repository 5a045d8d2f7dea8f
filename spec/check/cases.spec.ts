import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { hasErrors } from '../../compiler/fault.ts';
import { annotate, checkText, countFaults, faultText, repaired, repairsText } from './annotate.ts';

const folder = 'spec/cases';
const update = process.env.UPDATE === '1';

/** A heading, maybe words, the net below it, and the causes and edits of its faults. */
const netBlock = /^## (.*)\n((?:(?!## |```).*\n)*)```net\n([\s\S]*?)```\n(?:\n?```repairs\n([\s\S]*?)```\n)?/gm;

function blockText(title: string, gap: string, code: string): string {
  const repairs = repairsText(code);
  return `## ${title}\n${gap}\`\`\`net\n${annotate(code)}\`\`\`\n${repairs && `\n\`\`\`repairs\n${repairs}\`\`\`\n`}`;
}

/** Each file of `spec/cases/` with nets and what is expected of them; `UPDATE=1` writes down what is found. */
describe('the literate cases', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
    describe(file, () => {
      const path = `${folder}/${file}`;
      const text = readFileSync(path, 'utf8');

      before(() => {
        if (!update) return;
        writeFileSync(
          path,
          text.replace(netBlock, (_, title, gap, code) => blockText(title, gap, code)),
        );
      });

      for (const [whole, title = '', gap = '', code = ''] of text.matchAll(netBlock)) {
        it(title, () => {
          if (!update) expect(whole).to.equal(blockText(title, gap, code));
        });

        const { faults } = checkText(code);
        const repairable = faults.filter(({ fix }) => fix);
        if (repairable.length > 0) {
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
        if (repairable.length > 1) {
          it(`${title}: each offered edit repairs its own mistake`, () => {
            const before = countFaults(code);
            for (const fault of repairable) {
              const key = faultText(code, fault);
              const fixed = repaired(code, [fault])!;
              expect(countFaults(fixed).get(key) ?? 0, `${key} in ${fixed}`).to.be.below(before.get(key)!);
            }
          });
        }
      }
    });
  }
});
