import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import type * as vscode from 'vscode';
import { CancellationTokenSource, Emitter } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * As much of VS Code as the extension and its client of the protocol need to run: texts, editors, commands, panels, input boxes.
 * What else they ask of it is there as well, and does nothing.
 */
export class StandIn {
  readonly commands = new Map<string, (...given: unknown[]) => unknown>();
  /** Commands of VS Code itself that were carried out, with what they were given. */
  readonly executed: (readonly unknown[])[] = [];
  readonly messages: string[] = [];
  readonly panels: Panel[] = [];
  readonly boxes: InputBox[] = [];
  readonly contents = new Map<string, vscode.TextDocumentContentProvider>();
  /** The documents that were shown, with what is selected. */
  readonly shown: { readonly document: Document; readonly selection: vscode.Range | undefined }[] = [];
  readonly documents: Document[] = [];
  editor: Editor | undefined;

  private readonly opened = new Emitter<Document>();
  private readonly changed = new Emitter<object>();
  private readonly activated = new Emitter<Editor | undefined>();
  private readonly selected = new Emitter<object>();

  /** Opens a text in an editor. */
  open(uri: string, text: string): Document {
    const document = this.add(Uri.parse(uri), 'netc', text);
    this.editor = new Editor(document);
    this.activated.fire(this.editor);
    return document;
  }

  /** Opens a text that no editor shows. */
  load(uri: vscode.Uri | string, languageId: string, text: string): Document {
    return this.add(Uri.parse(String(uri)), languageId, text);
  }

  /** Puts another text in the place of that of a document. */
  type(document: Document, text: string): void {
    const range = new Range(new Position(0, 0), document.positionAt(document.getText().length));
    const rangeLength = document.getText().length;
    document.text = TextDocument.create(String(document.uri), document.languageId, document.version + 1, text);
    this.changed.fire({ document, contentChanges: [{ range, rangeOffset: 0, rangeLength, text }], reason: undefined });
  }

  moveTo(line: number, character: number): void {
    const place = new Position(line, character);
    this.editor!.selection = new Selection(place, place);
    this.selected.fire({ textEditor: this.editor, selections: [this.editor!.selection], kind: undefined });
  }

  run(command: string, ...given: unknown[]): unknown {
    return this.commands.get(command)!(...given);
  }

  /** Runs the bundle of the extension as VS Code would, in a folder where all of it lies. */
  async activate(folder: string): Promise<vscode.Disposable[]> {
    const path = join(folder, 'dist/extension.cjs');
    const load = createRequire(path);
    const module = { exports: {} as { activate(context: object): Promise<void> } };
    const code = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'utf8')}\n})`;
    const given = (name: string) => (name === 'vscode' ? this.module() : load(name));
    vm.runInThisContext(code, path)(module.exports, given, module, path, dirname(path));
    const subscriptions: vscode.Disposable[] = [];
    await module.exports.activate({
      subscriptions,
      extensionUri: Uri.file(folder),
      asAbsolutePath: (relative: string) => join(folder, relative),
    });
    return subscriptions;
  }

  private add(uri: Uri, languageId: string, text: string): Document {
    const document = new Document(uri, languageId, text);
    this.documents.push(document);
    this.opened.fire(document);
    return document;
  }

  /** The module `vscode`. */
  private module(): object {
    const standIn = this;
    const nothing = new Emitter<object>().event;
    const workspace = {
      workspaceFolders: undefined,
      textDocuments: this.documents,
      notebookDocuments: [],
      onDidOpenTextDocument: this.opened.event,
      onDidChangeTextDocument: this.changed.event,
      getConfiguration: () => ({ get: (_: string, usual: unknown) => usual }),
      registerTextDocumentContentProvider(scheme: string, provider: vscode.TextDocumentContentProvider) {
        standIn.contents.set(scheme, provider);
        return new Disposable();
      },
      openTextDocument: async ({ language, content }: { readonly language: string; readonly content: string }) =>
        standIn.add(Uri.parse(`untitled:Untitled-${standIn.documents.length}`), language, content),
    };
    const window = {
      get activeTextEditor() {
        return standIn.editor;
      },
      get visibleTextEditors() {
        return standIn.editor ? [standIn.editor] : [];
      },
      tabGroups: { all: [], onDidChangeTabs: nothing },
      onDidChangeActiveTextEditor: this.activated.event,
      onDidChangeTextEditorSelection: this.selected.event,
      createOutputChannel: () => new OutputChannel(),
      createWebviewPanel(viewType: string, title: string) {
        const panel = new Panel(viewType, title);
        standIn.panels.push(panel);
        return panel;
      },
      createInputBox() {
        const box = new InputBox();
        standIn.boxes.push(box);
        return box;
      },
      async showTextDocument(document: Document, { selection }: { readonly selection?: vscode.Range } = {}) {
        standIn.shown.push({ document, selection });
      },
      ...Object.fromEntries(
        ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'].map((name) => [
          name,
          async (message: string) => void standIn.messages.push(message),
        ]),
      ),
    };
    const commands = {
      registerCommand(name: string, run: (...given: unknown[]) => unknown) {
        standIn.commands.set(name, run);
        return new Disposable(() => standIn.commands.delete(name));
      },
      async executeCommand(...given: readonly unknown[]) {
        standIn.executed.push(given);
      },
    };
    const languages = {
      match: (selector: readonly { readonly language?: string; readonly scheme?: string }[], document: Document) =>
        selector.some(({ language, scheme }) => language === document.languageId || scheme === document.uri.scheme)
          ? 10
          : 0,
    };
    return withTheRest({
      version: '1.91.0',
      env: withTheRest({ language: 'en', appName: 'VS Code' }),
      workspace: withTheRest(workspace),
      window: withTheRest(window),
      commands: withTheRest(commands),
      languages: withTheRest(languages),
      Uri,
      Position,
      Range,
      Selection,
      Disposable,
      EventEmitter: Emitter,
      CancellationTokenSource,
      CancellationError: class extends Error {},
      CodeActionKind: codeActionKinds,
      ViewColumn: { One: 1, Beside: -2 },
      LanguageStatusSeverity: { Information: 0, Error: 2 },
      InputBoxValidationSeverity: { Info: 1, Warning: 2 },
    });
  }
}

/** Names that are asked for and are not there are classes, whose members are numbers, or functions that give what can be disposed. */
function withTheRest<Known extends object>(known: Known): Known {
  return new Proxy(known, {
    get(target, name, receiver) {
      if (name in target || typeof name === 'symbol') return Reflect.get(target, name, receiver);
      const made = /^[A-Z]/.test(name) ? withNumbers(class {}) : () => new Disposable();
      Object.defineProperty(target, name, { value: made, configurable: true });
      return made;
    },
  });
}

const withNumbers = (made: object) =>
  new Proxy(made, { get: (target, name, receiver) => (name in target ? Reflect.get(target, name, receiver) : 0) });

class CodeActionKind {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  append(part: string): CodeActionKind {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
}

const codeActionKinds: Readonly<Record<string, CodeActionKind>> = {
  Empty: new CodeActionKind(''),
  QuickFix: new CodeActionKind('quickfix'),
  Refactor: new CodeActionKind('refactor'),
  RefactorExtract: new CodeActionKind('refactor.extract'),
  RefactorInline: new CodeActionKind('refactor.inline'),
  RefactorRewrite: new CodeActionKind('refactor.rewrite'),
  Source: new CodeActionKind('source'),
  SourceOrganizeImports: new CodeActionKind('source.organizeImports'),
};

class Disposable implements vscode.Disposable {
  private readonly onDispose: () => unknown;

  constructor(onDispose: () => unknown = () => {}) {
    this.onDispose = onDispose;
  }

  static from(...all: readonly vscode.Disposable[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }

  dispose(): void {
    this.onDispose();
  }
}

class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  constructor(scheme: string, path: string, query = '') {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static parse(text: string): Uri {
    const [, scheme = '', path = '', query = ''] = /^([\w-]+):(?:\/\/)?([^?]*)(?:\?(.*))?$/.exec(text) ?? [];
    return new Uri(scheme, decodeURIComponent(path), decodeURIComponent(query));
  }

  static file(path: string): Uri {
    return new Uri('file', path);
  }

  static from({
    scheme,
    path,
    query,
  }: {
    readonly scheme: string;
    readonly path: string;
    readonly query?: string;
  }): Uri {
    return new Uri(scheme, path, query);
  }

  static joinPath({ scheme, path, query }: Uri, ...parts: readonly string[]): Uri {
    return new Uri(scheme, join(path, ...parts), query);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    const query = this.query && `?${encodeURIComponent(this.query)}`;
    return `${this.scheme}:${/^(file|https)$/.test(this.scheme) ? '//' : ''}${encodeURI(this.path)}${query}`;
  }
}

class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position | number, end: Position | number, endLine?: number, endCharacter?: number) {
    if (typeof start === 'number') {
      this.start = new Position(start, end as number);
      this.end = new Position(endLine!, endCharacter!);
    } else {
      this.start = start;
      this.end = end as Position;
    }
  }

  get isEmpty(): boolean {
    return this.start.line === this.end.line && this.start.character === this.end.character;
  }
}

class Selection extends Range {
  get active(): Position {
    return this.end;
  }
}

export class Document {
  readonly uri: Uri;
  readonly languageId: string;
  text: TextDocument;

  constructor(uri: Uri, languageId: string, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.text = TextDocument.create(String(uri), languageId, 1, text);
  }

  get version(): number {
    return this.text.version;
  }

  getText(range?: Range): string {
    return this.text.getText(range);
  }

  positionAt(offset: number): Position {
    const { line, character } = this.text.positionAt(offset);
    return new Position(line, character);
  }

  getWordRangeAtPosition(position: Position): Range | undefined {
    const offset = this.text.offsetAt(position);
    const word = [...this.getText().matchAll(/\w+/g)].find(
      (match) => match.index <= offset && offset <= match.index + match[0].length,
    );
    return word && new Range(this.positionAt(word.index), this.positionAt(word.index + word[0].length));
  }
}

class Editor {
  readonly document: Document;
  readonly viewColumn = 1;
  selection = new Selection(new Position(0, 0), new Position(0, 0));

  constructor(document: Document) {
    this.document = document;
  }
}

class OutputChannel {
  readonly onDidChangeLogLevel = new Emitter<number>().event;
  logLevel = 3;
  readonly [method: string]: unknown;

  constructor() {
    for (const method of ['appendLine', 'append', 'info', 'warn', 'error', 'debug', 'trace', 'show', 'dispose'])
      Object.defineProperty(this, method, { value: () => {} });
  }
}

type Message = { readonly kind: string; readonly [part: string]: unknown };

/** A panel with what was said to its page. */
export class Panel {
  readonly viewType: string;
  title: string;
  readonly visible = true;
  readonly said: Message[] = [];
  private readonly saying = new Emitter<Message>();
  readonly onDidSay = this.saying.event;
  private readonly heard = new Emitter<object>();
  private readonly disposed = new Emitter<void>();
  readonly onDidDispose = this.disposed.event;
  readonly onDidChangeViewState = new Emitter<object>().event;
  readonly webview = {
    html: '',
    options: {},
    cspSource: 'https://media.test',
    onDidReceiveMessage: this.heard.event,
    asWebviewUri: (uri: Uri) => Uri.parse(`https://media.test${uri.path}`),
    postMessage: async (message: Message) => {
      this.said.push(message);
      this.saying.fire(message);
    },
  };

  constructor(viewType: string, title: string) {
    this.viewType = viewType;
    this.title = title;
  }

  /** What the page says. */
  hear(message: object): void {
    this.heard.fire(message);
  }

  reveal(): void {}

  dispose(): void {
    this.disposed.fire();
  }
}

export class InputBox {
  value = '';
  title = '';
  validationMessage: vscode.InputBoxValidationMessage | undefined;
  private readonly changed = new Emitter<string>();
  private readonly accepted = new Emitter<void>();
  private readonly hidden = new Emitter<void>();
  readonly onDidChangeValue = this.changed.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;

  type(value: string): void {
    this.value = value;
    this.changed.fire(value);
  }

  accept(): void {
    this.accepted.fire();
  }

  show(): void {}

  hide(): void {
    this.hidden.fire();
  }

  dispose(): void {}
}
