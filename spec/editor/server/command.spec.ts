import { expect } from 'chai';
import { type Workplace, workplace } from '../../cli/command.ts';

describe('netc lsp', () => {
  let place: Workplace;
  before(() => {
    place = workplace();
  });
  after(() => place.remove());

  it('says who starts it, where it is not asked to speak with an editor', async () => {
    const { code, output, messages } = await place.netc('lsp');
    expect(code).to.equal(2);
    expect(output).to.equal('');
    expect(messages).to.contain('netc lsp --stdio').and.contain('docs/editors.md');
  });

  it('says in its help how one comes to use it', async () => {
    const { code, output } = await place.netc('lsp --help');
    expect(code).to.equal(0);
    expect(output).to.contain('--stdio').and.contain('Neovim').and.contain('docs/editors.md');
  });
});
