import { expect } from 'chai';
import { Editor } from './editor.ts';

const source = `import Tail from "./tail.net"

let classes = 10

## Doubles what it gets.
act twice(x, by = 2) = x > 0 ? by * x : x / by

block Body in->out (k=3, act=relu) {
  skip = conv in->out k=k p=same
  if k > 1 { act } else { twice by=3 }
  add skip
}

net Main(image: [3, H, 16]) -> [classes] {
  features: Body 3->8 k5 | maxpool 2 | residual { Body 8->8 }
  repeat 2 as i { more.{i}: conv 8->8 k3 p1 | "a # b"?
  globalavgpool | linear ->classes; Tail
}
`.replaceAll('\n', '\r\n');

/** Every request about a text, or about a place of it. */
const requests: readonly (readonly [method: string, more: object])[] = [
  ['textDocument/completion', {}],
  ['textDocument/hover', {}],
  ['textDocument/signatureHelp', {}],
  ['textDocument/definition', {}],
  ['textDocument/references', { context: { includeDeclaration: true } }],
  ['textDocument/documentHighlight', {}],
  ['textDocument/documentSymbol', {}],
  ['textDocument/foldingRange', {}],
  ['textDocument/documentLink', {}],
  ['textDocument/codeLens', {}],
  ['textDocument/semanticTokens/full', {}],
  ['textDocument/formatting', { options: {} }],
  ['textDocument/onTypeFormatting', { ch: '\n', options: {} }],
  ['netc/diagram', {}],
  ['netc/summary', {}],
];

describe('a text that is typed', () => {
  it('has an answer to everything, wherever it ends and breaks', async () => {
    const editor = await Editor.start();
    editor.write('tail.net', 'block Tail { softmax }\n');
    const text = await editor.open('main.net', '');
    let length = 0;
    while (length < source.length) {
      // Steps that hit the middle and the end of words, and the middle of line ends.
      const next = Math.min(source.length, length + 1 + (length % 13));
      await text.append(source.slice(length, next));
      length = next;
      const end = text.whole().end;
      const params = { ...text.only(), position: end, range: text.whole(), positions: [end] };
      const ranged = ['textDocument/inlayHint', 'textDocument/selectionRange', 'textDocument/rangeFormatting'];
      await Promise.all([
        ...requests.map(([method, more]) => editor.connection.sendRequest(method, { ...params, ...more })),
        ...ranged.map((method) => editor.connection.sendRequest(method, { ...params, options: {} })),
        editor.connection.sendRequest('textDocument/codeAction', { ...params, context: { diagnostics: [] } }),
      ]);
    }
    expect((await editor.diagnostics(text)).length).to.be.greaterThan(0);
    expect(editor.logged).to.deep.equal([]);
    await editor.stop();
  });
});
