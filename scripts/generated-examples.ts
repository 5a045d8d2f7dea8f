import { readdirSync, readFileSync } from 'node:fs';
import { version } from '../cli/version.ts';
import { analyze, compileToTfjs, compileToTypeScript, type Graph } from '../compiler/index.ts';

/** A committed file of `examples/generated/` as it should be. */
export interface GeneratedExample {
  readonly path: string;
  readonly text: string;
}

/** The names of the .net files of `examples/`. */
export function exampleFiles(): readonly string[] {
  return readdirSync('examples')
    .filter((file) => file.endsWith('.net'))
    .map((file) => `examples/${file}`);
}

/** The first net of each example, compiled to each target that writes a file. */
export async function generatedExamples(): Promise<readonly GeneratedExample[]> {
  const made = exampleFiles().map(async (source): Promise<readonly GeneratedExample[]> => {
    const graph: Graph = analyze({ name: source, text: readFileSync(source, 'utf8') }).value.graphs[0]!;
    const origin = { source, version: version() };
    const target = source.replace('examples/', 'examples/generated/').replace('.net', '');
    return [
      { path: `${target}.ts`, text: await compileToTypeScript(graph, origin) },
      { path: `${target}.tfjs.ts`, text: (await compileToTfjs(graph, origin)).value },
    ];
  });
  return (await Promise.all(made)).flat();
}
