import type { Transport } from '@codemirror/lsp-client';

/** A language server in a worker, which sends and takes messages as objects. */
export function workerTransport(worker: Worker): Transport {
  const heard = new Map<(text: string) => void, (event: MessageEvent) => void>();
  return {
    send: (text) => worker.postMessage(JSON.parse(text)),
    subscribe(handler) {
      const listener = ({ data }: MessageEvent) => handler(JSON.stringify(data));
      heard.set(handler, listener);
      worker.addEventListener('message', listener);
    },
    unsubscribe(handler) {
      const listener = heard.get(handler);
      if (listener) worker.removeEventListener('message', listener);
      heard.delete(handler);
    },
  };
}
