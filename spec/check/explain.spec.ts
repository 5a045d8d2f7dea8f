import { expect } from 'chai';
import { nameFaults } from '../../compiler/faults/name.ts';
import { shapeFaults } from '../../compiler/faults/shape.ts';
import { typeFaults } from '../../compiler/faults/type.ts';
import { useFaults } from '../../compiler/faults/use.ts';
import { checkText } from './annotate.ts';

/** Each example that declares something `Wrong` has the one fault that its page is about; all others have none. */
describe('the pages that explain faults', () => {
  // What a target cannot do is found after the check.
  const { 'use/target': _, ...checkedUse } = useFaults;
  const pages = { ...nameFaults, ...typeFaults, ...checkedUse, ...shapeFaults };
  for (const [code, { severity, explain }] of Object.entries(pages)) {
    const examples = [...explain.matchAll(/^```net\n([\s\S]*?)^```/gm)].map(([, text]) => text!);

    it(`${code} has an example that is right`, () => {
      expect(examples.some((text) => /^net (?!Wrong)/m.test(text))).to.equal(true);
    });

    for (const [index, text] of examples.entries()) {
      it(`${code}, example ${index + 1}`, () => {
        const expected = /\bWrong\b/.test(text) || severity === 'hint' ? [code] : [];
        expect(
          checkText(text).faults.map((fault) => fault.code),
          text,
        ).to.deep.equal(expected);
      });
    }
  }
});
