import type { Stats } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { UsageError } from './failure.ts';
import { isFolder, isNetFile, isPassedOver, netFiles, stampOf, statsOf } from './files.ts';
import type { Io } from './io.ts';
import { reasonOf } from './read.ts';

/** Is told of every path that somebody is about to read, whether there is something or not. */
export type Look = (path: string) => void;

/**
 * Does some work now, and again whenever something that it has looked at is another, until the process is interrupted.
 * What is watched follows from the last time, so that files come and go with the imports that name them.
 */
export async function repeat(io: Io, work: (look: Look) => Promise<void>): Promise<void> {
  while (!io.stop?.aborted) {
    const seen = new Map<string, string>();
    await work((name) => {
      const path = resolve(io.folder, name);
      if (!seen.has(path)) seen.set(path, stateOf(io, path));
    });
    await change(io, seen);
  }
}

/** What tells one state of a file or of a folder from another; of a folder, which files it holds. */
function stateOf(io: Io, path: string): string {
  if (isFolder(io, path)) return netFiles(io, [path]).join('\n');
  return stampOf(path) ?? 'nothing';
}

/** Events come in bursts: an editor writes beside a file and renames, a version control system changes many. */
const quiet = 50;
/** How often it is asked whether the folders are still the same, in milliseconds. */
const interval = 1000;

/** Waits until something is no longer as it was seen. */
async function change(io: Io, seen: ReadonlyMap<string, string>): Promise<void> {
  const folders = new Set([...seen.keys()].map(existingFolder));
  const concerns = relevance(new Set(seen.keys()));
  const watcher = watch([...folders], { ignored: (path, stats) => !concerns(resolve(path), stats), atomic: false });
  const isOther = () => [...seen].some(([path, state]) => stateOf(io, path) !== state);
  const identities = () => [...folders].map((folder) => statsOf(folder)?.ino).join();
  const watched = identities();
  try {
    await settled(watcher, () => identities() !== watched, isOther, io.stop);
  } finally {
    await watcher.close();
  }
}

/**
 * Events only say when to look again, so that one too many does nothing, and what changed before all was watched is seen. None
 * says that a folder above was moved, or that a link to one leads elsewhere: what is watched is elsewhere then.
 */
function settled(
  watcher: FSWatcher,
  isElsewhere: () => boolean,
  isOther: () => boolean,
  stop: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      clearTimeout(timer);
      clearInterval(now);
      stop?.removeEventListener('abort', end);
      resolve();
    };
    const lookSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => isOther() && end(), quiet);
    };
    const now = setInterval(() => isElsewhere() && lookSoon(), interval);
    watcher.on('all', lookSoon).on('ready', lookSoon);
    watcher.on('error', (error) => {
      reject(new UsageError(`files cannot be watched: ${reasonOf(error as Error)}`));
      end();
    });
    stop?.addEventListener('abort', end);
    if (stop?.aborted) end();
  });
}

/** Folders are watched rather than files, so that a file may be replaced, vanish, and come back. */
function existingFolder(path: string): string {
  const parent = dirname(path);
  return parent === path || statsOf(path)?.isDirectory() ? path : existingFolder(parent);
}

/** Whether a path is one that was seen, leads to one, or is a folder or a .net file within one. */
function relevance(seen: ReadonlySet<string>): (path: string, stats?: Stats) => boolean {
  const named = new Set<string>();
  for (const path of seen) for (let each = path; !named.has(each); each = dirname(each)) named.add(each);
  const isWithin = (path: string): boolean => {
    const parent = dirname(path);
    return parent !== path && !isPassedOver(basename(path)) && (seen.has(parent) || isWithin(parent));
  };
  // Before it is known what stands there, it may be a folder. A link to one is not gone into.
  const mayBeFolder = (stats?: Stats) => stats === undefined || stats.isDirectory();
  return (path, stats) => named.has(path) || (isWithin(path) && (isNetFile(path) || mayBeFolder(stats)));
}
