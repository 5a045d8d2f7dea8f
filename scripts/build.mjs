/**
 * `npm run build [folder]`: the command, the language server and the library, bundled into `dist/` or another folder. Small
 * packages are taken into the bundle, so that `netc check` opens few files; large ones stay outside and are loaded by what
 * needs them.
 */
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { commandEntries, forNode } from './entries.mjs';

const [folder = 'dist'] = process.argv.slice(2);
const large = ['ts-morph', 'vega', 'vega-lite', 'vega-interpreter', 'pngjs', 'cli-progress'];
const shared = { outdir: folder, logLevel: 'warning', logOverride: { 'import-is-undefined': 'error' } };

rmSync(folder, { recursive: true, force: true });

await build({ ...forNode, ...shared, entryPoints: commandEntries, chunkNames: 'netc-[hash]', external: large });
chmodSync(join(folder, 'netc.js'), 0o755);

// The library leaves all packages to whoever bundles or runs it, and has no module of Node.
await build({
  ...shared,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'node20',
  entryPoints: { index: 'compiler/index.ts' },
  chunkNames: 'index-[hash]',
  platform: 'neutral',
  packages: 'external',
});
