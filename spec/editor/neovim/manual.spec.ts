import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { defaultSettings } from '../../../editor/server/protocol.ts';
import { parserTokens } from '../../../grammar/tokens.ts';
import { documentedConfigurations } from './neovim.ts';

/** What docs/editors.md and the files for Vim say is what the server and the lexer have. */
describe('the manual of editors', () => {
  const text = readFileSync('docs/editors.md', 'utf8');
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block]) => block!);

  it('lists the settings of the server', () => {
    const named = [...text.matchAll(/^\| `netc\.([\w.]+)` \|/gm)].map(([, name]) => name);
    const settings = Object.entries(defaultSettings).flatMap(([section, values]) =>
      Object.keys(values).map((name) => `${section}.${name}`),
    );
    expect(named).to.deep.equal(settings);
  });

  it('starts the server everywhere by the same words', () => {
    const starts = text.match(/.*['"]lsp['"].*/g) ?? [];
    expect(starts).to.have.length.above(6);
    for (const line of starts) expect(line).to.match(/['"]lsp['"](?:\.into\(\))?,? ['"]--stdio['"]/);
  });

  it('has JSON that can be read', () => {
    for (const block of blocks('json'))
      expect(() => JSON.parse(block.startsWith('{') ? block : `{${block}}`)).not.to.throw();
  });

  it('has lines for new and for old versions of Neovim', () => {
    const [recent, older] = documentedConfigurations();
    expect(recent).to.include('vim.lsp.enable');
    expect(older).to.include('vim.lsp.start_client').and.not.include('vim.lsp.enable');
  });

  it('colours every keyword in Vim', () => {
    const syntax = readFileSync('editor/neovim/syntax/netc.vim', 'utf8');
    const words = parserTokens.map(({ PATTERN }) => PATTERN).filter((word) => /^[a-z]+$/.test(String(word)));
    expect(words).to.include.members(['net', 'repeat', 'true']);
    for (const word of words) expect(syntax, String(word)).to.match(new RegExp(`^syntax .*\\b${word}\\b`, 'm'));
  });
});
