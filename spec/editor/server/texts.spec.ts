import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidSaveTextDocumentNotification,
  FileChangeType,
  HoverRequest,
  RenameRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol/node';
import { Editor, failure } from './editor.ts';

const versioned = { textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } } };

describe('the texts of the language server', () => {
  let editor: Editor;

  async function start(settings: Parameters<typeof Editor.start>[0] = {}): Promise<Editor> {
    editor = await Editor.start({ capabilities: versioned, ...settings });
    return editor;
  }

  afterEach(() => editor.stop());

  it('says what is wrong with a text after each change', async () => {
    await start();
    const text = await editor.open('a.net', 'net A(x: [3, 8, 8]) {\n  conv 3->6 k3 | relu\n}\n');
    expect(await editor.diagnostics(text)).to.deep.equal([]);
    await text.replace('relu', 'rellu');
    const [first, ...others] = await editor.diagnostics(text);
    expect(others).to.deep.equal([]);
    expect(first).to.deep.include({ code: 'name/unknown', severity: 1, source: 'netc' });
    expect(text.slice(first!.range)).to.equal('rellu');
    await text.replace('rellu', 'relu');
    expect(await editor.diagnostics(text)).to.deep.equal([]);
  });

  it('keeps its words where the workspace is the root of all folders', async () => {
    await start({ folders: ['../../../../../..'] });
    const text = await editor.open('a.net', 'import B from "./lib/b.net"\nnet A(x: [3]) { linear 3 / 0->4 }\n');
    const messages = (await editor.diagnostics(text)).map(({ message }) => message).join();
    expect(messages).to.include('lib/b.net').and.include('`/`');
  });

  it('checks a text that is typed fast as it is in the end', async () => {
    await start();
    const text = await editor.open('a.net', 'net A(x: [3]) { linear 3-> }');
    for (const digit of '1234567890') await text.replace(' }', `${digit} }`);
    await text.replace('linear 3', 'linear 4');
    const found = await editor.diagnostics(text);
    expect(found.map(({ code }) => code)).to.deep.equal(['shape/features']);
  });

  it('counts columns behind emoji, and lines that end with CRLF, as the editor does', async () => {
    await start();
    const text = await editor.open('a.net', '# 🦜🦜\r\nnet A(x: [3]) { # 🦜\r\n  relu # 🦜\r\n}\r\n');
    await text.replace('relu # 🦜', 'relu | lineer 3->4 # 🦜');
    const [found] = await editor.diagnostics(text);
    expect(found?.range).to.deep.equal(text.range('lineer'));
    expect(found?.range.start).to.deep.equal({ line: 2, character: 9 });
  });

  for (const [encoding, before] of [
    ['utf-8', 24],
    ['utf-32', 21],
  ] as const) {
    it(`counts in the units of ${encoding} where the editor asks for them`, async () => {
      await start({ capabilities: { ...versioned, general: { positionEncodings: [encoding] } } });
      const text = await editor.open('a.net', 'let s = "🦜"; let t = ö\n');
      const [found] = await editor.diagnostics(text);
      expect(found!.range.start).to.deep.equal({ line: 0, character: before });
      await editor.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: text.uri, version: 2 },
        contentChanges: [{ range: found!.range, text: '1' }],
      });
      expect(await editor.diagnostics({ uri: text.uri, version: 2 })).to.deep.equal([]);
    });
  }

  it('takes whole texts as well as changes of parts', async () => {
    await start();
    const text = await editor.open('a.net', 'net A(x: [3]) { wrong }');
    await editor.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: text.uri, version: 2 },
      contentChanges: [{ text: 'net A(x: [3]) { relu }' }],
    });
    expect(await editor.diagnostics({ uri: text.uri, version: 2 })).to.deep.equal([]);
  });

  it('says nothing of a text that is closed', async () => {
    await start();
    const text = await editor.open('a.net', 'net A(x: [3]) { wrong }');
    expect(await editor.diagnostics(text)).to.have.length(1);
    await text.close();
    await editor.until(() => editor.history(text.uri).at(-1)?.diagnostics.length === 0);
  });

  describe('that import others', () => {
    const main = 'import Body from "./body.net"\nnet Main(x: [3]) { Body }\n';
    const body = 'import Tail from "./parts/tail.net"\nblock Body { relu | Tail }\n';

    it('reads what is open before what is on the disk, and checks again what imports it, however far', async () => {
      await start();
      editor.write('body.net', body);
      editor.write('parts/tail.net', 'block Tail { wrong }\n');
      const importing = await editor.open('main.net', main);
      expect(await editor.diagnostics(importing)).to.have.length(1);
      const tail = await editor.open('parts/tail.net', 'block Tail { tanh }\n');
      await editor.until(() => editor.history(importing.uri).at(-1)?.diagnostics.length === 0);
      await tail.replace('tanh', 'linear 4->5');
      await editor.until(() => editor.history(importing.uri).at(-1)?.diagnostics.length === 1);
      const [found] = editor.history(importing.uri).at(-1)!.diagnostics;
      expect(found).to.deep.include({ code: 'shape/features' });
      expect(found!.relatedInformation?.map(({ location }) => location.uri)).to.include(tail.uri);
      await tail.close();
      await editor.until(() => editor.history(importing.uri).at(-1)?.diagnostics[0]?.code === 'name/unknown');
    });

    it('sees that a file was made, changed and removed', async () => {
      await start({
        capabilities: { ...versioned, workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      });
      await editor.until(() => editor.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
      editor.write('body.net', body);
      const importing = await editor.open('main.net', main);
      expect((await editor.diagnostics(importing)).map(({ code }) => code)).to.deep.equal(['import/file']);
      const changed = async (type: FileChangeType, count: number) => {
        await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
          changes: [{ uri: editor.uri('parts/tail.net'), type }],
        });
        await editor.until(() => editor.history(importing.uri).at(-1)?.diagnostics.length === count);
      };
      editor.write('parts/tail.net', 'block Tail { tanh }\n');
      await changed(FileChangeType.Created, 0);
      editor.write('parts/tail.net', 'block Tail { tannh }\n');
      await changed(FileChangeType.Changed, 1);
      editor.write('parts/tail.net', 'block Tail { relu }\n');
      await changed(FileChangeType.Changed, 0);
      rmSync(join(editor.folder, 'parts/tail.net'));
      await changed(FileChangeType.Deleted, 1);
    });

    it('reads the disk again when a text is saved, for editors that watch no files', async () => {
      await start();
      editor.write('body.net', 'block Body { wrong }\n');
      const importing = await editor.open('main.net', main);
      expect(await editor.diagnostics(importing)).to.have.length(1);
      editor.write('body.net', 'block Body { relu }\n');
      await editor.connection.sendNotification(DidSaveTextDocumentNotification.type, importing.only());
      await editor.until(() => editor.history(importing.uri).at(-1)?.diagnostics.length === 0);
    });

    it('says why a file cannot be read', async () => {
      await start();
      editor.write('latin.net', Buffer.from('# caf\xe9\nblock Latin { relu }\n', 'latin1'));
      mkdirSync(join(editor.folder, 'folder.net'));
      editor.write('large.net', `block Large { relu }\n${'#'.repeat(17 * 1024 * 1024)}`);
      const text = await editor.open(
        'main.net',
        ['latin', 'folder', 'large', 'lattin'].map((name) => `import X from "./${name}.net"`).join('\n'),
      );
      const found = (await editor.diagnostics(text)).filter(({ code }) => code === 'import/file');
      expect(found.map(({ message }) => message).join('\n'))
        .to.contain('UTF-8')
        .and.contain('folder')
        .and.contain('larger')
        .and.contain('latin.net');
    });

    it('renames in a file that was made meanwhile, or lies outside of the workspace', async () => {
      await start({ folders: ['inside'] });
      const importing = await editor.open(
        'inside/main.net',
        'import A, B from "./new/a.net"\nimport C from "../c.net"\n',
      );
      expect(await editor.diagnostics(importing)).to.have.length(2);
      editor.write('inside/new/a.net', 'block A { relu }\nblock B { relu }\n');
      editor.write('c.net', 'block C { relu }\n');
      for (const name of ['B', 'C']) {
        const place = { ...importing.only(), position: importing.range(name).start };
        const edit = await editor.connection.sendRequest(RenameRequest.type, { ...place, newName: 'Other' });
        expect(Object.keys(edit!.changes!)).to.have.length(2);
      }
    });

    it('finds circles', async () => {
      await start();
      const one = await editor.open('one.net', 'import B from "./two.net"\nblock A { relu }\nnet N(x: [3]) { B }\n');
      await editor.open('two.net', 'import A from "./one.net"\nblock B { relu }\nnet M(x: [3]) { A }\n');
      await editor.until(() => editor.history(one.uri).at(-1)?.diagnostics[0]?.code === 'import/cycle');
    });

    it('knows no folder of a text that was never saved', async () => {
      await start();
      const text = await editor.open('untitled:Untitled-1', 'import Body from "./body.net"\nnet M(x: [3]) { Body }\n');
      const [found] = await editor.diagnostics(text);
      expect(found?.message).to.contain('saved first');
    });
  });

  it('does not analyze a text that is too large to be one', async () => {
    await start();
    const text = await editor.open('large.net', '#'.repeat(17 * 1024 * 1024));
    const [found] = await editor.diagnostics(text);
    expect(found?.message).to.contain('larger');
    expect(
      await failure(editor.connection.sendRequest(HoverRequest.type, { ...text.only(), position: text.whole().start })),
    ).to.equal(-32803);
  });

  it('has names with spaces and signs, as the editor encodes them', async () => {
    await start();
    editor.write('my models/körper (1).net', 'block Body { wrong }\n');
    const uri = `${editor.uri('my models')}/main%20%231.net`;
    const text = await editor.open(uri, 'import Body from "./körper (1).net"\nnet M(x: [3]) { Body }\n');
    const [found] = await editor.diagnostics(text);
    expect(found).to.deep.include({ code: 'name/unknown' });
  });

  it('knows several folders, which come and go', async () => {
    await start({ folders: ['one', 'two'] });
    for (const name of ['one', 'two', 'three']) editor.write(`${name}/sub/${name}.net`, `block In${name} { relu }\n`);
    editor.write('one/node_modules/package/hidden.net', 'block InHidden { relu }\n');
    const names = async () => {
      const found = await editor.connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'In' });
      return found?.map(({ name }) => name).toSorted();
    };
    expect(await names()).to.deep.equal(['Inone', 'Intwo']);
    await editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: {
        added: [{ uri: editor.uri('three'), name: 'three' }],
        removed: [{ uri: editor.uri('one'), name: 'one' }],
      },
    });
    expect(await names()).to.deep.equal(['Inthree', 'Intwo']);
  });
});
