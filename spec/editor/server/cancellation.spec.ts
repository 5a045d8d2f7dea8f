import { expect } from 'chai';
import { CancellationTokenSource, DocumentSymbolRequest, HoverRequest } from 'vscode-languageserver-protocol/node';
import { Editor, failure } from './editor.ts';
import { longNet } from './texts.ts';

/** Its analysis takes seconds: much longer than a message needs. */
const long = longNet(40_000);

describe('long work of the language server', () => {
  let editor: Editor;

  beforeEach(async () => {
    editor = await Editor.start();
  });
  afterEach(() => editor.stop());

  it('stops for a newer text, and is done for that one', async () => {
    const text = await editor.open('long.net', long);
    const outdated = editor.connection.sendRequest(DocumentSymbolRequest.type, text.only());
    // By then the analysis has begun.
    await pause();
    await text.replace(text.text.slice(text.text.indexOf('{')), '{ wrong }');
    expect(await failure(outdated)).to.equal(contentModified);
    expect((await editor.diagnostics(text)).map(({ code }) => code)).to.deep.equal(['name/unknown']);
    expect(editor.history(text.uri).map(({ version }) => version)).to.deep.equal([2]);
  });

  it('stops for a request that is cancelled', async () => {
    // One that asks for diagnostics, so that nothing else analyzes the text.
    const asking = await Editor.start({ capabilities: { textDocument: { diagnostic: {} } } });
    const text = await asking.open('long.net', long);
    const source = new CancellationTokenSource();
    const cancelled = asking.connection.sendRequest(DocumentSymbolRequest.type, text.only(), source.token);
    await pause();
    source.cancel();
    expect(await failure(cancelled)).to.equal(requestCancelled);
    await asking.stop();
  });

  it('does not begin with a request that was cancelled while it waited', async () => {
    const text = await editor.open('a.net', 'net A(x: [3]) { r<|>elu }');
    const source = new CancellationTokenSource();
    const cancelled = editor.connection.sendRequest(HoverRequest.type, text.at(), source.token);
    source.cancel();
    expect(await failure(cancelled)).to.equal(requestCancelled);
  });

  it('is done in the end, for a text that was changed again and again', async () => {
    const small = await editor.open('small.net', 'net A(x: [3]) { wrong }');
    expect(await editor.diagnostics(small)).to.have.length(1);
    const text = await editor.open('long.net', longNet(10_000));
    await text.replace('conv 8->8', 'conv 8->9');
    await text.replace('conv 8->9', 'conv 8->8');
    await small.replace('wrong', 'relu');
    expect(await editor.diagnostics(small)).to.deep.equal([]);
    expect(await editor.diagnostics(text)).to.deep.equal([]);
  });
});

const contentModified = -32801;
const requestCancelled = -32800;

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}
