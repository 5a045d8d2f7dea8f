import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Workplace, workplace } from './cli/command.ts';

/** What the README shows of the command is what the command prints. */
describe('the README', () => {
  const text = readFileSync('README.md', 'utf8');
  const lenet = readFileSync('examples/lenet.net', 'utf8');
  const shown = [...text.matchAll(/^```console\n\$ npx netc (.*)\n([\s\S]*?)^```/gm)];

  let place: Workplace;
  before(() => {
    place = workplace();
    place.write('lenet52.net', lenet.replace('[3, 32, 32]', '[3, 52, 52]'));
    const [, unet = ''] = /^```net\n(block DoubleConv[\s\S]*?)^```/m.exec(text) ?? [];
    place.write('unet50.net', unet.replace('[1, H, W]) -> [2, H, W]', '[1, 50, 50])'));
  });
  after(() => place.remove());

  it('shows some commands', () => {
    expect(shown).to.not.be.empty;
  });

  it('begins with the network of examples/lenet.net', () => {
    expect(text).to.include(`\`\`\`net\n${lenet}\`\`\``);
  });

  for (const [, words, expected] of shown) {
    it(`shows what netc ${words} prints`, async () => {
      const folder = words!.includes('examples/') ? process.cwd() : place.folder;
      const { output, messages } = await place.netc(words!, { folder });
      expect(output + messages).to.equal(expected);
    });
  }
});
