import { readdirSync, readFileSync } from 'node:fs';
import { version } from '../cli/version.ts';
import {
  type Analysis,
  type AnalyzeOptions,
  analyze,
  compileToTfjs,
  compileToTypeScript,
  type Files,
  type Outcome,
} from '../compiler/index.ts';

/** A committed file of `examples/generated/` as it should be. */
export interface GeneratedExample {
  readonly path: string;
  readonly text: string;
}

/** The .net files of `examples/` that hold a network. */
export function exampleFiles(): readonly string[] {
  return readdirSync('examples')
    .filter((file) => file.endsWith('.net'))
    .map((file) => `examples/${file}`);
}

/** An example, checked; what it imports stands beside it. */
export function readExample(file: string, options: AnalyzeOptions = {}): Outcome<Analysis> {
  return analyze({ name: file, text: readFileSync(file, 'utf8') }, { ...options, files: disk });
}

const disk: Files = { read: (name) => ({ text: readFileSync(name, 'utf8') }) };

/** The examples whose code is committed, for reading and for diffs. That of the large ones would be megabytes. */
const committed = ['dcgan', 'digits', 'lenet', 'siamese'];

/** The first net of each of them, compiled to each target that writes a file. */
export async function generatedExamples(): Promise<readonly GeneratedExample[]> {
  const made = committed.map(async (name): Promise<readonly GeneratedExample[]> => {
    const source = `examples/${name}.net`;
    const graph = readExample(source).value.graphs[0]!;
    const origin = { source, version: version() };
    const target = `examples/generated/${name}`;
    return [
      { path: `${target}.ts`, text: await compileToTypeScript(graph, origin) },
      { path: `${target}.tfjs.ts`, text: (await compileToTfjs(graph, origin)).value },
    ];
  });
  return (await Promise.all(made)).flat();
}
