import { createReadStream } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { statsOf } from '../../cli/files.ts';

/** What the page may do, on every response, so that it also holds for workers: run its own scripts, and nothing else. */
export const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self'";

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Serves a folder to this machine only, from this port or, where it is taken or 0, from a free one. */
export async function serve(folder: string, port = 0): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(({ url = '/' }, response) => answer(folder, url, response));
  await listen(server, port).catch(() => listen(server, 0));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, server };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
}

function answer(folder: string, url: string, response: ServerResponse): void {
  const path = pathOf(url);
  const file = path !== undefined && join(folder, path.endsWith('/') ? `${path}index.html` : path);
  const headers = {
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
  if (!file || !statsOf(file)?.isFile()) {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' }).end('There is no such file.');
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
  // A file may go while it is read.
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** A path within the folder. */
function pathOf(url: string): string | undefined {
  try {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    return path.startsWith('/') ? path : undefined;
  } catch {
    return undefined;
  }
}
