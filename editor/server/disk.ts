import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNetFile, isPassedOver, stampOf } from '../../cli/files.ts';
import { fileText } from '../../cli/imports.ts';
import type { FileText, Host } from './host.ts';
import { version } from './version.ts';

/** The files of the machine. A file is read again only when it is another one than before. */
export function disk(): Required<Pick<Host, 'read' | 'files' | 'entries' | 'file'>> {
  const known = new Map<string, { readonly stamp: string; readonly answer: FileText }>();
  const written = new Map<string, string | undefined>();
  return {
    read(uri) {
      const path = pathOf(uri);
      if (path === undefined) return { why: 'it is not open, and is no file' };
      const stamp = stampOf(path);
      const before = known.get(path);
      if (before && before.stamp === stamp) return before.answer;
      const answer = fileText(path);
      // What is not there has no stamp.
      if (stamp === undefined) known.delete(path);
      else known.set(path, { stamp, answer });
      return answer;
    },
    files(uri) {
      const folder = pathOf(uri);
      return folder === undefined ? [] : filesBelow(folder).map((path) => pathToFileURL(path).href);
    },
    entries(uri) {
      const folder = pathOf(uri);
      return folder === undefined ? [] : entriesOf(folder);
    },
    file(path, text) {
      if (!written.has(path)) written.set(path, write(path, text));
      return written.get(path);
    },
  };
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** A workspace with more is not one of networks; nor do they lie in more folders. */
const mostFiles = 1000;
const mostFolders = 5000;

/** Breadth first, so that what is left out lies deep. */
function filesBelow(root: string): readonly string[] {
  const files: string[] = [];
  const folders = [root];
  for (let index = 0; index < Math.min(folders.length, mostFolders) && files.length < mostFiles; index++) {
    for (const name of entriesOf(folders[index]!)) {
      (name.endsWith('/') ? folders : files).push(join(folders[index]!, name));
    }
  }
  return files.slice(0, mostFiles);
}

/** What the command passes over is passed over. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const { name } = entry;
      if (isPassedOver(name)) return [];
      if (entry.isDirectory()) return [`${name}/`];
      return isNetFile(name) ? [name] : [];
    });
  } catch {
    return [];
  }
}

/** In a folder that only this user can write, as a file that is to be read and not changed. */
function write(path: string, text: string): string | undefined {
  try {
    const folder = join(tmpdir(), `netc-${version}-${userInfo().username}`);
    const file = join(folder, path);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Whoever else may write there has put it there, or leads elsewhere by a link.
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || (process.getuid && stats.uid !== process.getuid())) return undefined;
    mkdirSync(dirname(file), { recursive: true });
    if (textOf(file) !== text) {
      rmSync(file, { force: true });
      writeFileSync(file, text, { mode: 0o444 });
    }
    return pathToFileURL(file).href;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
