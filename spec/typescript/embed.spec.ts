import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { embed } from '../../scripts/embed.ts';

describe('The texts that the compiler carries along', () => {
  for (const [path, text] of embed()) {
    it(`are fresh in ${path}: else run \`npm run generate\``, () => {
      expect(readFileSync(path, 'utf8') === text).to.equal(true);
    });
  }
});
