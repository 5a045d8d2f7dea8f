import { type LSPClient, LSPPlugin, Workspace, type WorkspaceFile } from '@codemirror/lsp-client';
import type { ChangeSet, EditorState, Text, TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** A text that the server has open, whether it is shown or not. */
class OpenFile implements WorkspaceFile {
  readonly languageId = 'netc';
  version = 0;
  view: EditorView | null = null;
  readonly uri: string;
  doc: Text;

  constructor(uri: string, doc: Text) {
    this.uri = uri;
    this.doc = doc;
  }

  getView(): EditorView | null {
    return this.view;
  }
}

/**
 * The texts of a project, all open at the server, of which one at a time is shown in the one editor. `stateOf` and `setState`
 * are where the others wait; `show` brings one of them into the editor.
 */
export class Texts extends Workspace {
  files: OpenFile[] = [];
  readonly #waiting: Waiting;

  constructor(client: LSPClient, waiting: Waiting) {
    super(client);
    this.#waiting = waiting;
  }

  /** Opens and closes texts at the server, so that it has these. */
  hold(texts: ReadonlyMap<string, Text>): void {
    for (const file of this.files) if (!texts.has(file.uri)) this.client.didClose(file.uri);
    this.files = this.files.filter(({ uri }) => texts.has(uri));
    for (const [uri, doc] of texts) {
      if (this.getFile(uri)) continue;
      const file = new OpenFile(uri, doc);
      this.files.push(file);
      this.client.didOpen(file);
    }
  }

  override getFile(uri: string): OpenFile | null {
    return this.files.find((file) => file.uri === uri) ?? null;
  }

  override syncFiles(): readonly { file: OpenFile; prevDoc: Text; changes: ChangeSet }[] {
    return this.files.flatMap((file) => {
      const plugin = file.view && LSPPlugin.get(file.view);
      if (!file.view || !plugin || plugin.unsyncedChanges.empty) return [];
      const update = { file, prevDoc: file.doc, changes: plugin.unsyncedChanges };
      file.doc = file.view.state.doc;
      file.version++;
      plugin.clear();
      return [update];
    });
  }

  override openFile(uri: string, _languageId: string, view: EditorView): void {
    this.hold(new Map([...this.files.map((file): [string, Text] => [file.uri, file.doc]), [uri, view.state.doc]]));
    const file = this.getFile(uri)!;
    file.view = view;
    if (!file.doc.eq(view.state.doc)) this.#replace(file, view.state.doc);
  }

  override closeFile(uri: string): void {
    const file = this.getFile(uri);
    if (file) file.view = null;
  }

  override updateFile(uri: string, update: TransactionSpec): void {
    const file = this.getFile(uri);
    if (!file) return;
    if (file.view) {
      file.view.dispatch(update);
      return;
    }
    const state = this.#waiting.stateOf(uri)?.update(update).state;
    if (!state) return;
    this.#waiting.setState(uri, state);
    this.#replace(file, state.doc);
  }

  override displayFile(uri: string): Promise<EditorView | null> {
    return this.#waiting.show(uri);
  }

  #replace(file: OpenFile, doc: Text): void {
    file.doc = doc;
    file.version++;
    this.client.notification('textDocument/didChange', {
      textDocument: { uri: file.uri, version: file.version },
      contentChanges: [{ text: doc.toString() }],
    });
  }
}

export interface Waiting {
  stateOf(uri: string): EditorState | undefined;
  setState(uri: string, state: EditorState): void;
  show(uri: string): Promise<EditorView | null>;
}
