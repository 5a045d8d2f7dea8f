import { expect } from 'chai';
import { documentLinks } from '../../compiler/ide/links.ts';
import { snapshot } from '../../compiler/ide/snapshot.ts';

describe('links', () => {
  const files = { read: (name: string) => (name === 'b/c.net' ? { text: 'block B { relu }' } : { why: 'it is not' }) };
  const links = (text: string) =>
    documentLinks(snapshot({ name: 'a.net', text }, { files })).map(({ span, target }) => [
      text.slice(span.start, span.end),
      'url' in target ? target.url : `file ${target.source}`,
    ]);

  it('go from an import to the file that it names, where there is one', () => {
    expect(links('import B from "./b/c.net"\nimport D from "./d.net"\n')).to.deep.equal([
      ['./b/c.net', 'file b/c.net'],
    ]);
  });

  it('are found in comments: in words, as they are, and papers by their number', () => {
    const text =
      '## See [the paper](https://x.org/a_(b)), http://y.org/z?q=1.\nlet n = 1  # arXiv:1505.04597v2, 2015\n';
    expect(links(text)).to.deep.equal([
      ['[the paper](https://x.org/a_(b))', 'https://x.org/a_(b)'],
      ['http://y.org/z?q=1', 'http://y.org/z?q=1'],
      ['arXiv:1505.04597v2', 'https://arxiv.org/abs/1505.04597v2'],
    ]);
  });

  it('are the address without what stands around it', () => {
    expect(
      links('# (https://x.org/a) and "https://x.org/b_(c)", <https://x.org/d>\n').map(([text]) => text),
    ).to.deep.equal(['https://x.org/a', 'https://x.org/b_(c)', 'https://x.org/d']);
  });

  it('are not found in code', () => {
    expect(links('let page = "https://x.org"\n')).to.deep.equal([]);
  });
});
