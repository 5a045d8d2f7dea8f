import { expect } from 'chai';
import {
  type ClientCapabilities,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  InlayHintRefreshRequest,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';
import { Editor, type OpenText } from './editor.ts';

const capabilities: ClientCapabilities = {
  textDocument: { diagnostic: {}, inlayHint: {} },
  workspace: { diagnostics: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
};

describe('an editor that asks for diagnostics', () => {
  let editor: Editor;
  let refreshed: Set<string>;

  beforeEach(async () => {
    editor = await Editor.start({ capabilities });
    refreshed = new Set();
    editor.on(DiagnosticRefreshRequest.type, () => void refreshed.add('diagnostics'));
    editor.on(InlayHintRefreshRequest.type, () => void refreshed.add('hints'));
  });
  afterEach(() => editor.stop());

  async function report(text: OpenText, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return editor.connection.sendRequest(DocumentDiagnosticRequest.type, {
      ...text.only(),
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  it('gets them once for each text as it is, and none unasked', async () => {
    const text = await editor.open('a.net', 'net A(x: [3]) { wrong }');
    const first = await report(text);
    expect(first.kind).to.equal('full');
    expect('items' in first && first.items.map(({ code }) => code)).to.deep.equal(['name/unknown']);
    expect(await report(text, first.resultId)).to.deep.equal({ kind: 'unchanged', resultId: first.resultId });
    await text.replace('wrong', 'relu');
    const second = await report(text, first.resultId);
    expect('items' in second && second.items).to.deep.equal([]);
    expect(editor.history(text.uri)).to.deep.equal([]);
  });

  it('is told to ask again for a text when another one changes that it imports', async () => {
    const body = await editor.open('body.net', 'block Body { relu }');
    const main = await editor.open('main.net', 'import Body from "./body.net"\nnet M(x: [3]) { Body }\n');
    const other = await editor.open('other.net', 'net M(x: [3]) { relu }\n');
    const [first, unrelated] = [await report(main), await report(other)];
    await body.replace('relu', 'linear 4->4');
    await editor.until(() => refreshed.size === 2);
    const second = await report(main, first.resultId);
    expect('items' in second && second.items.map(({ code }) => code)).to.deep.equal(['shape/features']);
    expect((await report(other, unrelated.resultId)).kind).to.equal('unchanged');
  });

  it('gets those of the files of the workspace, changed or not', async () => {
    editor.write('one.net', 'net A(x: [3]) { wrong }');
    editor.write('two.net', 'net A(x: [3]) { relu }');
    editor.write('binary.net', Buffer.from([0xff, 0xfe, 0x00]));
    const open = await editor.open('two.net', 'net A(x: [3]) { wrong | wrong }');
    const ask = async (previousResultIds: { uri: string; value: string }[]) => {
      const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
      return new Map(items.map((each) => [each.uri, each]));
    };
    const first = await ask([]);
    const counts = [...first].map(([uri, each]) => [uri, each.kind === 'full' ? each.items.length : -1]);
    expect(Object.fromEntries(counts)).to.deep.equal({
      [editor.uri('one.net')]: 1,
      [open.uri]: 2,
      [editor.uri('binary.net')]: 0,
    });
    await open.replace('wrong | ', '');
    const previous = [...first].flatMap(([uri, { resultId }]) => (resultId ? [{ uri, value: resultId }] : []));
    const second = await ask([...previous, { uri: editor.uri('gone.net'), value: '7' }]);
    expect([editor.uri('one.net'), open.uri, editor.uri('gone.net')].map((uri) => second.get(uri)?.kind)).to.deep.equal(
      ['unchanged', 'full', 'full'],
    );
  });
});
