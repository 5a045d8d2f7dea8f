import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { format } from '../compiler/index.ts';
import { exampleFiles, generatedExamples, readExample } from '../scripts/generated-examples.ts';

describe('the examples', () => {
  const blocks = readdirSync('examples/blocks').map((file) => `examples/blocks/${file}`);

  it('are there', () => {
    expect(exampleFiles()).to.include.members(['examples/digits.net', 'examples/lenet.net']);
  });

  for (const file of [...exampleFiles(), ...blocks]) {
    it(`${file} checks without a word`, () => {
      expect(readExample(file).faults).to.deep.equal([]);
    });

    it(`${file} is in the canonical layout`, () => {
      const text = readFileSync(file, 'utf8');
      expect(format({ name: file, text }).value).to.equal(text);
    });
  }

  it('are compiled to what is committed (npm run generate)', async () => {
    const made = await generatedExamples();
    const kept = readdirSync('examples/generated').map((file) => `examples/generated/${file}`);
    expect(kept).to.have.members(made.map(({ path }) => path));
    for (const { path, text } of made) expect(readFileSync(path, 'utf8') === text, path).to.equal(true);
  });
});
