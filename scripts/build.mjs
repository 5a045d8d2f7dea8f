/**
 * `npm run build`: the command and the library, bundled into `dist/`. Small packages are taken into the bundle, so that
 * `netc check` opens few files; large ones stay outside and are loaded by what needs them.
 */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const large = ['ts-morph', 'vega', 'vega-lite', '@viz-js/viz', 'pngjs', 'cli-progress'];

rmSync('dist', { recursive: true, force: true });

const common = {
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'node20',
  outdir: 'dist',
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
};

await build({
  ...common,
  entryPoints: { netc: 'cli/netc.ts' },
  chunkNames: 'netc-[hash]',
  platform: 'node',
  external: large,
  minify: true,
  // What is bundled from CommonJS asks for Node's own modules by `require`.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
});
chmodSync('dist/netc.js', 0o755);

// The library leaves all packages to whoever bundles or runs it, and has no module of Node.
await build({
  ...common,
  entryPoints: { index: 'compiler/index.ts' },
  chunkNames: 'index-[hash]',
  platform: 'neutral',
  packages: 'external',
});
