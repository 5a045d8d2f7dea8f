import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { analyze, format } from '../compiler/index.ts';
import { exampleFiles, generatedExamples } from '../scripts/generated-examples.ts';

describe('the examples', () => {
  it('are there', () => {
    expect(exampleFiles()).to.include.members(['examples/digits.net', 'examples/lenet.net']);
  });

  for (const file of exampleFiles()) {
    const source = { name: file, text: readFileSync(file, 'utf8') };

    it(`${file} checks without a word`, () => {
      expect(analyze(source).faults).to.deep.equal([]);
    });

    it(`${file} is in the canonical layout`, () => {
      expect(format(source).value).to.equal(source.text);
    });
  }

  it('are compiled to what is committed (npm run generate)', async () => {
    for (const { path, text } of await generatedExamples()) {
      expect(existsSync(path) && readFileSync(path, 'utf8') === text, path).to.equal(true);
    }
  });
});
