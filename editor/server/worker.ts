import { parentPort, workerData } from 'node:worker_threads';
import { PortMessageReader, PortMessageWriter, SharedArrayReceiverStrategy } from 'vscode-jsonrpc/node';
import { CancellationSenderStrategy, createConnection, createProtocolConnection } from 'vscode-languageserver';
import { disk } from './disk.ts';
import { outdates, type WorkerData } from './outdated.ts';
import { serve } from './server.ts';
import { Traffic } from './traffic.ts';
import { version } from './version.ts';

/** The thread that does the work of the server, as `node.ts` starts it. */
const { passed } = workerData as WorkerData;
let seen = 0;
const traffic = new Traffic((message) => {
  if (outdates(message)) seen++;
});

const connection = createConnection(
  (logger) =>
    createProtocolConnection(new PortMessageReader(parentPort!), new PortMessageWriter(parentPort!), logger, {
      messageStrategy: traffic.strategy,
      cancellationStrategy: {
        receiver: new SharedArrayReceiverStrategy(),
        sender: CancellationSenderStrategy.Message,
      },
    }),
  { shutdownReceived: false, initialize: () => {}, exit: (code) => process.exit(code) },
);

// What nobody waits for must not end the server.
process.on('unhandledRejection', (reason) => connection.console.error(String(reason)));

serve(connection, {
  ...disk(),
  version,
  isOutdated: () => Atomics.load(passed, 0) !== seen,
  quiet: () => traffic.quiet(),
});
