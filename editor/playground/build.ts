import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, context, type Metafile, type Plugin } from 'esbuild';
import { version } from '../../cli/version.ts';
import { analyze, compileToTypeScript, type Graph } from '../../compiler/index.ts';
import { readDigits } from '../../examples/digits.ts';
import { toBase64 } from './base64.ts';
import { allStages } from './digits/stages.ts';
import { highlightRows } from './editor/rows.ts';

const root = 'editor/playground';
const digitsFile = 'examples/digits.net';

/** Builds the page once. */
export async function buildPlayground(folder: string): Promise<void> {
  await build(optionsFor(folder));
}

/** Builds the page now, and again whenever one of its files changes. */
export async function watchPlayground(folder: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const options = { ...optionsFor(folder, resolve), minify: false, sourcemap: true };
    context(options)
      .then((watching) => watching.watch())
      .catch(reject);
  });
}

function optionsFor(folder: string, done: () => void = () => {}): BuildOptions {
  return {
    entryPoints: {
      main: `${root}/main.ts`,
      server: 'editor/server/browser.ts',
      interpreter: `${root}/digits/interpreter.worker.ts`,
      icon: `${root}/icon.svg`,
    },
    outdir: folder,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    metafile: true,
    logLevel: 'warning',
    legalComments: 'linked',
    loader: { '.safetensors': 'file', '.svg': 'copy' },
    plugins: [madeModules, page(folder, done)],
  };
}

/** The modules that `virtual.d.ts` speaks of. */
const madeModules: Plugin = {
  name: 'made modules',
  setup({ onResolve, onLoad }) {
    const modules: Readonly<Record<string, () => string | Promise<string>>> = {
      'netc:tokens': () => exported('rows', highlightRows()),
      'netc:examples': () => exported('texts', exampleTexts()),
      'netc:samples': () => exported('samples', samples()),
      'netc:digits': () => compiled(digits()),
      'netc:digits/stages': async () => {
        const { graph, layers } = allStages(digits());
        return `${await compiled(graph)}\n${exported('layers', layers)}`;
      },
    };
    onResolve({ filter: /^netc:/ }, ({ path }) => ({ path, namespace: 'made' }));
    onLoad({ filter: /.*/, namespace: 'made' }, async ({ path }) => ({
      contents: await modules[path]!(),
      loader: 'ts',
      watchFiles: [digitsFile, `${root}/index.html`],
      watchDirs: ['examples', 'examples/blocks'],
    }));
  },
};

function exported(name: string, value: unknown): string {
  return `export const ${name} = ${JSON.stringify(value)};`;
}

function exampleTexts(): Readonly<Record<string, string>> {
  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.net'));
  return Object.fromEntries(
    files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join('examples', file), 'utf8')]),
  );
}

function digits(): Graph {
  return analyze({ name: digitsFile, text: readFileSync(digitsFile, 'utf8') }).value.graphs[0]!;
}

function compiled(graph: Graph): Promise<string> {
  return compileToTypeScript(graph, { source: digitsFile, version: version() });
}

/** A digit of each kind, from those that the network was not trained on. */
function samples(): readonly { readonly label: number; readonly image: string }[] {
  const { test } = readDigits();
  return Array.from({ length: 10 }, (_, label) => {
    const { image } = test.filter((digit) => digit.label === label)[12]!;
    return { label, image: toBase64(Uint8Array.from(image, (dark) => Math.round(255 * dark))) };
  });
}

/** Writes the page itself, with the names that its files were given, and removes the files of builds before. */
function page(folder: string, done: () => void): Plugin {
  return {
    name: 'page',
    setup({ onEnd }) {
      onEnd(({ metafile }) => {
        if (!metafile) return;
        const html = readFileSync(`${root}/index.html`, 'utf8')
          .replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => basename(outputOf(metafile, name)))
          .replace('</head>', `${preloads(metafile)}  </head>`);
        writeFileSync(join(folder, 'index.html'), html);
        const written = new Set(['index.html', ...Object.keys(metafile.outputs).map((path) => basename(path))]);
        for (const file of readdirSync(folder)) if (!written.has(file)) rmSync(join(folder, file));
        done();
      });
    },
  };
}

/** The path of an entry's file, which has a hash in its name. */
function outputOf({ outputs }: Metafile, name: string): string {
  const [stem, suffix] = name.split('.');
  const pattern = new RegExp(`^${stem}-[A-Z0-9]+\\.${suffix}$`);
  const found = Object.keys(outputs).find((path) => pattern.test(basename(path)));
  if (found === undefined) throw new Error(`the page speaks of ${name}, which is not built`);
  return found;
}

/** What the first script imports is fetched beside it rather than after it. */
function preloads(metafile: Metafile): string {
  const { imports } = metafile.outputs[outputOf(metafile, 'main.js')]!;
  return imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => `  <link rel="modulepreload" href="${basename(path)}" />\n  `)
    .join('');
}
