import type { Batch } from './inputs.ts';
import type { Io } from './io.ts';
import type { Runner } from './targets.ts';

/** Items that are run at once: enough to cost nothing, few enough for the bar to move. */
const part = 32;

/** Runs a batch piece by piece, and shows on terminals how far it is where that takes more than a moment. */
export async function runInParts(io: Io, run: Runner, batch: Batch): Promise<ReadonlyMap<string, Float32Array>> {
  if (batch.size <= part) return run(batch);
  const bar = io.messages.isTTY ? await progressBar(io, batch.size) : undefined;
  const results = new Map<string, Float32Array>();
  try {
    for (let from = 0; from < batch.size; from += part) {
      const size = Math.min(part, batch.size - from);
      const slice = (data: Float32Array) => {
        const item = data.length / batch.size;
        return data.subarray(from * item, (from + size) * item);
      };
      const inputs = new Map([...batch.inputs].map(([name, data]) => [name, slice(data)]));
      for (const [name, data] of await run({ size, inputs })) {
        const item = data.length / size;
        if (!results.has(name)) results.set(name, new Float32Array(item * batch.size));
        results.get(name)!.set(data, from * item);
      }
      bar?.update(from + size);
    }
  } finally {
    bar?.stop();
  }
  return results;
}

async function progressBar(io: Io, total: number) {
  const { default: progress } = await import('cli-progress');
  const format = '{bar} {value} of {total} items, {eta_formatted} left';
  const bar = new progress.SingleBar({ stream: io.messages, format, clearOnComplete: true, hideCursor: true });
  bar.start(total, 0);
  return bar;
}
