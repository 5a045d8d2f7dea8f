import type { File, Import } from '../grammar/ast.ts';
import type { Source } from '../grammar/source.ts';
import { type Fault, fault, type Outcome, replacement } from './fault.ts';
import { readText } from './read.ts';

/** Where imports find their files. The compiler reads none itself: a command has a disk, an editor open buffers. */
export interface Files {
  /** The text of a file by its name, which is relative to where the importing file's name is; or why there is none. */
  read(name: string): { readonly text: string } | { readonly why: string; readonly nearest?: string };
  /** The names of what a folder holds, those of folders with a slash behind; the empty name is where names are relative to. */
  list?(folder: string): readonly string[];
}

/** The files that a file needs, read and parsed. */
export interface Imports {
  /** The file that a declaration imports from; undefined where it cannot be had, which its fault says. */
  fileOf(declaration: Import): File | undefined;
  /** An imported file by the name that spans have. */
  fileNamed(source: string): File | undefined;
  /** Every imported file once, with the names that spans have. */
  readonly sources: readonly Source[];
}

/** Of a file that stands alone. */
export const noImports: Imports = { fileOf: () => undefined, fileNamed: () => undefined, sources: [] };

/** More files than this are no model. */
const mostFiles = 1000;

/** Nor are files that import files deeper than this; it also keeps the stack small. */
const deepest = 100;

/** Reads what a file imports, and what that imports; reports files that are not there and circles. */
export function readImports(root: File, files: Files | undefined, parse = readText): Outcome<Imports> {
  const faults: Fault[] = [];
  const found = new Map<Import, File>();
  const known = new Map<string, File | undefined>([[normalized(root.span.source), root]]);
  const sources: Source[] = [];
  /** The names of the files that are being read, each imported by the one before. */
  const open: string[] = [];
  let full = false;
  visit(normalized(root.span.source), root);
  return {
    value: { fileOf: (declaration) => found.get(declaration), fileNamed: (name) => known.get(name), sources },
    faults,
  };

  function visit(name: string, file: File): void {
    open.push(name);
    for (const declaration of file.declarations) {
      if (declaration.kind !== 'import') continue;
      const imported = resolve(name, declaration);
      if (imported) found.set(declaration, imported);
    }
    open.pop();
  }

  function resolve(from: string, { from: path }: Import): File | undefined {
    if (!/^\.\.?\//.test(path.value)) {
      const instead = `"./${path.value.replace(/^\/+/, '')}"`;
      const fix = path.value === '' ? {} : { fix: replacement(path.span, instead) };
      faults.push(fault('import/path', path.span, { path: path.value }, fix));
      return undefined;
    }
    const name = nameOf(from, path.value);
    const start = open.indexOf(name);
    if (start >= 0) {
      const names = [...open.slice(start), name];
      faults.push(fault('import/cycle', path.span, { names }));
      return undefined;
    }
    if (!known.has(name)) known.set(name, read(name, path));
    return known.get(name);
  }

  function read(name: string, path: Import['from']): File | undefined {
    // One fault tells enough of all files that are too many.
    if (full) return undefined;
    full = known.size > mostFiles;
    const answer = full
      ? { why: `more than ${mostFiles} files are imported` }
      : open.length > deepest
        ? { why: `files import files here, more than ${deepest} deep` }
        : (files?.read(name) ?? { why: 'no files can be read here' });
    if ('why' in answer) {
      const { why, nearest } = answer;
      const instead = nearest === undefined ? undefined : JSON.stringify(relative(folderOf(name), path.value, nearest));
      const fix = instead === undefined ? {} : { fix: replacement(path.span, instead) };
      const evidence = { file: name, why, ...(instead !== undefined && { nearest: instead }) };
      faults.push(fault('import/file', path.span, evidence, fix));
      return undefined;
    }
    const source = { name, text: answer.text };
    const parsed = parse(source);
    sources.push(source);
    faults.push(...parsed.faults);
    visit(name, parsed.value);
    return parsed.value;
  }
}

/** The name of what a path in a file of this name speaks of. */
export function nameOf(from: string, path: string): string {
  return normalized(`${folderOf(from)}${path}`);
}

/** `models/` of `models/unet.net`, and nothing of `unet.net`. */
function folderOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

/** Without `.` and, where a folder is there to leave, without `..`. */
function normalized(name: string): string {
  const parts: string[] = [];
  for (const part of name.split(/[/\\]/)) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}

/** The path of a file of the same folder as the one that `written` names, in the same words. */
function relative(folder: string, written: string, name: string): string {
  return `${folderOf(written)}${name.startsWith(folder) ? name.slice(folder.length) : name}`;
}
