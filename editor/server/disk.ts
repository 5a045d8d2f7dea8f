import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nearest } from '../../compiler/index.ts';
import { type FileText, type Host, mostText, tooLarge } from './host.ts';
import { version } from './version.ts';

/** The files of the machine. A file is read again only when it is another one than before. */
export function disk(): Required<Pick<Host, 'read' | 'files' | 'entries' | 'file'>> {
  const known = new Map<string, { readonly stamp: string; readonly answer: FileText }>();
  const written = new Map<string, string | undefined>();
  return {
    read(uri) {
      try {
        const path = fileURLToPath(uri);
        const found = statSync(path);
        if (found.isDirectory()) return { why: 'it is a folder' };
        // A pipe or a device may never end.
        if (!found.isFile()) return { why: 'it is not a regular file' };
        if (found.size > mostText) return { why: tooLarge };
        const stamp = [found.dev, found.ino, found.size, found.mtimeMs].join();
        const before = known.get(path);
        if (before?.stamp === stamp) return before.answer;
        const answer = { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
        known.set(path, { stamp, answer });
        return answer;
      } catch (error) {
        return whyNot(uri, error as NodeJS.ErrnoException);
      }
    },
    files: (uri) => (isFile(uri) ? filesBelow(fileURLToPath(uri)).map((path) => pathToFileURL(path).href) : []),
    entries: (uri) => (isFile(uri) ? entriesOf(fileURLToPath(uri)) : []),
    file(path, text) {
      if (!written.has(path)) written.set(path, write(path, text));
      return written.get(path);
    },
  };
}

function isFile(uri: string): boolean {
  return uri.startsWith('file:');
}

function whyNot(uri: string, error: NodeJS.ErrnoException): FileText {
  switch (error.code) {
    case 'ERR_INVALID_URL_SCHEME':
      return { why: 'it is not open, and is no file' };
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return { why: 'it is not UTF-8 text' };
    case 'ENOENT':
    case 'ENOTDIR': {
      const path = fileURLToPath(uri);
      const near = nearest(
        basename(path),
        entriesOf(dirname(path)).filter((name) => !name.endsWith('/')),
      );
      return { why: 'there is no such file', ...(near !== undefined && { nearest: near }) };
    }
    case 'EACCES':
      return { why: 'it may not be read' };
    default:
      return { why: `it cannot be read: ${error.message}` };
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

/** Folders that hide, or that hold other people's packages, are passed over. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const { name } = entry;
      if (entry.isDirectory()) return name.startsWith('.') || name === 'node_modules' ? [] : [`${name}/`];
      return name.endsWith('.net') ? [name] : [];
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
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const { uid } = statSync(folder);
    if (process.getuid && uid !== process.getuid()) return undefined;
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
