import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type Connection,
  Emitter,
  ErrorCodes,
  type InitializeParams,
  type Location,
  LSPErrorCodes,
  type MessageType,
  type Position,
  ResponseError,
  type ServerCapabilities,
  ShowMessageNotification,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import { Interrupted, type Snapshot } from '../../compiler/ide.ts';
import { preludeName, type Span } from '../../compiler/index.ts';
import { type Client, clientOf } from './client.ts';
import { Documents } from './documents.ts';
import type { Host } from './host.ts';
import { preludePage } from './manual.ts';
import { nameOf } from './names.ts';
import { Positions } from './positions.ts';
import { defaultSettings, type Settings } from './protocol.ts';
import { settingsOf } from './settings.ts';
import { Text } from './text.ts';
import { Workspace } from './workspace.ts';

/** Registers the handlers of some requests, and says that the server has them. */
export type Feature = (session: Session) => ServerCapabilities;

/** All that handlers share, from the first message of a client to its last. */
export class Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly client: Client;
  readonly positions: Positions;
  readonly documents: Documents;
  readonly workspace: Workspace;
  settings: Settings = defaultSettings;
  /** Tells the name of a text that is another one now, or that several may be. */
  readonly changed = new Emitter<string | undefined>();
  /** Of the request that is being answered. */
  private token: CancellationToken | undefined;
  private isOver = false;

  constructor(connection: Connection, host: Host, params: InitializeParams) {
    this.connection = connection;
    this.host = host;
    this.client = clientOf(params);
    this.settings = settingsOf(this.client.options.settings);
    this.positions = new Positions(this.client.encoding);
    this.documents = new Documents(this.positions);
    this.workspace = new Workspace(
      this.documents,
      host,
      this.client.watchesFiles,
      () => host.isOutdated() || this.token?.isCancellationRequested === true,
    );
  }

  /** Nothing is answered any more. */
  end(): void {
    this.isOver = true;
  }

  /** A handler as a connection takes it. Whatever happens in it is an answer. */
  answer<Params, Result>(handle: Handler<Params, Result>, whenOutdated = contentModified) {
    return async (params: Params, token: CancellationToken): Promise<Result> => {
      try {
        if (this.isOver) throw new ResponseError(ErrorCodes.InvalidRequest, 'the server was shut down');
        return await this.during(token, () => handle(params, token));
      } catch (error) {
        throw this.asResponse(error, token, whenOutdated);
      }
    };
  }

  /** The same for requests about a text. */
  answerText<Params extends OfText, Result>(handle: (text: Text, params: Params) => Result | Promise<Result>) {
    return this.answer((params: Params) => handle(this.textOf(params), params));
  }

  /** The same for requests about a place of a text. */
  answerPlace<Params extends OfPlace, Result>(handle: (text: Text, offset: number, params: Params) => Result) {
    return this.answerText((text: Text, params: Params) => handle(text, text.offset(params.position), params));
  }

  /** The same for requests about a place that need all texts which may name what is there. */
  answerPlaceAmongAll<Params extends OfPlace, Result>(
    handle: (text: Text, offset: number, others: readonly Snapshot[], params: Params) => Result,
  ) {
    return this.answer(async (params: Params, token) => {
      const { snapshot } = this.textOf(params);
      const names = this.workspace.namesBeside(snapshot);
      await this.checkAll(names, token);
      return this.during(token, () => {
        const text = this.textOf(params);
        // The place was meant in another text.
        if (text.snapshot !== snapshot) throw new Interrupted();
        return handle(text, text.offset(params.position), this.workspace.snapshots(names), params);
      });
    });
  }

  /** Checks texts one by one. Other messages are heard between, since many texts take long. */
  async checkAll(names: readonly string[], token: CancellationToken): Promise<void> {
    for (const name of names) {
      if (!this.workspace.isNew(name)) continue;
      await this.host.quiet();
      this.during(token, () => this.workspace.state(name));
    }
  }

  /** While this runs, an analysis stops when its request is cancelled. */
  during<Result>(token: CancellationToken, run: () => Result): Result {
    if (token.isCancellationRequested) throw cancelled();
    this.token = token;
    try {
      return run();
    } finally {
      this.token = undefined;
    }
  }

  /** A text that is open or can be read; another request is an error. */
  text(uri: string): Text {
    const known = this.workspace.snapshot(nameOf(uri));
    if ('why' in known) throw new ResponseError(LSPErrorCodes.RequestFailed, `${uri} cannot be read: ${known.why}`);
    return new Text(this, known);
  }

  /** Where a span is for the client; undefined where it cannot go there. */
  location(span: Span): Location | undefined {
    const text = this.workspace.read(span.source);
    const uri = span.source === preludeName ? preludePage(this) : this.workspace.uri(span.source);
    if ('why' in text || uri === undefined) return undefined;
    const lines = this.workspace.lines({ name: span.source, text: text.text });
    return { uri, range: this.positions.range(lines, span) };
  }

  /** Words of the compiler for a message: paths begin at the folder of the workspace, as people know them. */
  words(message: string): string {
    return this.workspace.folderNames().reduce((text, folder) => text.replaceAll(`${folder}/`, ''), message);
  }

  /** Words for whoever sits before the editor. A message that nobody has to answer is not waited for. */
  say(type: MessageType, message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, { type, message: this.words(message) });
  }

  /** Has the client ask anew for all that it shows. */
  refresh(): void {
    const { languages } = this.connection;
    const { refreshes, pullsDiagnostics } = this.client;
    const asked = [
      pullsDiagnostics && refreshes.diagnostics && languages.diagnostics.refresh(),
      refreshes.inlayHints && languages.inlayHint.refresh(),
      refreshes.semanticTokens && languages.semanticTokens.refresh(),
      refreshes.codeLens && this.connection.sendRequest(CodeLensRefreshRequest.type),
    ];
    for (const each of asked) if (each) each.catch((error: unknown) => this.log(error));
  }

  /** For people who look into the server's log. */
  log(error: unknown): void {
    this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  private textOf({ textDocument }: OfText): Text {
    const { uri } = (textDocument as TextDocumentIdentifier | undefined) ?? {};
    if (typeof uri !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, 'a document is missing');
    return this.text(uri);
  }

  private asResponse(error: unknown, token: CancellationToken, whenOutdated: () => ResponseError<unknown>) {
    if (error instanceof ResponseError) return error;
    if (token.isCancellationRequested) return cancelled();
    if (error instanceof Interrupted) return whenOutdated();
    this.log(error);
    const message = error instanceof Error ? error.message : String(error);
    return new ResponseError(ErrorCodes.InternalError, `this is a bug in netc: ${message}`);
  }
}

type Handler<Params, Result> = (params: Params, token: CancellationToken) => Result | Promise<Result>;

interface OfText {
  readonly textDocument: TextDocumentIdentifier;
}

interface OfPlace extends OfText {
  readonly position: Position;
}

function cancelled() {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}

function contentModified(): ResponseError<unknown> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
}
