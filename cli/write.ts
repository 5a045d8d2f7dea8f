import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { reasonOf } from './read.ts';

/** Which files may be replaced, by how they begin; and what is said of the others. */
export interface Replacing {
  allows(beginning: Buffer): boolean;
  readonly otherwise: string;
}

/** Code and pictures say in their first lines that they are made by netc. */
export const generated: Replacing = {
  allows: (beginning) => /\bby netc\b/.test(beginning.toString('latin1')),
  otherwise: 'and does not say that it was made by netc',
};

/** An array cannot say who made it; one that is to be written takes the place of another. */
export const arrays: Replacing = {
  allows: (beginning) => beginning.toString('latin1', 0, 6) === '\x93NUMPY',
  otherwise: 'and is no NumPy array',
};

/** Weights may have cost days of training, whoever wrote them first. */
export const nothing: Replacing = { allows: () => false, otherwise: 'and may hold trained weights' };

/** For sources that are written back, and for `--force`. */
export const anything: Replacing = { allows: () => true, otherwise: '' };

/**
 * Writes a file whole or not at all; `-` is the standard output. A file that exists is only replaced where `replacing`
 * allows it. Throws a `UsageError` where it cannot be written.
 */
export async function writeWhole(io: Io, path: string, data: string | Uint8Array, replacing: Replacing): Promise<void> {
  if (path === '-') {
    io.output.write(data);
    return;
  }
  const { target, existing } = await checkWritable(io, path, replacing);
  try {
    if (existing && !existing.isFile()) await writeFile(target, data);
    else await replace(target, data, existing?.mode);
  } catch (error) {
    throw new UsageError(`\`${path}\` cannot be written: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

/** Throws a `UsageError` where a file may not be written: for commands that have long to do before they write. */
export async function checkWritable(io: Io, path: string, replacing: Replacing) {
  // A link stays a link: what it points to is replaced.
  const target = await realpath(resolve(io.folder, path)).catch(() => resolve(io.folder, path));
  const existing = await stat(target).catch(() => undefined);
  if (existing?.isDirectory()) throw new UsageError(`\`${path}\` is a folder`);
  if (existing?.isFile() && !replacing.allows(await beginningOf(target))) {
    throw new UsageError(`\`${path}\` exists ${replacing.otherwise}; --force replaces it`);
  }
  return { target, existing };
}

/** How a file begins; one that cannot be read shows nothing of itself. */
async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path).catch(() => undefined);
  if (!file) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Writes beside the target and then renames, which either happens or does not. */
async function replace(target: string, data: string | Uint8Array, mode = 0o666): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(draft, data, { mode, flag: 'wx' });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
