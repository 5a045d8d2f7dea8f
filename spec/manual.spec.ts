import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { analyze } from '../compiler/compile.ts';
import { expectSameResults } from './lower/nets.ts';

/** Imports of the manual find their files from where its pages stand. */
const files = { read: (name: string) => ({ text: readFileSync(name, 'utf8') }) };

/** Every ```net block of the hand-written pages is a whole file that checks without a word, and runs. */
describe('the examples of the manual', () => {
  for (const page of ['README.md', 'docs/language.md']) {
    const blocks = [...readFileSync(page, 'utf8').matchAll(/^```net\n([\s\S]*?)^```/gm)].map((match) => match[1]!);

    it(`${page} has some`, () => {
      expect(blocks).to.not.be.empty;
    });

    blocks.forEach((text, index) => {
      it(`${page}, example ${index + 1} (${/^(?:import|net|act|block) \w+/m.exec(text)?.[0]}) checks and runs`, () => {
        const { value, faults } = analyze({ name: page, text }, { files });
        expect(faults.map(({ code, span }) => `${code} at \`${text.slice(span.start, span.end)}\``)).to.deep.equal([]);
        expect(value.graphs).to.not.be.empty;
        for (const graph of value.graphs) if (graph.symbols.length === 0) expectSameResults(graph);
      });
    });
  }
});
