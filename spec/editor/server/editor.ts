import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type Position,
  type ProtocolConnection,
  type ProtocolRequestType0,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  RegistrationRequest,
  ResponseError,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { marked } from '../../ide/marked.ts';
import { builtCommand } from './build.ts';

export interface Settings {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Names of folders of the workspace, below that of the test; none is the folder itself. */
  readonly folders?: readonly string[];
  /** What it answers to `workspace/configuration`. */
  readonly configuration?: unknown;
}

/** The least that tests need, to know which version of a text is spoken of. */
const versioned: ClientCapabilities = { textDocument: { publishDiagnostics: { versionSupport: true } } };

/** An editor with a language server of its own, which is a real process. */
export class Editor {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  /** A folder for the files of the test. */
  readonly folder: string;
  readonly registrations: Registration[] = [];
  readonly messages: string[] = [];
  readonly logged: string[] = [];
  configuration: unknown;
  /** How often the server has asked for it. */
  timesAsked = 0;
  private readonly published = new Map<string, PublishDiagnosticsParams[]>();
  private readonly waiting = new Set<() => void>();

  static async start(settings: Settings = {}): Promise<Editor> {
    const editor = new Editor(await builtCommand());
    await editor.initialize(settings);
    return editor;
  }

  /** A server that has been told nothing yet. */
  static async spawn(): Promise<Editor> {
    return new Editor(await builtCommand());
  }

  private constructor(command: string) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), 'netc-editor-')));
    this.process = spawn(process.execPath, [command, 'lsp', '--stdio'], { cwd: this.folder });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    const { connection } = this;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.set(params.uri, [...(this.published.get(params.uri) ?? []), params]);
      this.wake();
    });
    connection.onNotification(ShowMessageNotification.type, ({ message }) => this.hear(this.messages, message));
    connection.onNotification(LogMessageNotification.type, ({ message }) => this.hear(this.logged, message));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations);
      this.wake();
    });
    connection.onRequest(ConfigurationRequest.type, ({ items }) => {
      this.timesAsked++;
      this.wake();
      return items.map(() => this.configuration ?? null);
    });
    // Whoever waits for an answer of a server that is gone is told.
    this.process.once('exit', () => connection.dispose());
    connection.listen();
  }

  async initialize({
    capabilities = versioned,
    folders,
    configuration,
    ...rest
  }: Settings = {}): Promise<InitializeResult> {
    this.configuration = configuration;
    const names = folders ?? [''];
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: this.uri(''),
      workspaceFolders: names.map((name) => ({ uri: this.uri(name), name })),
      capabilities,
      ...rest,
    };
    const result = await this.connection.sendRequest(InitializeRequest.type, params);
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  /** Answers a request of the server that asks for nothing but to be heard. */
  on(type: ProtocolRequestType0<void, void, void, void>, heard: () => void): void {
    this.connection.onRequest(type, () => {
      heard();
      this.wake();
    });
  }

  uri(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  /** A file of the disk, which the server is not told of. */
  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Opens a text, which may have marks as `marked` reads them. */
  async open(name: string, source: string): Promise<OpenText> {
    const uri = name.includes(':') ? name : this.uri(name);
    const opened = new OpenText(this.connection, uri, source);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'net', version: 1, text: opened.text },
    });
    return opened;
  }

  /** What is wrong with a text, as soon as the server has said it of this version. */
  async diagnostics({
    uri,
    version,
  }: {
    readonly uri: string;
    readonly version: number;
  }): Promise<readonly Diagnostic[]> {
    const found = () => this.published.get(uri)?.findLast((each) => each.version === version);
    await this.until(() => found() !== undefined);
    return found()!.diagnostics;
  }

  /** All that was published of a text, the first first. */
  history(uri: string): readonly PublishDiagnosticsParams[] {
    return this.published.get(uri) ?? [];
  }

  /** Waits for something that messages of the server bring about. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
      });
    }
  }

  /** Ends the server as an editor does; gives its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      const ended = once(this.process, 'exit');
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
    return this.process.exitCode;
  }

  private hear(list: string[], message: string): void {
    list.push(message);
    this.wake();
  }

  private wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const each of woken) each();
  }
}

/** A text that is open in the editor. */
export class OpenText {
  readonly uri: string;
  private readonly connection: ProtocolConnection;
  private document: TextDocument;
  private readonly offsets: readonly number[];

  constructor(connection: ProtocolConnection, uri: string, source: string) {
    const { text, offsets } = marked(source);
    this.connection = connection;
    this.uri = uri;
    this.offsets = offsets;
    this.document = TextDocument.create(uri, 'net', 1, text);
  }

  get text(): string {
    return this.document.getText();
  }

  get version(): number {
    return this.document.version;
  }

  /** What requests about a text take. */
  only(): { textDocument: { uri: string } } {
    return { textDocument: { uri: this.uri } };
  }

  /** What requests about a cursor take: of the first one, or of another. */
  at(index = 0): { textDocument: { uri: string }; position: Position } {
    return { ...this.only(), position: this.document.positionAt(this.offsets[index]!) };
  }

  /** The range of words, where they stand for the first time. */
  range(words: string): Range {
    const start = this.text.indexOf(words);
    if (start < 0) throw new Error(`\`${words}\` is not in the text`);
    return { start: this.document.positionAt(start), end: this.document.positionAt(start + words.length) };
  }

  whole(): Range {
    return { start: this.document.positionAt(0), end: this.document.positionAt(this.text.length) };
  }

  /** What stands in a range. */
  slice(range: Range): string {
    return this.document.getText(range);
  }

  /** Puts other words where some stand, as one change of a part of the text. */
  async replace(words: string, by: string): Promise<void> {
    await this.change({ range: this.range(words), text: by });
  }

  async append(text: string): Promise<void> {
    const { end } = this.whole();
    await this.change({ range: { start: end, end }, text });
  }

  private async change(change: { range: Range; text: string }): Promise<void> {
    const version = this.version + 1;
    TextDocument.update(this.document, [change], version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri, version },
      contentChanges: [change],
    });
  }

  async close(): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: this.uri } });
  }
}

/** The code of the error that a request is answered with. */
export async function failure(request: Promise<unknown>): Promise<number> {
  const result = await request.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in result && result.error instanceof ResponseError) return result.error.code;
  throw new Error(`no error but ${JSON.stringify(result)}`);
}
