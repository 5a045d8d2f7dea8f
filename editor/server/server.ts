import { type Connection, ErrorCodes, ResponseError, type ServerCapabilities } from 'vscode-languageserver';
import { actions } from './features/actions.ts';
import { commands } from './features/commands.ts';
import { completion } from './features/completion.ts';
import { diagnosing } from './features/diagnostics.ts';
import { formatting } from './features/formatting.ts';
import { hints } from './features/hints.ts';
import { hovering } from './features/hover.ts';
import { navigation } from './features/navigation.ts';
import { pictures } from './features/pictures.ts';
import { renaming } from './features/renaming.ts';
import { colours } from './features/semantic-tokens.ts';
import { signatures } from './features/signatures.ts';
import { structure } from './features/structure.ts';
import { symbols } from './features/symbols.ts';
import { openFolders, synchronization } from './features/synchronization.ts';
import type { Host } from './host.ts';
import { type Feature, Session } from './session.ts';

const features: readonly Feature[] = [
  synchronization,
  diagnosing,
  completion,
  hovering,
  signatures,
  hints,
  navigation,
  renaming,
  symbols,
  structure,
  colours,
  formatting,
  actions,
  commands,
  pictures,
];

/**
 * The language server: a thin shell over `compiler/ide.ts`. It turns offsets into positions and plain data into that of the
 * Language Server Protocol, keeps the texts, and knows nothing of the language.
 */
export function serve(connection: Connection, host: Host): void {
  let session: Session | undefined;
  connection.onInitialize((params) => {
    if (session) return new ResponseError(ErrorCodes.InvalidRequest, 'the server is initialized already');
    session = new Session(connection, host, params);
    openFolders(session, params);
    const { encoding } = session.client;
    const capabilities: ServerCapabilities = { positionEncoding: encoding };
    for (const feature of features) {
      const { workspace, ...rest } = feature(session);
      Object.assign(capabilities, rest);
      if (workspace) capabilities.workspace = { ...capabilities.workspace, ...workspace };
    }
    return { capabilities, serverInfo: { name: 'netc', version: host.version } };
  });
  connection.onShutdown(() => session?.end());
  // Before a client has said what it can do, nothing can be answered.
  connection.onRequest((method) =>
    session
      ? new ResponseError(ErrorCodes.MethodNotFound, `there is no method ${method}`)
      : new ResponseError(ErrorCodes.ServerNotInitialized, 'the first message is initialize'),
  );
  connection.listen();
}
