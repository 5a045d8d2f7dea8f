import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Keystroke } from './keystrokes.ts';

/** A language server with one open text, as an editor has it. */
export class Client {
  private readonly process: ChildProcess;
  private readonly connection: ProtocolConnection;
  private readonly document: TextDocument;

  private constructor(command: readonly string[], file: string, language: string, text: string) {
    const [program, ...words] = command;
    const server = spawn(program!, words, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.process = server;
    this.connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.listen();
    this.document = TextDocument.create(pathToFileURL(file).href, language, 1, text);
  }

  /** Starts a server and opens a text, which must have no faults. */
  static async start(command: readonly string[], file: string, language: string, text: string): Promise<Client> {
    const client = new Client(command, file, language, text);
    const { connection, document } = client;
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(process.cwd()).href,
      capabilities: { textDocument: { diagnostic: {} }, workspace: { configuration: true } },
    });
    await connection.sendNotification(InitializedNotification.type, {});
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId: language, version: 1, text },
    });
    const faults = await client.diagnostics();
    if (faults.length > 0) throw new Error(`${file}: ${faults[0]!.message}`);
    return client;
  }

  /** Types or deletes something, and waits for what is wrong with the text then: how many milliseconds that takes. */
  async press({ start, end, text }: Keystroke): Promise<number> {
    const { connection, document } = this;
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const version = document.version + 1;
    const from = performance.now();
    void connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version },
      contentChanges: [{ range, text }],
    });
    await this.diagnostics();
    const time = performance.now() - from;
    TextDocument.update(document, [{ range, text }], version);
    return time;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    this.connection.dispose();
    this.process.kill();
  }

  private async diagnostics(): Promise<readonly Diagnostic[]> {
    const textDocument = { uri: this.document.uri };
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    if (report.kind !== 'full') throw new Error('the answer has no diagnostics');
    return report.items;
  }
}
