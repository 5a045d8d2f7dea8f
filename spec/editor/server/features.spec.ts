import { expect } from 'chai';
import {
  type ClientCapabilities,
  CodeActionRequest,
  CodeActionTriggerKind,
  CodeLensRequest,
  CodeLensResolveRequest,
  CompletionItemKind,
  CompletionRequest,
  CompletionResolveRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  type LocationLink,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type SelectionRange,
  SelectionRangeRequest,
  type SemanticTokens,
  type SemanticTokensDelta,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type SymbolInformation,
  TextDocument,
  TextDocumentContentRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol/node';
import { Editor, failure, type OpenText } from './editor.ts';

/** What an editor of today can do. */
const capabilities: ClientCapabilities = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown'],
        resolveSupport: { properties: ['documentation'] },
      },
    },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ['markdown'],
        parameterInformation: { labelOffsetSupport: true },
        noActiveParameterSupport: true,
      },
    },
  },
  workspace: { configuration: true, workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
};

const source = `import Tail from "./tail.net"

## A net of two parts.
net Main(image: [3, 8, 8]) -> [10] {
  features: conv 3->4 k3 | relu
  flatten
  hidden = fc: linear ->32 | tanh
  Tail
}
`;

describe('the features of the language server', () => {
  let editor: Editor;
  let main: OpenText;
  let ask: Editor['connection']['sendRequest'];

  before(async () => {
    editor = await Editor.start({ capabilities, initializationOptions: { virtualDocuments: true } });
    ask = editor.connection.sendRequest;
    editor.write('tail.net', 'block Tail { linear 32->10 }\n');
    editor.write('other.net', 'import Tail from "./tail.net"\nnet Other(x: [32]) { Tail }\n');
    main = await editor.open('main.net', source);
    expect(await editor.diagnostics(main)).to.deep.equal([]);
  });
  after(() => editor.stop());

  it('completes, and tells more of what is looked at', async () => {
    const text = await editor.open('completing.net', 'net A(x: [3, 8, 8]) {\n  conv 3->4 k3 | ma<|>\n}\n');
    const found = await ask(CompletionRequest.type, text.at());
    const item = [found ?? []].flatMap((each) => ('items' in each ? each.items : each)).find(isCalled('maxpool'))!;
    expect(item.kind).to.equal(CompletionItemKind.Class);
    expect(item.textEdit).to.deep.include({ range: text.range('ma') });
    expect(item.documentation).to.equal(undefined);
    const resolved = await ask(CompletionResolveRequest.type, item);
    expect(resolved.documentation).to.deep.include({ kind: 'markdown' });
    await text.close();
  });

  it('completes in half-typed text of any kind', async () => {
    for (const half of [
      'net A(x: [3]) { conv | <|>',
      'import A from "./<|>',
      'net A(x: [<|>',
      '{{{ <|>',
      '<|>',
      'block<|>',
    ]) {
      const text = await editor.open('half.net', half);
      const found = await ask(CompletionRequest.type, text.at());
      expect(found, half).to.be.an('array');
      await text.close();
    }
  });

  it('finds the files to import', async () => {
    const text = await editor.open('importing.net', 'import Tail from "./<|>"\n');
    const found = await ask(CompletionRequest.type, text.at());
    const labels = [found ?? []].flatMap((each) => ('items' in each ? each.items : each)).map(({ label }) => label);
    expect(labels.join(' ')).to.contain('tail.net').and.contain('main.net');
    await text.close();
  });

  it('tells what stands under the mouse', async () => {
    const found = await ask(HoverRequest.type, within(main, 'conv'));
    expect(found?.range).to.deep.equal(main.range('conv'));
    expect(found?.contents).to.deep.include({ kind: 'markdown' });
    expect(JSON.stringify(found?.contents)).to.contain('conv');
    expect(await ask(HoverRequest.type, { ...main.only(), position: { line: 1, character: 0 } })).to.equal(null);
  });

  it('shows the signature of what is being written', async () => {
    const text = await editor.open('signature.net', 'net A(x: [3, 8, 8]) { conv 3->4 <|> }');
    const found = await ask(SignatureHelpRequest.type, text.at());
    const [signature] = found!.signatures;
    expect(signature?.label).to.contain('conv');
    for (const { label } of signature!.parameters!) expect(label).to.be.an('array').with.length(2);
    expect(await ask(SignatureHelpRequest.type, { ...text.only(), position: text.whole().start })).to.equal(null);
    await text.close();
  });

  it('shows shapes and sizes between the words, as the settings want them', async () => {
    const labels = async () => {
      const found = await ask(InlayHintRequest.type, { ...main.only(), range: main.whole() });
      return found!.map(({ label }) => label);
    };
    const all = await labels();
    expect(all).to.include.members(['[4, 6, 6]', '144']);
    const configure = async (inlayHints: object) => {
      const before = editor.timesAsked;
      editor.configuration = { inlayHints };
      await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
      await editor.until(() => editor.timesAsked > before);
    };
    await configure({ shapes: false });
    expect(await labels())
      .to.include('144')
      .and.not.include('[4, 6, 6]');
    await configure({ sizes: false });
    expect(await labels())
      .to.include('[4, 6, 6]')
      .and.not.include('144');
    await configure({ enable: false });
    expect(await labels()).to.deep.equal([]);
    await configure({});
    expect(await labels()).to.deep.equal(all);
  });

  it('writes above a net what it costs, and offers to try other inputs', async () => {
    const found = await ask(CodeLensRequest.type, main.only());
    expect(found!.map(({ range }) => main.slice(range))).to.deep.equal(['Main', 'Main']);
    const commands = await Promise.all(
      found!.map(async (lens) => (await ask(CodeLensResolveRequest.type, lens)).command),
    );
    expect(commands[0]?.title).to.contain('parameters');
    expect(commands[0]?.command).to.equal('');
    expect(commands[1]).to.deep.include({ command: 'netc.whatIf', arguments: [main.uri, 'Main'] });
  });

  it('carries out a command where the editor cannot', async () => {
    const said = editor.messages.length;
    const inputs = { image: '[3, 9, 9]' };
    await ask(ExecuteCommandRequest.type, { command: 'netc.whatIf', arguments: [main.uri, 'Main', inputs] });
    await editor.until(() => editor.messages.length > said);
    expect(editor.messages.at(-1)).to.contain('[3, 9, 9]');
    for (const given of [[], [main.uri], [main.uri, 'Main', { image: 7 }]]) {
      expect(await failure(ask(ExecuteCommandRequest.type, { command: 'netc.whatIf', arguments: given }))).to.equal(
        -32602,
      );
    }
    expect(await failure(ask(ExecuteCommandRequest.type, { command: 'rm' }))).to.equal(-32602);
  });

  it('leads to a definition in another file', async () => {
    const found = (await ask(DefinitionRequest.type, within(main, '  Tail'.trim()))) as LocationLink[];
    const [link] = found;
    expect(link?.targetUri).to.equal(editor.uri('tail.net'));
    expect(link?.targetSelectionRange).to.deep.equal(rangeOf(0, 6, 10));
    expect(link?.targetRange).to.deep.equal(rangeOf(0, 0, 28));
    expect(link?.originSelectionRange).to.deep.equal(main.range('Tail'));
  });

  it('leads to the formula of a built-in activation, in a document of its own', async () => {
    const found = (await ask(DefinitionRequest.type, within(main, 'tanh'))) as LocationLink[];
    const [link] = found;
    expect(link?.targetUri).to.equal('netc-prelude:/prelude.net');
    const { text } = await ask(TextDocumentContentRequest.type, { uri: link!.targetUri });
    const prelude = TextDocument.create(link!.targetUri, 'net', 0, text);
    expect(prelude.getText(link!.targetSelectionRange)).to.equal('tanh');
    expect(await ask('netc/prelude')).to.deep.equal({ text });
  });

  it('explains codes in documents of its own', async () => {
    const text = await editor.open('explained.net', 'net A(x: [3]) { linear 4->5 }');
    const [found] = await editor.diagnostics(text);
    const href = found!.codeDescription!.href;
    expect(href).to.equal('netc-manual:/shape/features.md');
    const page = await ask(TextDocumentContentRequest.type, { uri: href });
    expect(page.text).to.contain('shape/features');
    expect(await ask(TextDocumentContentRequest.type, { uri: 'netc-manual:/no/code.md' })).to.equal(null);
    await text.close();
  });

  it('finds every use, in files that are not open as well', async () => {
    const params = { ...within(main, '  Tail'.trim()), context: { includeDeclaration: true } };
    const found = await ask(ReferencesRequest.type, params);
    expect(found!.map(({ uri }) => uri.slice(editor.uri('/').length)).toSorted()).to.deep.equal([
      'main.net',
      'main.net',
      'other.net',
      'other.net',
      'tail.net',
    ]);
    const without = await ask(ReferencesRequest.type, { ...params, context: { includeDeclaration: false } });
    expect(without!.map(({ uri }) => uri)).to.not.include(editor.uri('tail.net'));
  });

  it('highlights a name', async () => {
    const text = await editor.open('highlighted.net', 'net A(x: [3]) { y = relu; tanh | add y }');
    const found = await ask(DocumentHighlightRequest.type, { ...text.only(), position: text.range('y =').start });
    expect(found!.map(({ range, kind }) => [text.slice(range), kind])).to.deep.equal([
      ['y', 3],
      ['y', 2],
    ]);
    await text.close();
  });

  it('renames across files, after a word of warning where weights get other names', async () => {
    expect(await ask(PrepareRenameRequest.type, within(main, 'fc'))).to.deep.equal({
      range: main.range('fc'),
      placeholder: 'fc',
    });
    expect(await failure(ask(PrepareRenameRequest.type, within(main, 'tanh')))).to.equal(-32803);
    const block = await ask(RenameRequest.type, { ...within(main, 'Tail'), newName: 'Head' });
    const files = block!.documentChanges!.flatMap((each) => ('edits' in each ? [each] : []));
    const named = files.map(({ textDocument: { uri, version }, edits }) => [
      uri.slice(editor.uri('/').length),
      version,
      edits.length,
    ]);
    expect(named.toSorted()).to.deep.equal([
      ['main.net', 1, 2],
      ['other.net', null, 2],
      ['tail.net', null, 1],
    ]);
    const label = await ask(RenameRequest.type, { ...within(main, 'fc'), newName: 'dense' });
    const [annotation, ...others] = Object.values(label!.changeAnnotations!);
    expect(others).to.deep.equal([]);
    expect(annotation).to.deep.include({ needsConfirmation: true });
    expect(annotation!.label).to.contain('fc.weight');
    expect(await failure(ask(RenameRequest.type, { ...within(main, 'fc'), newName: 'not a name' }))).to.equal(-32803);
  });

  it('outlines a text, and finds what is declared anywhere', async () => {
    const outline = (await ask(DocumentSymbolRequest.type, main.only())) as DocumentSymbol[];
    const net = outline.find(isNamed('Main'))!;
    expect(main.slice(net.selectionRange)).to.equal('Main');
    expect(net.children!.length).to.be.greaterThan(0);
    const found = (await ask(WorkspaceSymbolRequest.type, { query: 'tai' })) as SymbolInformation[];
    expect(found.map(({ name, location }) => [name, location.uri])).to.deep.equal([['Tail', editor.uri('tail.net')]]);
  });

  it('folds', async () => {
    const found = await ask(FoldingRangeRequest.type, main.only());
    expect(found!.map(({ startLine, endLine }) => [startLine, endLine])).to.deep.include([3, 7]);
  });

  it('lets a selection grow', async () => {
    const [found] = (await ask(SelectionRangeRequest.type, {
      ...main.only(),
      positions: [within(main, 'conv').position],
    }))!;
    const grown: string[] = [];
    for (let each: SelectionRange | undefined = found; each; each = each.parent) grown.push(main.slice(each.range));
    expect(grown[0]).to.equal('conv');
    expect(grown).to.include('conv 3->4 k3');
    expect(grown.at(-1)).to.equal(main.text);
  });

  it('links an import to its file', async () => {
    const found = await ask(DocumentLinkRequest.type, main.only());
    expect(found!.map(({ range, target }) => [main.slice(range), target])).to.deep.equal([
      ['./tail.net', editor.uri('tail.net')],
    ]);
  });

  it('colours a text, a part of it, and what has changed', async () => {
    const text = await editor.open('coloured.net', '# 🦜\nnet A(x: [3]) {\n  relu\n}\n');
    const full = (await ask(SemanticTokensRequest.type, text.only()))!;
    expect(full.data.length % 5).to.equal(0);
    const part = await ask(SemanticTokensRangeRequest.type, { ...text.only(), range: text.range('relu') });
    expect(part!.data.slice(0, 3)).to.deep.equal([2, 2, 4]);
    await text.replace('relu', 'relu | tanh');
    const params = { ...text.only(), previousResultId: full.resultId! };
    const delta = (await ask(SemanticTokensDeltaRequest.type, params)) as SemanticTokensDelta;
    const again = (await ask(SemanticTokensRequest.type, text.only()))!;
    expect(applied(full, delta)).to.deep.equal(again.data);
    await text.close();
  });

  it('brings a text into its layout', async () => {
    const text = await editor.open('unformatted.net', 'net A(x:[3])   {\n relu|tanh\n}\n');
    const options = { tabSize: 2, insertSpaces: true };
    const whole = await ask(DocumentFormattingRequest.type, { ...text.only(), options });
    const document = TextDocument.create(text.uri, 'net', 1, text.text);
    expect(TextDocument.applyEdits(document, whole!)).to.equal('net A(x: [3]) {\n  relu | tanh\n}\n');
    const range = text.range(' relu|tanh\n');
    const part = await ask(DocumentRangeFormattingRequest.type, { ...text.only(), range, options });
    expect(TextDocument.applyEdits(document, part!)).to.equal('net A(x:[3])   {\n  relu | tanh\n}\n');
    const typed = { ...text.only(), position: text.whole().end, ch: '\n', options };
    expect(await ask(DocumentOnTypeFormattingRequest.type, typed)).to.be.an('array');
    await text.close();
  });

  it('mends what is wrong, of the kinds that are asked for', async () => {
    const text = await editor.open('mended.net', 'net A(x: [3, 8, 8]) {\n  conv 3->6 k3 | rellu\n  flatten\n}\n');
    const [diagnostic] = await editor.diagnostics(text);
    const actions = async (only?: string[]) => {
      const context = {
        diagnostics: [diagnostic!],
        triggerKind: CodeActionTriggerKind.Automatic,
        ...(only && { only }),
      };
      const found = await ask(CodeActionRequest.type, { ...text.only(), range: diagnostic!.range, context });
      return found!.flatMap((each) => ('kind' in each ? [each] : []));
    };
    const fixes = await actions(['quickfix']);
    const [fix] = fixes;
    expect(fix!.diagnostics).to.deep.equal([diagnostic]);
    const [change] = fix!.edit!.documentChanges!.flatMap((each) => ('edits' in each ? [each] : []));
    expect(change?.textDocument).to.deep.equal({ uri: text.uri, version: 1 });
    const document = TextDocument.create(text.uri, 'net', 1, text.text);
    expect(TextDocument.applyEdits(document, change!.edits as never)).to.contain('| relu\n');
    expect(new Set(fixes.map(({ kind }) => kind))).to.deep.equal(new Set(['quickfix']));
    expect((await actions(['source.fixAll'])).map(({ kind }) => kind)).to.deep.equal(['source.fixAll.netc']);
    expect((await actions()).some(({ kind }) => kind!.startsWith('source'))).to.equal(false);
    expect(await actions(['notebook'])).to.deep.equal([]);
    await text.close();
  });
});

function isCalled(label: string) {
  return (each: { readonly label: string }) => each.label === label;
}

function isNamed(name: string) {
  return (each: { readonly name: string }) => each.name === name;
}

/** A place in the middle of some words, where they stand for the first time. */
function within(text: OpenText, words: string) {
  const { line, character } = text.range(words).start;
  return { ...text.only(), position: { line, character: character + 1 } };
}

function rangeOf(line: number, start: number, end: number) {
  return { start: { line, character: start }, end: { line, character: end } };
}

function applied({ data }: SemanticTokens, { edits }: SemanticTokensDelta): number[] {
  const result = [...data];
  for (const { start, deleteCount, data: by = [] } of edits.toReversed()) result.splice(start, deleteCount, ...by);
  return result;
}
