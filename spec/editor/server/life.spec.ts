import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { DocumentSymbolRequest, HoverRequest, InitializeRequest } from 'vscode-languageserver-protocol/node';
import { Editor, failure } from './editor.ts';
import { longNet } from './texts.ts';

describe('the life of the language server', () => {
  it('says who it is and what it can', async () => {
    const editor = await Editor.spawn();
    const { serverInfo, capabilities } = await editor.initialize();
    expect(serverInfo?.name).to.equal('netc');
    expect(capabilities.hoverProvider).to.equal(true);
    expect(capabilities.positionEncoding).to.equal('utf-16');
    expect(await editor.stop()).to.equal(0);
  });

  it('answers nothing before it is initialized, and is initialized once', async () => {
    const editor = await Editor.spawn();
    const place = { textDocument: { uri: editor.uri('a.net') }, position: { line: 0, character: 0 } };
    expect(await failure(editor.connection.sendRequest(HoverRequest.type, place))).to.equal(-32002);
    await editor.initialize();
    const again = { processId: null, rootUri: null, capabilities: {} };
    expect(await failure(editor.connection.sendRequest(InitializeRequest.type, again))).to.equal(-32600);
    await editor.stop();
  });

  it('is not ended by a cancellation of nothing', async () => {
    const editor = await Editor.start();
    const text = await editor.open('a.net', 'net A(x: [3]) { relu }');
    await editor.connection.sendNotification('$/cancelRequest', null);
    expect(await editor.connection.sendRequest(DocumentSymbolRequest.type, text.only())).to.not.be.empty;
    expect(await editor.stop()).to.equal(0);
  });

  it('answers nothing after it was shut down', async () => {
    const editor = await Editor.start();
    await editor.connection.sendRequest('shutdown');
    const place = { textDocument: { uri: editor.uri('a.net') }, position: { line: 0, character: 0 } };
    expect(await failure(editor.connection.sendRequest(HoverRequest.type, place))).to.equal(-32600);
    const ended = once(editor.process, 'exit');
    await editor.connection.sendNotification('exit');
    expect(await ended).to.deep.equal([0, null]);
  });

  it('ends with 1 where it was not asked to shut down before', async () => {
    const editor = await Editor.start();
    const ended = once(editor.process, 'exit');
    await editor.connection.sendNotification('exit');
    expect(await ended).to.deep.equal([1, null]);
  });

  it('ends when the editor closes its end', async () => {
    const editor = await Editor.start();
    const ended = once(editor.process, 'exit');
    editor.process.stdin.end();
    expect(await ended).to.deep.equal([1, null]);
  });

  it('answers first what was asked before', async () => {
    const editor = await Editor.start();
    const ended = once(editor.process, 'exit');
    const text = await editor.open('a.net', 'net A(x: [3]) { relu }');
    const symbols = editor.connection.sendRequest(DocumentSymbolRequest.type, text.only());
    const done = editor.connection.sendRequest('shutdown');
    await editor.connection.sendNotification('exit');
    expect(await symbols).to.be.an('array');
    expect(await done).to.equal(null);
    expect(await ended).to.deep.equal([0, null]);
  });

  it('ends in the middle of a long analysis', async () => {
    const editor = await Editor.start();
    await editor.open('long.net', longNet(40_000));
    const ended = once(editor.process, 'exit');
    editor.process.stdin.end();
    expect(await ended).to.deep.equal([1, null]);
  });

  it('ends when the editor is gone and something else holds its pipes', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const editor = await Editor.spawn();
    const ended = once(editor.process, 'exit');
    await editor.connection.sendRequest(InitializeRequest.type, { processId: gone, rootUri: null, capabilities: {} });
    expect(await ended).to.deep.equal([1, null]);
  });

  describe('with what is no message', () => {
    it('says so of a body that is no JSON, and goes on', async () => {
      const editor = await Editor.start();
      editor.process.stdin.write(framed('{"jsonrpc": '));
      editor.process.stdin.write(framed('42'));
      editor.process.stdin.write(framed('null'));
      editor.process.stdin.write(framed('[]'));
      editor.process.stdin.write(framed('{"jsonrpc":"2.0","method":"$/unheardOf"}'));
      editor.process.stdin.write(
        framed('{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":7}}'),
      );
      editor.process.stdin.write(framed('{"jsonrpc":"2.0","method":"textDocument/didChange"}'));
      expect(await failure(editor.connection.sendRequest('textDocument/unheardOf', {}))).to.equal(-32601);
      expect(await failure(editor.connection.sendRequest(HoverRequest.type.method, {}))).to.equal(-32602);
      const text = await editor.open('a.net', 'net A(x: [3]) { relu }');
      expect(await editor.diagnostics(text)).to.deep.equal([]);
      expect(await editor.stop()).to.equal(0);
    });

    it('ends where it cannot tell where messages begin', async () => {
      const editor = await Editor.start();
      const ended = once(editor.process, 'exit');
      editor.process.stdin.write('hello\r\n\r\n');
      expect(await ended).to.deep.equal([1, null]);
    });
  });
});

function framed(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
