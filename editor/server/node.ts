import { Worker } from 'node:worker_threads';
import {
  ErrorCodes,
  Message,
  type NotificationMessage,
  PortMessageReader,
  PortMessageWriter,
  type RequestMessage,
  type ResponseMessage,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { outdates, type WorkerData } from './outdated.ts';

/** How long the server may go on with what it does when it is to end, in milliseconds. */
const patience = 2000;

/** How often it is seen whether the editor is still there, in milliseconds. */
const interval = 3000;

/**
 * The server over the standard streams; gives its exit code. This thread only passes messages on, so that it hears of a change
 * or a cancellation while the other one is in the middle of an analysis, and says so in memory that both share.
 */
export function serveStdio(): Promise<number> {
  const data: WorkerData = { passed: new Int32Array(new SharedArrayBuffer(4)) };
  // Bundled, the thread's own code lies beside this file.
  const worker = new Worker(new URL('./lsp-worker.js', import.meta.url), {
    workerData: data,
    stdout: true,
    // What one version of a text costs is garbage with the next: in less room it would be taken for something that lasts.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  });
  // The standard output is for messages alone.
  worker.stdout.pipe(process.stderr);
  const client = { reader: new StreamMessageReader(process.stdin), writer: new StreamMessageWriter(process.stdout) };
  const server = { reader: new PortMessageReader(worker), writer: new PortMessageWriter(worker) };
  const cancellable = new Map<RequestMessage['id'], Int32Array>();
  let isShutDown = false;
  let isEnding = false;

  return new Promise((resolve) => {
    client.reader.listen(fromClient);
    server.reader.listen(fromServer);
    client.reader.onError((error) => {
      if (error instanceof SyntaxError) void client.writer.write(parseError(error));
      // Where one message ends and the next one begins is not known any more.
      else fail(error);
    });
    client.reader.onClose(end);
    process.stdin.once('end', end);
    client.writer.onError(end);
    worker.once('error', fail);
    worker.once('exit', (code) => {
      process.stdin.destroy();
      resolve(code);
    });
  });

  function fromClient(message: Message): void {
    if (isCancellation(message)) {
      const flag = cancellable.get(message.params.id);
      if (flag) Atomics.store(flag, 0, 1);
      return;
    }
    if (outdates(message)) Atomics.add(data.passed, 0, 1);
    if (Message.isRequest(message)) {
      if (message.method === 'initialize') watchEditor(message.params);
      if (message.method === 'shutdown') isShutDown = true;
      // The name is that of `SharedArrayReceiverStrategy`.
      const flag = new Int32Array(new SharedArrayBuffer(4));
      cancellable.set(message.id, flag);
      Object.assign(message, { $cancellationData: flag.buffer });
    }
    if (Message.isNotification(message) && message.method === 'exit') endSoon();
    void server.writer.write(message);
  }

  function fromServer(message: Message): void {
    if (Message.isResponse(message)) cancellable.delete(message.id);
    void client.writer.write(message);
  }

  /** The editor is gone, or closes its end: as if it had asked for it. */
  function end(): void {
    if (isEnding) return;
    const exit: NotificationMessage = { jsonrpc: '2.0', method: 'exit' };
    fromClient(exit);
  }

  function endSoon(): void {
    isEnding = true;
    setTimeout(() => process.exit(isShutDown ? 0 : 1), patience).unref();
  }

  function fail(error: unknown): void {
    process.stderr.write(`netc lsp: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    end();
  }
}

/** An editor that has crashed may leave its pipes open in others of its processes. */
function watchEditor(params: unknown): void {
  const { processId } = (params ?? {}) as { readonly processId?: unknown };
  if (typeof processId !== 'number') return;
  setInterval(() => {
    try {
      process.kill(processId, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') process.exit(1);
    }
  }, interval).unref();
}

function isCancellation(message: Message): message is NotificationMessage & { params: { id: RequestMessage['id'] } } {
  return (
    Message.isNotification(message) &&
    message.method === '$/cancelRequest' &&
    typeof message.params === 'object' &&
    message.params !== null
  );
}

function parseError({ message }: Error): ResponseMessage {
  return { jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message } };
}
