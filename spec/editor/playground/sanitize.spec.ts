import { expect } from 'chai';
import fc from 'fast-check';
import { sanitize } from '../../../editor/playground/sanitize.ts';

describe('documentation from a text of anybody', () => {
  it('keeps what Markdown gives', () => {
    const html =
      '<p>a <strong>b</strong> &lt; <code class="language-net">c</code></p>\n<hr>\n<table><thead><tr><th>d</th></tr></thead></table>';
    expect(sanitize(html)).to.equal(html);
  });

  it('opens links elsewhere', () => {
    expect(sanitize('<a href="https://example.org/?a=1&amp;b=2">a</a>')).to.equal(
      '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">a</a>',
    );
  });

  for (const [evil, harmless] of [
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<img src=x onerror="alert(1)">', '&lt;img src=x onerror="alert(1)"&gt;'],
    ['<p onclick="alert(1)">a</p>', '<p>a</p>'],
    ['<P CLASS="a" style="position:fixed">a</P>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
    ['<a title="&quot; href=" href="data:text/html,a">a</a>', '<a>a</a>'],
    ['<p class="a" onclick="b">', '<p class="a">'],
    ['<svg/onload=alert(1)>', '&lt;svg/onload=alert(1)>'],
    ['<<p>p onclick=alert(1)>', '&lt;<p>p onclick=alert(1)>'],
    ['<!-- a --><p', '&lt;!-- a -->&lt;p'],
  ] as const) {
    it(`makes ${evil} harmless`, () => {
      expect(sanitize(evil)).to.equal(harmless);
    });
  }

  it('has no tag but its own, whatever is written', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      "'",
      ' ',
      'p',
      'a',
      'img',
      'on=',
      'href=',
      'https://',
      '=',
      '&lt;',
      '\n',
      'class=',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (written) => {
        const tags = sanitize(written.join('')).match(/<[^>]*>?/g) ?? [];
        const own =
          /^<\/?[pa]( class="[\w -]+")?( href="https:\/\/[^"<>]*" target="_blank" rel="noopener noreferrer")?>$/;
        for (const tag of tags) expect(tag).to.match(own);
      }),
    );
  });
});
