/** What is bundled for Node, and how: of the command here, and of whoever brings the language server along. */

/** The thread that does the work of the language server, which is found beside the file that starts it. */
const worker = { 'lsp-worker': 'editor/server/worker.ts' };

export const commandEntries = { netc: 'cli/netc.ts', ...worker };

/** `node server.js --stdio` is the language server alone. */
export const serverEntries = { server: 'editor/server/main.ts', ...worker };

export const forNode = {
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  minify: true,
  // What is bundled from CommonJS asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
};
