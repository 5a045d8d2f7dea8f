import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Workplace, workplace } from './command.ts';

describe('netc fmt', () => {
  const messy = '# kept\nnet   N( x:[4] ) {\nrelu|linear   4 -> 2\n}\n';
  const tidy = '# kept\nnet N(x: [4]) {\n  relu | linear 4->2\n}\n';
  const broken = 'net N(x: [4]) {\n   linear 4->>2\n}\n';
  let place: Workplace;
  beforeEach(() => {
    place = workplace();
    place.write('messy.net', messy);
    place.write('tidy.net', tidy);
    place.write('broken.net', broken);
  });
  afterEach(() => place.remove());

  it('lays files out in place, and says nothing', async () => {
    expect(await place.netc('fmt messy.net tidy.net')).to.deep.equal({ code: 0, output: '', messages: '' });
    expect(place.read('messy.net').toString()).to.equal(tidy);
    expect(place.read('tidy.net').toString()).to.equal(tidy);
  });

  it('names with --check what it would change, and changes nothing', async () => {
    expect(await place.netc('fmt --check messy.net tidy.net')).to.deep.equal({
      code: 1,
      output: 'messy.net\n',
      messages: '',
    });
    expect(place.read('messy.net').toString()).to.equal(messy);
    expect((await place.netc('fmt --check tidy.net')).code).to.equal(0);
  });

  it('takes folders, for all .net files in them', async () => {
    expect((await place.netc('fmt --check .')).output).to.equal('messy.net\n');
    mkdirSync(join(place.folder, 'empty'));
    expect(await place.netc('fmt empty')).to.deep.equal({
      code: 2,
      output: '',
      messages: 'error: there is no .net file in `empty`\n',
    });
  });

  it('goes from the standard input to the standard output', async () => {
    expect(await place.netc('fmt -', { input: messy })).to.deep.equal({ code: 0, output: tidy, messages: '' });
  });

  it('leaves files with mistakes alone, and does the others', async () => {
    const { code, output, messages } = await place.netc('fmt broken.net messy.net nothing.net');
    expect([code, output]).to.deep.equal([1, '']);
    expect(messages)
      .to.match(/^error\[syntax\//)
      .and.include('error[file/missing]');
    expect(place.read('broken.net').toString()).to.equal(broken);
    expect(place.read('messy.net').toString()).to.equal(tidy);
  });
});
