/** Bundles the extension into `dist/`: the client, the server with the whole compiler in it, and the script of the preview. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { noticesOf } from './notices.ts';

export const folder = fileURLToPath(new URL('..', import.meta.url));

const common: BuildOptions = {
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
};

/** The oldest Node that is in a VS Code which the extension runs in. */
const node: BuildOptions = { ...common, platform: 'node', target: 'node20.9' };

/** What is bundled from CommonJS asks for Node's own modules by `require`, and for its own place. */
const commonJs = `import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
const require = createRequire(import.meta.url);
const __filename = fileURLToPath(import.meta.url);
const __dirname = fileURLToPath(new URL('.', import.meta.url));`;

export async function buildExtension(outdir = join(folder, 'dist')): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  const bundles = await Promise.all([
    build({
      ...node,
      entryPoints: { extension: 'src/extension.ts' },
      format: 'cjs',
      outdir,
      outExtension: { '.js': '.cjs' },
      external: ['vscode'],
    }),
    build({
      ...node,
      entryPoints: { server: '../server/main.ts', 'lsp-worker': '../server/worker.ts' },
      format: 'esm',
      // What is rarely asked for, such as emitters and pictures, is a file of its own, which is read when it is.
      splitting: true,
      outdir: join(outdir, 'server'),
      // Their names are there when they are imported later, which those of CommonJS are not.
      mainFields: ['module', 'main'],
      banner: { js: commonJs },
    }),
    build({
      ...common,
      entryPoints: { preview: 'webview/preview.ts', style: 'webview/preview.css' },
      format: 'iife',
      target: 'chrome120',
      outdir: join(outdir, 'webview'),
    }),
  ]);
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  writeFileSync(join(outdir, 'NOTICES.txt'), noticesOf(inputs.map((input) => join(folder, input))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExtension();
