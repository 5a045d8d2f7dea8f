import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { serve } from './server.ts';
import { Traffic } from './traffic.ts';
import { version } from './version.ts';

/**
 * The server as a web worker, for a page. There is no disk: a text is there while it is open. Nor is there a second thread that
 * could hear of a change during an analysis; texts of a page are small.
 */
const scope: unknown = globalThis;
const port = scope as MessagePort;

const traffic = new Traffic();
const connection = createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port), {
  messageStrategy: traffic.strategy,
});

serve(connection, {
  version,
  read: () => ({ why: 'there is no such file' }),
  files: () => [],
  entries: () => [],
  isOutdated: () => false,
  quiet: () => traffic.quiet(),
});
