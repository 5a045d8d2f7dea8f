import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { tokenize } from '../../../grammar/lexer.ts';
import { lineStarts, positionAt } from '../../../grammar/source.ts';
import { Name, tokenTable } from '../../../grammar/tokens.ts';
import { workplace } from '../../cli/command.ts';
import { Neovim } from './neovim.ts';

const blocks = `\
## Convolves twice.
block Twice in->out {
  conv in->out k3 p1 | relu
  conv out->out k3 p1 | relu
}
`;

const net = `\
import Twice from "./blocks.net"

net Wrong(image: [3, 32, 32]) -> [10] {
  Twice 3->8
  flatten
  linear 400->10
}
`;

/** A real Neovim with exactly the lines that docs/editors.md gives. What it lacks, the machine lacks. */
describe('Neovim, as docs/editors.md sets it up,', () => {
  let neovim: Neovim;
  /** The files of a test, in a folder of their own. */
  let folder: string;
  const path = (name: string) => join(folder, name);
  const until = (body: string) => neovim.until(body);

  before(async () => {
    neovim = await Neovim.start();
  });
  after(() => neovim.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(neovim.folder, 'test-'));
    writeFileSync(path('blocks.net'), blocks);
    writeFileSync(path('wrong.net'), net);
    await neovim.command(`edit ${path('wrong.net')}`);
    await until('return #vim.diagnostic.get(0) > 0');
  });
  afterEach(async () => {
    await neovim.type('<C-\\><C-N>');
    await neovim.command('call setqflist([]) | call setloclist(0, []) | silent only | %bwipeout!');
  });

  it('shows a mistake in its place', async () => {
    expect(await neovim.diagnostics()).to.deep.equal([
      '6:10-13 `linear` is written for 400 features, but receives 8192',
    ]);
  });

  it('mends it by the quick fix that is chosen, and saves what netc check finds right', async () => {
    await neovim.lua(`
      vim.ui.select = function(items, options, choose)
        offered = vim.tbl_map(options.format_item, items)
        choose(items[1], 1)
      end`);
    await neovim.moveTo('400');
    await neovim.type('gra');
    await until('return #vim.diagnostic.get(0) == 0');
    expect(await neovim.lua('return offered')).to.include.members(['linear 8192->10', 'linear ->10']);
    await neovim.command('write');
    expect(readFileSync(path('wrong.net'), 'utf8')).to.equal(net.replace('400', '8192'));
    const place = workplace();
    expect(await place.netc('check wrong.net', { folder })).to.deep.equal({
      code: 0,
      output: 'wrong.net: Wrong(image: [3, 32, 32]) -> [10]\n',
      messages: '',
    });
    place.remove();
  });

  it('says what a word is', async () => {
    await neovim.moveTo('Twice 3');
    await neovim.type('K');
    const shown = await until(`
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\\n')
        end
      end`);
    expect(shown).to.include('Convolves twice.').and.include('[8, 32, 32]');
  });

  it('goes to a definition in another file', async () => {
    await neovim.moveTo('Twice 3');
    await neovim.type('<C-]>');
    await until("return vim.fn.expand('%:t') == 'blocks.net'");
    expect(await neovim.lua("return { vim.fn.line('.'), vim.fn.expand('<cword>') }")).to.deep.equal([2, 'Twice']);
  });

  it('lists references in all files', async () => {
    await neovim.moveTo('Twice 3');
    await neovim.type('grr');
    await until('return #vim.fn.getqflist() > 0');
    const places = await neovim.lua(`
      return vim.tbl_map(function(each)
        return ('%s:%d'):format(vim.fn.fnamemodify(vim.fn.bufname(each.bufnr), ':t'), each.lnum)
      end, vim.fn.getqflist())`);
    expect(places).to.have.members(['blocks.net:2', 'wrong.net:1', 'wrong.net:4']);
  });

  it('renames in all files', async () => {
    await neovim.lua("vim.ui.input = function(_, confirm) confirm('Double') end");
    await neovim.moveTo('Twice 3');
    await neovim.type('grn');
    await until("return vim.fn.search('Double 3', 'n') > 0");
    expect(await neovim.text()).to.equal(net.replaceAll('Twice', 'Double'));
    await neovim.command('wall');
    expect(readFileSync(path('blocks.net'), 'utf8')).to.equal(blocks.replace('Twice', 'Double'));
  });

  it('completes', async () => {
    await neovim.moveTo('flatten');
    await neovim.type('Obatchn<C-x><C-o>');
    await until('return vim.fn.pumvisible() == 1');
    expect(
      await neovim.lua(
        "return vim.tbl_map(function(each) return each.abbr end, vim.fn.complete_info({ 'items' }).items)",
      ),
    ).to.include('batchnorm');
  });

  it('lists what a file declares', async () => {
    await neovim.type('gO');
    await until('return #vim.fn.getloclist(0) + #vim.fn.getqflist() > 0');
    expect(
      await neovim.lua(`
        return vim.tbl_map(function(each) return each.text end, vim.list_extend(vim.fn.getloclist(0), vim.fn.getqflist()))`),
    ).to.satisfy((items: string[]) => items.some((item) => item.includes('Wrong')));
  });

  it('lays a file out when it is saved', async () => {
    await neovim.type('Gonet   Second( x:[4] ){relu}<Esc>');
    await until("return vim.fn.search('Second( x', 'n') > 0");
    await neovim.command('write');
    expect(readFileSync(path('wrong.net'), 'utf8')).to.equal(`${net}net Second(x: [4]) { relu }\n`);
  });

  it('knows comments and the width of a level', async () => {
    expect(
      await neovim.lua('return { vim.bo.filetype, vim.bo.commentstring, vim.bo.shiftwidth, vim.bo.expandtab }'),
    ).to.deep.equal(['netc', '# %s', 2, true]);
  });

  it('has colours from editor/neovim, which agree with the lexer', async () => {
    await neovim.lua(`vim.opt.runtimepath:append(${JSON.stringify(resolve('editor/neovim'))}) vim.cmd('syntax on')`);
    const groups: readonly [scope: string, group: RegExp][] = [
      ['comment', /^netc(Comment|Documentation)$/],
      ['keyword.declaration', /^netcDeclaration$/],
      ['keyword.control', /^netcControl$/],
      ['keyword.operator.word', /^netcWordOperator$/],
      ['keyword.operator', /^netcSign$/],
      ['constant.language', /^netcBoolean$/],
      // A part of a label may be a number.
      ['constant.numeric', /^netc(Number|Label)$/],
      ['string', /^netcText$/],
    ];
    for (const example of ['swin_t', 'efficientnet_b0', 'gpt', 'mobilenet_v3_large']) {
      const name = resolve(`examples/${example}.net`);
      await neovim.command(`edit ${name}`);
      const text = readFileSync(name, 'utf8');
      const starts = lineStarts(text);
      const { tokens, comments } = tokenize({ name, text });
      const expected = [...tokens, ...comments].flatMap(({ tokenType, startOffset, image }) => {
        const scope = tokenTable.find(({ type }) => type === tokenType)?.scope;
        const [, group] = groups.find(([prefix]) => scope?.startsWith(prefix)) ?? [];
        // Some words are keywords where a declaration begins alone.
        if (!group || tokenType.CATEGORIES?.includes(Name)) return [];
        return [{ group, image, ...positionAt(starts, startOffset) }];
      });
      expect(expected).to.not.be.empty;
      const places = expected.map(({ line, column }) => [line, column]);
      const found = (await neovim.lua(`
        return vim.tbl_map(function(place)
          return vim.fn.synIDattr(vim.fn.synID(place[1], place[2], 1), 'name')
        end, vim.fn.json_decode([=[${JSON.stringify(places)}]=]))`)) as string[];
      for (const [index, { group, image, line }] of expected.entries()) {
        expect(found[index], `${image} in line ${line} of ${example}`).to.match(group);
      }
    }
  });
});
