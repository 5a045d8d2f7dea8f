import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import {
  type CodeAction,
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  InsertTextFormat,
  type Location,
  RenameRequest,
  SignatureHelpRequest,
  type SymbolInformation,
  TextDocument,
} from 'vscode-languageserver-protocol/node';
import { Editor, type OpenText } from './editor.ts';

const source = 'net Main(x: [3]) {\n  fc: linear 3->4 | relu\n}\n';

describe('an editor that can do little', () => {
  let editor: Editor;
  let main: OpenText;
  let ask: Editor['connection']['sendRequest'];

  before(async () => {
    editor = await Editor.start();
    ask = editor.connection.sendRequest;
    main = await editor.open('main.net', source);
  });
  after(() => editor.stop());

  it('gets completions without placeholders, with all that is known of them', async () => {
    const text = await editor.open('completion.net', 'net A(x: [3, 8, 8]) { con<|> }');
    const found = await ask(CompletionRequest.type, text.at());
    const items = [found ?? []].flatMap((each) => ('items' in each ? each.items : each));
    const item = items.find(({ label }) => label === 'conv')!;
    expect(item.documentation).to.deep.include({ kind: 'plaintext' });
    expect(items.some(({ insertTextFormat }) => insertTextFormat === InsertTextFormat.Snippet)).to.equal(false);
    for (const { label, textEdit } of items) expect(textEdit!.newText, label).not.to.match(/\$[{\d]/);
  });

  it('gets plain words where the mouse is, and in signatures', async () => {
    const hover = await ask(HoverRequest.type, { ...main.only(), position: main.range('linear').start });
    expect(hover?.contents).to.deep.include({ kind: 'plaintext' });
    const help = await ask(SignatureHelpRequest.type, { ...main.only(), position: main.range(' | relu').start });
    const [signature] = help!.signatures;
    for (const { label } of signature!.parameters!) expect(signature!.label).to.contain(label as string);
  });

  it('gets the formula of a built-in activation as a file, and an explanation of a code as well', async () => {
    const place = { ...main.only(), position: main.range('relu').start };
    const { uri, range } = (await ask(DefinitionRequest.type, place)) as Location;
    const prelude = TextDocument.create(uri, 'net', 0, readFileSync(fileURLToPath(uri), 'utf8'));
    expect(prelude.getText(range)).to.equal('relu');
    // The editor opens it, and the server has nothing to say of it.
    const opened = await editor.open(uri, prelude.getText());
    expect(await editor.diagnostics(opened)).to.deep.equal([]);
  });

  it('gets all symbols in one list', async () => {
    const found = (await ask(DocumentSymbolRequest.type, main.only())) as SymbolInformation[];
    expect(found.map(({ name, containerName }) => [name, containerName])).to.deep.include(['fc', 'Main']);
  });

  it('gets edits without versions, and is told in words what is to be known of them', async () => {
    const said = editor.messages.length;
    const edit = await ask(RenameRequest.type, { ...main.only(), position: main.range('fc').start, newName: 'dense' });
    expect(edit!.changes![main.uri]!.map(({ newText }) => newText)).to.deep.equal(['dense']);
    await editor.until(() => editor.messages.length > said);
    expect(editor.messages.at(-1)).to.contain('fc.weight');
    const text = await editor.open('broken.net', 'net A(x: [3]) { linear 4->5 }');
    const [diagnostic] = await editor.diagnostics(text);
    const context = { diagnostics: [diagnostic!] };
    const [action] = (await ask(CodeActionRequest.type, { ...text.only(), range: diagnostic!.range, context }))!;
    expect((action as CodeAction).edit!.changes).to.have.all.keys(text.uri);
  });

  it('keeps the settings that it gave at the start where it has no others to give', async () => {
    const other = await Editor.start({
      capabilities: { workspace: { configuration: true } },
      initializationOptions: { settings: { inlayHints: { enable: false } } },
    });
    const text = await other.open('main.net', source);
    while (other.timesAsked === 0) await pause(5);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    expect(await other.connection.sendRequest(InlayHintRequest.type, { ...text.only(), range })).to.deep.equal([]);
    await other.stop();
  });

  it('may send its settings unasked', async () => {
    const hints = async () => (await ask(InlayHintRequest.type, { ...main.only(), range: main.whole() }))!.length;
    expect(await hints()).to.be.greaterThan(0);
    const settings = { netc: { inlayHints: { enable: false }, codeLens: 'nonsense' } };
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
    expect(await hints()).to.equal(0);
  });
});
