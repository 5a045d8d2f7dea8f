import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { manual } from '../../scripts/manual.ts';

describe('the reference pages of the manual', () => {
  for (const [path, text] of manual()) {
    it(`are fresh in ${path}: else run \`npm run generate\``, () => {
      expect(readFileSync(path, 'utf8') === text).to.equal(true);
    });
  }
});
