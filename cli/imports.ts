import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, posix, resolve } from 'node:path';
import { type Files, nearest } from '../compiler/index.ts';
import type { Io } from './io.ts';
import { reasonOf, sourceText } from './read.ts';
import type { Look } from './watch.ts';

/** The files that a .net file imports, from the disk; together they are no larger than one may be. */
export function importedFiles(io: Io, look: Look = () => {}): Files {
  let left = sourceText.limit;
  return {
    read(name) {
      look(name);
      const found = fileText(resolve(io.folder, name));
      if ('why' in found) {
        const { why, nearest: near } = found;
        return { why, ...(near !== undefined && { nearest: posix.join(dirname(name), near) }) };
      }
      left -= Buffer.byteLength(found.text);
      return left < 0 ? { why: `all imported files together are larger than ${sourceText.what} may be` } : found;
    },
  };
}

/** The text of a .net file, or why there is none; the nearest one is a file of the same folder. */
export function fileText(path: string): ReturnType<Files['read']> {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return { why: 'it is a folder' };
    // A pipe or a device may never end.
    if (!found.isFile()) return { why: 'it is not a regular file' };
    if (found.size > sourceText.limit) return { why: `it is larger than ${sourceText.what} may be` };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return whyNot(path, error as NodeJS.ErrnoException);
  }
}

function whyNot(path: string, error: NodeJS.ErrnoException): ReturnType<Files['read']> {
  if (error.code === 'ERR_INVALID_ARG_VALUE') return { why: 'no file can be called so' };
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return { why: 'it is not UTF-8 text' };
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return { why: reasonOf(error) };
  const near = nearest(basename(path), siblings(path));
  return { why: 'there is no such file', ...(near !== undefined && { nearest: near }) };
}

/** The .net files of the same folder. */
function siblings(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path)).filter((file) => file.endsWith('.net') && file !== basename(path));
  } catch {
    return [];
  }
}
