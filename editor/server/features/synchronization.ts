import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  type InitializeParams,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { nameOf } from '../names.ts';
import type { Feature, Session } from '../session.ts';
import { settingsOf } from '../settings.ts';

/** What the editor says of its texts, of files, folders and settings. */
export const synchronization: Feature = (session) => {
  const { connection, documents, workspace, changed } = session;
  documents.listen(connection);
  documents.synced.onDidChangeContent(({ document }) => changed.fire(nameOf(document.uri)));
  documents.synced.onDidClose(({ document }) => changed.fire(nameOf(document.uri)));
  documents.synced.onDidSave(() => changed.fire(undefined));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ type }) => type !== FileChangeType.Changed)) workspace.listAgain();
    changed.fire(undefined);
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
    workspace.changeFolders(
      added.map(({ uri }) => uri),
      removed.map(({ uri }) => uri),
    );
    changed.fire(undefined);
  });
  // `settings` is of clients that send them rather than wait to be asked.
  connection.onDidChangeConfiguration(({ settings }) =>
    takeSettings(session, (settings as { readonly netc?: unknown } | null | undefined)?.netc),
  );
  connection.onInitialized(() => begin(session));
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
};

/** The folders that a client starts with. */
export function openFolders(session: Session, { workspaceFolders, rootUri }: InitializeParams): void {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  session.workspace.changeFolders(uris, []);
}

/** What can only be asked of a client once it knows the server. A client that refuses one thing may grant another. */
function begin(session: Session): void {
  const { connection, client } = session;
  const asked = [
    client.watchesFiles &&
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.net' }] }),
    client.changesConfiguration &&
      connection.client.register(DidChangeConfigurationNotification.type, { section: 'netc' }),
    client.configuration && takeSettings(session, undefined),
  ];
  for (const each of asked) if (each) each.catch((error: unknown) => session.log(error));
}

async function takeSettings(session: Session, given: unknown): Promise<void> {
  const { connection, client } = session;
  const found = client.configuration ? await connection.workspace.getConfiguration('netc') : given;
  if (found === undefined) return;
  session.settings = settingsOf(found, settingsOf(client.options.settings));
  session.refresh();
}
