import { Message } from 'vscode-jsonrpc';

/** What the two threads of the server share: how many messages were passed on that make work outdated. */
export interface WorkerData {
  readonly passed: Int32Array;
}

/** Whether work that began before this message is of no use any more. */
export function outdates(message: Message): boolean {
  return (Message.isNotification(message) || Message.isRequest(message)) && methods.has(message.method);
}

const methods: ReadonlySet<string> = new Set([
  'textDocument/didChange',
  'textDocument/didClose',
  'workspace/didChangeWatchedFiles',
  'shutdown',
  'exit',
]);
