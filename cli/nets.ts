import { analyze, type Graph, hasErrors, nearest, type Source } from '../compiler/index.ts';
import { Faulty, UsageError } from './failure.ts';
import { sayFaults, textsFor } from './faults.ts';
import type { Io } from './io.ts';
import { checkOptions, type NetOptions } from './options.ts';
import { readSource } from './read.ts';

export interface ReadNet {
  readonly graph: Graph;
  readonly source: Source;
  /** The source, and what it imports. */
  readonly sources: readonly Source[];
}

/** A net of a file, and the file. Warnings are printed; an error is thrown as a `Faulty`. */
export async function readNet(io: Io, path: string, options: NetOptions): Promise<ReadNet> {
  const source = await readSource(io, path);
  const { value, faults } = analyze(source, checkOptions(io, options));
  const texts = textsFor(faults, value.sources);
  if (hasErrors(faults)) throw new Faulty(faults, texts);
  sayFaults(io, faults, texts);
  return { source, sources: value.sources, graph: chooseNet(value.graphs, path, options.net) };
}

/** The same with fixed sizes, which code and numbers need. */
export async function readFixedNet(io: Io, path: string, options: NetOptions) {
  const read = await readNet(io, path, options);
  if (read.graph.symbols.length > 0) throw missingSizes(read.graph);
  return read;
}

export function missingSizes({ name, symbols }: Graph): UsageError {
  const missing = symbols.map((each) => `--dim ${each}=…`).join(' ');
  return new UsageError(`\`${name}\` has open sizes, and this needs fixed ones: add ${missing}`);
}

export function chooseNet(graphs: readonly Graph[], path: string, wanted: string | undefined): Graph {
  const names = graphs.map(({ name }) => name);
  const chosen = wanted === undefined ? graphs : graphs.filter(({ name }) => name === wanted);
  if (chosen.length === 1) return chosen[0]!;
  if (wanted !== undefined) {
    const meant = nearest(wanted, names);
    throw new UsageError(
      `\`${path}\` has no net \`${wanted}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
    );
  }
  if (names.length === 0) throw new UsageError(`\`${path}\` has no net`);
  throw new UsageError(`\`${path}\` has several nets: choose one with --net ${names.join(', --net ')}`);
}
