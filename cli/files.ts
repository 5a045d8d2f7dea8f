import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { visible } from '../compiler/index.ts';
import type { Io } from './io.ts';

/** The files that words of the command line name: a file itself, and every .net file of a folder, at any depth. */
export function netFiles(io: Io, paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(io, path) ? filesOf(io, path) : [path])))];
}

export function isFolder(io: Io, path: string): boolean {
  return path !== '-' && statsOf(resolve(io.folder, path))?.isDirectory() === true;
}

/** Of a file that can be had. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** What tells one state of a file from another: another file, or another text; undefined where there is none. */
export function stampOf(path: string): string | undefined {
  const stats = statsOf(path);
  return stats && [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ');
}

/** The .net files of a folder, by name. Hidden folders and packages hold nothing of the user's own. */
function filesOf(io: Io, folder: string): readonly string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(resolve(io.folder, folder), { withFileTypes: true });
  } catch {
    // Whoever reads it finds out why it cannot be.
    return [folder];
  }
  return entries
    .filter(({ name }) => !isPassedOver(name))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesOf(io, path);
      // A pipe or a device may never end.
      return isNetFile(entry.name) && (entry.isFile() || entry.isSymbolicLink()) ? [path] : [];
    });
}

export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

export function isNetFile(name: string): boolean {
  return name.endsWith('.net');
}

/** What is said where folders hold nothing to work on. */
export function noFiles(paths: readonly string[]): string {
  return `there is no .net file in ${paths.map((path) => `\`${visible(path)}\``).join(' or ')}`;
}
