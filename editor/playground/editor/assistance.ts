import { acceptCompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { linter, lintGutter, lintKeymap } from '@codemirror/lint';
import {
  findReferencesKeymap,
  formatDocument,
  formatKeymap,
  hoverTooltips,
  jumpToDefinition,
  jumpToDefinitionKeymap,
  LSPClient,
  renameKeymap,
  serverCompletion,
  signatureHelp,
} from '@codemirror/lsp-client';
import type { Text } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { type InitializationOptions, virtualSchemes } from '../../server/protocol.ts';
import { nameOf, uriOf } from '../project.ts';
import { sanitize } from '../sanitize.ts';
import { actionMenu } from './actions.ts';
import { serverDiagnostics } from './diagnostics.ts';
import type { Assistance, Editor } from './editor.ts';
import { inlayHints } from './hints.ts';
import { problemList } from './problems.ts';
import { request } from './requests.ts';
import { semanticHighlighting } from './semantic.ts';
import { workerTransport } from './transport.ts';
import { Texts } from './workspace.ts';

/** What the language server brings to the editor, and the server itself for what else the page asks of it. */
export class LanguageServer implements Assistance {
  readonly client: LSPClient;
  readonly #editor: Editor;

  constructor(worker: Worker, editor: Editor) {
    this.#editor = editor;
    this.client = new LSPClient({
      timeout: 30_000,
      sanitizeHTML: sanitize,
      initializationOptions: { virtualDocuments: true } satisfies InitializationOptions,
      extensions: [serverDiagnostics],
      workspace: (client) =>
        new Texts(client, {
          stateOf: (uri) => editor.waiting(nameOf(uri)),
          setState: (uri, state) => editor.wait(nameOf(uri), state),
          show: (uri) => this.#show(uri),
        }),
    });
    this.client.connect(workerTransport(worker));
  }

  extension(name: string) {
    return [
      this.client.plugin(uriOf(name), 'netc'),
      serverCompletion(),
      closeBrackets(),
      // What is wrong stands above what is known.
      linter(null),
      problemList,
      hoverTooltips({ hoverTime: 250 }),
      signatureHelp(),
      semanticHighlighting,
      inlayHints,
      lintGutter(),
      actionMenu,
      EditorView.clickAddsSelectionRange.of(({ altKey }) => altKey),
      definitionByClick,
      keymap.of([
        { key: 'Tab', run: acceptCompletion },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...formatKeymap,
        ...renameKeymap,
        ...jumpToDefinitionKeymap,
        ...findReferencesKeymap,
      ]),
    ];
  }

  async #show(uri: string): Promise<EditorView | null> {
    if (uri.startsWith(`${virtualSchemes.prelude}:`)) {
      const { text } = await request(this.client, 'netc/prelude', undefined);
      return this.#editor.peek(nameOf(uri), text) ?? null;
    }
    return this.#editor.show(nameOf(uri)) ?? null;
  }

  hold(texts: ReadonlyMap<string, Text>): void {
    (this.client.workspace as Texts).hold(texts);
  }

  sync(): void {
    this.client.sync();
  }

  format(): void {
    formatDocument(this.#editor.view);
  }
}

/** A click with Ctrl, or with Command on a Mac, goes to where the name is declared. */
const definitionByClick = EditorView.domEventHandlers({
  click(event, view) {
    if (!(event.ctrlKey || event.metaKey)) return false;
    const at = view.posAtCoords(event);
    if (at === null) return false;
    view.dispatch({ selection: { anchor: at } });
    return jumpToDefinition(view);
  },
});
