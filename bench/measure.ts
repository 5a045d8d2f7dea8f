import { cpus } from 'node:os';

/** Something that can be timed: one call is one answer for one item. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

export interface Figure {
  readonly name: string;
  /** Milliseconds for one call. */
  readonly median: number;
  readonly minimum: number;
  readonly rounds: number;
}

/**
 * Times the contenders in turns, so that a machine that slows down slows all of them. Each turn makes as many calls
 * as fill about `turn` milliseconds, after a warm-up that lets the engine optimize.
 */
export function measure(
  contenders: readonly Contender[],
  { rounds = 15, turn = 60, warmUp = 400 }: { rounds?: number; turn?: number; warmUp?: number } = {},
): Figure[] {
  const calls = contenders.map(({ run }) => {
    const start = performance.now();
    let count = 0;
    do {
      run();
      count++;
    } while (performance.now() - start < warmUp || count < 2);
    const single = timed(run, 1);
    return Math.max(1, Math.round(turn / Math.max(single, 1e-3)));
  });
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    contenders.forEach(({ run }, index) => {
      times[index]!.push(timed(run, calls[index]!));
    });
  }
  return contenders.map(({ name }, index) => {
    const sorted = times[index]!.sort((left, right) => left - right);
    return { name, median: sorted[sorted.length >> 1]!, minimum: sorted[0]!, rounds };
  });
}

function timed(run: () => unknown, calls: number): number {
  const start = performance.now();
  for (let call = 0; call < calls; call++) run();
  return (performance.now() - start) / calls;
}

/** A table of medians with the ratio of each to the first. */
export function table(title: string, figures: readonly Figure[]): string {
  const reference = figures[0]!.median;
  const width = Math.max(...figures.map((figure) => figure.name.length));
  const rows = figures.map(
    (figure) =>
      `  ${figure.name.padEnd(width)}  ${milliseconds(figure.median)}  best ${milliseconds(figure.minimum)}  ${(figure.median / reference).toFixed(2).padStart(7)} ×`,
  );
  return [title, ...rows].join('\n');
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 3 : 1).padStart(9)} ms`;
}

export function machine(): string {
  const processor = cpus();
  return `${processor[0]?.model.trim() ?? 'unknown processor'}, ${processor.length} cores; Node ${process.versions.node}, V8 ${process.versions.v8}; one thread, batch 1, float32`;
}
