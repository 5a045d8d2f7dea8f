import { lastOnly } from '../last-only.ts';
import type { InterpreterAnswer, InterpreterRequest } from './interpreter.worker.ts';

/** A picture that takes longer is given up, in milliseconds. */
const mostTime = 5000;

/**
 * Reads pictures with whatever network stands in a text, in a worker of its own, so that nothing waits for it. Of pictures that
 * come while it is busy only the last one is read; the answer to the others is undefined.
 */
export function editedReader(script: string): (request: InterpreterRequest) => Promise<InterpreterAnswer | undefined> {
  let running: Promise<Worker> | undefined;

  return lastOnly(async (request) => {
    running ??= started(script);
    const worker = await running;
    return new Promise<InterpreterAnswer>((resolve) => {
      const timer = setTimeout(() => {
        worker.terminate();
        running = undefined;
        resolve({ problem: 'It takes too long to be interpreted.' });
      }, mostTime);
      worker.onmessage = ({ data }: MessageEvent<InterpreterAnswer>) => {
        clearTimeout(timer);
        resolve(data);
      };
      worker.postMessage(request);
    });
  });
}

/** A worker that has said that it can begin: how long it takes to load says nothing of the network. */
function started(script: string): Promise<Worker> {
  const worker = new Worker(script, { type: 'module' });
  return new Promise((resolve) => worker.addEventListener('message', () => resolve(worker), { once: true }));
}
