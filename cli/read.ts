import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Fault, fault, nearest, type Source } from '../compiler/index.ts';
import { Faulty } from './failure.ts';
import type { Io } from './io.ts';

/** What is read, in words, and the most that is read of it. A file that only claims to be large costs nothing. */
export interface Kind {
  readonly what: string;
  readonly limit: number;
}

const megabyte = 1024 * 1024;
export const sourceText: Kind = { what: 'a .net file', limit: 16 * megabyte };
export const weightsFile: Kind = { what: 'a file of weights', limit: 2047 * megabyte };
export const inputFile: Kind = { what: 'an input', limit: 2047 * megabyte };

/** The bytes of a file; `-` is the standard input. Throws a `Faulty` that says why it cannot be read. */
export async function readBytes(io: Io, path: string, kind: Kind): Promise<Uint8Array> {
  if (path === '-') return collect(io.input, path, kind);
  try {
    // Pipes and devices have no size, so the limit is held while reading and not only by what the file says of itself.
    const file = await open(resolve(io.folder, path));
    try {
      const { size } = await file.stat();
      if (size > kind.limit) throw tooLarge(path, kind);
      return await collect(file.createReadStream({ autoClose: false }), path, kind);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Faulty) throw error;
    throw new Faulty([await whyUnreadable(io, path, error as NodeJS.ErrnoException)]);
  }
}

/** A .net file as text. Bytes that are not UTF-8 are a fault at their place. */
export async function readSource(io: Io, path: string): Promise<Source> {
  const bytes = await readBytes(io, path, sourceText);
  const name = path === '-' ? '<stdin>' : path;
  // The mark that some editors put before UTF-8 is not part of the text.
  const text = new TextDecoder('utf-8').decode(bytes);
  const at = firstBroken(text, bytes);
  if (at === undefined) return { name, text };
  const { offset, byte } = at;
  throw new Faulty(
    [fault('file/encoding', { source: name, start: offset, end: offset + 1 }, { byte })],
    new Map([[name, text]]),
  );
}

/** Where decoding has put U+FFFD for a byte that is not UTF-8, rather than found it in the file. */
function firstBroken(text: string, bytes: Uint8Array): { offset: number; byte: number } | undefined {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let at = mark;
  let from = 0;
  for (let offset = text.indexOf('\ufffd'); offset >= 0; offset = text.indexOf('\ufffd', offset + 1)) {
    at += Buffer.byteLength(text.slice(from, offset));
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) return { offset, byte: bytes[at]! };
    from = offset;
  }
  return undefined;
}

async function collect(stream: AsyncIterable<Uint8Array | string>, path: string, kind: Kind): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > kind.limit) throw tooLarge(path, kind);
    chunks.push(bytes);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}

function tooLarge(path: string, { what, limit }: Kind): Faulty {
  return new Faulty([fault('file/large', whole(path), { path, what, limit: `${Math.round(limit / megabyte)} MB` })]);
}

async function whyUnreadable(io: Io, path: string, error: NodeJS.ErrnoException): Promise<Fault> {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    const meant = await nearestFile(io, path);
    return fault('file/missing', whole(path), { path, ...(meant !== undefined && { nearest: meant }) });
  }
  if (error.code === 'EISDIR') return fault('file/kind', whole(path), { path });
  return fault('file/unreadable', whole(path), { path, why: reasonOf(error) });
}

/** The file of the same folder whose name is nearest to one that does not exist. */
async function nearestFile(io: Io, path: string): Promise<string | undefined> {
  const names = await readdir(resolve(io.folder, dirname(path))).catch(() => []);
  const name = nearest(basename(path), names);
  return name === undefined ? undefined : join(dirname(path), name);
}

/** "permission denied": the system's words, without its codes. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  return /^[A-Z]\w+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
}

export async function isFile(io: Io, path: string): Promise<boolean> {
  const found = await stat(resolve(io.folder, path)).catch(() => undefined);
  return found?.isFile() === true;
}

/** The span of a fault that is about a file as a whole. */
export function whole(path: string) {
  return { source: path, start: 0, end: 0 };
}
