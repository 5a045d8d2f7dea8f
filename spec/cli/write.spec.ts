import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Workplace, workplace } from './command.ts';

describe('the files that netc writes', () => {
  let place: Workplace;
  beforeEach(() => {
    place = workplace();
    place.write('n.net', 'net N(x: [2]) { linear 2->2 }\n');
    place.write('mine', 'this is mine\n');
    mkdirSync(join(place.folder, 'folder'));
  });
  afterEach(() => place.remove());

  const commands: readonly [what: string, words: string, again: number][] = [
    ['code', 'compile n.net -o', 0],
    ['a diagram', 'plot n.net -o', 0],
    ['a curve', 'plot relu -o', 0],
    // Who knows how long they were trained?
    ['weights', 'weights n.net --init -o', 2],
  ];
  for (const [what, words, again] of commands) {
    it(`never take the place of another file without --force: ${what}`, async () => {
      const refused = await place.netc(`${words} mine`);
      expect(refused.code).to.equal(2);
      expect(refused.messages).to.match(/^error: `mine` exists .*; --force replaces it\n$/);
      expect(place.read('mine').toString()).to.equal('this is mine\n');
      expect((await place.netc(`${words} mine --force`)).code).to.equal(0);
      expect(place.read('mine').toString()).to.not.equal('this is mine\n');
    });

    it(`${again === 0 ? 'are' : 'are not'} replaced when they are written again: ${what}`, async () => {
      expect((await place.netc(`${words} file`)).code).to.equal(0);
      expect((await place.netc(`${words} file`)).code).to.equal(again);
    });
  }

  it('leave nothing beside them, whether they could be written or not', async () => {
    expect((await place.netc('compile n.net -o new.ts')).code).to.equal(0);
    const { code, messages } = await place.netc('compile n.net -o folder');
    expect([code, messages]).to.deep.equal([2, 'error: `folder` is a folder\n']);
    expect((await place.netc('compile n.net -o no/new.ts')).messages).to.equal(
      'error: `no/new.ts` cannot be written: no such file or directory\n',
    );
    expect(readdirSync(place.folder).sort()).to.deep.equal(['folder', 'mine', 'n.net', 'new.ts']);
  });

  it('never take the place of a file that cannot be read', async function () {
    // Who may do everything may read it too.
    if (process.getuid?.() === 0) this.skip();
    chmodSync(join(place.folder, 'mine'), 0o000);
    const { code, messages } = await place.netc('compile n.net -o mine');
    expect(code).to.equal(2);
    expect(messages).to.match(/^error: `mine` exists .*; --force replaces it\n$/);
  });

  it('keep links and permissions', async () => {
    await place.netc('compile n.net -o real.ts');
    chmodSync(join(place.folder, 'real.ts'), 0o600);
    symlinkSync('real.ts', join(place.folder, 'link.ts'));
    const before = statSync(join(place.folder, 'real.ts')).ino;
    expect((await place.netc('compile n.net --no-fuse -o link.ts')).code).to.equal(0);
    const after = statSync(join(place.folder, 'real.ts'));
    expect(after.ino).to.not.equal(before);
    expect(after.mode & 0o777).to.equal(0o600);
    expect(existsSync(join(place.folder, 'link.ts'))).to.equal(true);
  });

  it('may be devices', async () => {
    expect((await place.netc('compile n.net -o /dev/null')).code).to.equal(0);
    expect(statSync('/dev/null').isCharacterDevice()).to.equal(true);
  });

  it('are the standard output without -o', async () => {
    const { output } = await place.netc('compile n.net');
    await place.netc('compile n.net -o new.ts');
    expect(output).to.equal(place.read('new.ts').toString());
  });
});
