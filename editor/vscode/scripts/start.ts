/** `tsx editor/vscode/scripts/start.ts`: how long the server in `netc.vsix` takes from its start to its first answer. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { createProtocolConnection, type InitializeResult } from 'vscode-languageserver-protocol/node';
import { vsix } from './package.ts';

/** Unpacks the extension as VS Code installs it. */
export function unpack(folder: string): void {
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(vsix)))) {
    if (path.endsWith('/')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** Starts the server of an unpacked extension, and ends it after its first answer. */
export async function initialize(
  folder: string,
): Promise<{ readonly milliseconds: number; readonly result: InitializeResult }> {
  const start = performance.now();
  const server = spawn(process.execPath, [join(folder, 'extension/dist/server/server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(server.stdout, server.stdin);
  connection.listen();
  try {
    const params = { processId: process.pid, rootUri: null, capabilities: {} };
    const result: InitializeResult = await connection.sendRequest('initialize', params);
    const milliseconds = performance.now() - start;
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    return { milliseconds, result };
  } finally {
    connection.dispose();
    server.kill();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'netc-vsix-'));
  unpack(folder);
  const times: number[] = [];
  for (let run = 0; run < 7; run++) times.push((await initialize(folder)).milliseconds);
  rmSync(folder, { recursive: true });
  const sorted = times.toSorted((left, right) => left - right);
  console.log(
    `from the start of the server to its answer: ${sorted[3]!.toFixed(0)} ms (median of 7, ${sorted[0]!.toFixed(0)} to ${sorted[6]!.toFixed(0)})`,
  );
}
