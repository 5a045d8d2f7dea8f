import { TextDocument } from 'vscode-languageserver-textdocument';
import { createMemo, type Memo, type Snapshot, snapshot } from '../../compiler/ide.ts';
import { type Files, prelude, preludeName, type Source } from '../../compiler/index.ts';
import type { Documents } from './documents.ts';
import { type FileText, type Host, mostText, tooLarge } from './host.ts';
import { folderOf, hasFolder, nameOf, uriOf } from './names.ts';

/** Of so many texts that are not open the snapshots are kept. A large workspace would fill the memory. */
const mostKept = 256;

/**
 * All texts and what is known of them. A snapshot is right for as long as its text and all that was read for it read the same;
 * this is asked anew each time, so that nothing needs to be told what depends on what.
 */
export class Workspace {
  private readonly documents: Documents;
  private readonly host: Host;
  private readonly isInterrupted: () => boolean;
  /** Whether the client tells which files come and go. */
  private readonly hearsOfFiles: boolean;
  private readonly folders = new Set<string>();
  /** What another server has said before is not taken for the same. */
  private readonly begun = Date.now();
  private states = 0;
  private listed: readonly string[] | undefined;
  /** By names; those that were asked for last come last. */
  private readonly checked = new Map<string, Checked>();
  private readonly memos = new Map<string, Memo>();
  private readonly lined = new Map<string, TextDocument>();

  constructor(documents: Documents, host: Host, hearsOfFiles: boolean, isInterrupted: () => boolean) {
    this.documents = documents;
    this.host = host;
    this.hearsOfFiles = hearsOfFiles;
    this.isInterrupted = isInterrupted;
    documents.synced.onDidClose(({ document }) => this.close(nameOf(document.uri)));
  }

  /** A text as the editor has it, else as the disk does. */
  read(name: string): FileText {
    const open = this.documents.get(name);
    if (open) {
      const text = open.getText();
      return text.length > mostText ? { why: tooLarge } : { text };
    }
    if (name === preludeName) return { text: prelude };
    if (!hasFolder(name)) return { why: 'the text that imports it has to be saved first' };
    const found = this.host.read(uriOf(name));
    return 'nearest' in found ? { ...found, nearest: `${folderOf(name)}${found.nearest}` } : found;
  }

  private close(name: string): void {
    this.memos.delete(name);
    this.lined.delete(name);
    if ('why' in this.read(name)) this.checked.delete(name);
  }

  /** The names of what lies in a folder, open texts included; folders have a slash behind. */
  private list(folder: string): readonly string[] {
    const open = this.documents.names().filter((name) => name.startsWith(folder));
    const inside = open.map((name) => name.slice(folder.length).replace(/\/.*$/s, '/'));
    return [...new Set([...inside, ...(hasFolder(folder) ? this.host.entries(uriOf(folder)) : [])])];
  }

  /** What is known of a text as it is now. */
  snapshot(name: string): Snapshot | Unreadable {
    const current = this.current(name);
    if ('why' in current) return current;
    current.snapshot ??= this.check({ name, text: current.text }).snapshot;
    return current.snapshot;
  }

  /** The same for as long as nothing changes of what there is to say of a text. */
  state(name: string): string | undefined {
    const current = this.current(name);
    return 'why' in current ? undefined : current.state;
  }

  /** Whether what was known of a text is not right any more. */
  isStale(name: string): boolean {
    return this.checked.has(name) && this.isNew(name);
  }

  /** Whether a text is one that was not checked yet. */
  isNew(name: string): boolean {
    const known = this.checked.get(name);
    const now = this.read(name);
    return 'text' in now && !(known && this.isCurrent(known, now.text));
  }

  /** The name of every text: of those that are open, and of the `.net` files of the workspace. */
  names(): readonly string[] {
    const listed = this.listed ?? [...this.folders].flatMap((folder) => this.host.files(folder).map(nameOf));
    if (this.hearsOfFiles) this.listed = listed;
    return [...new Set([...this.documents.names(), ...listed])];
  }

  /** Files may have come or gone. */
  listAgain(): void {
    this.listed = undefined;
  }

  folderNames(): readonly string[] {
    // The root of all has no name that would say anything.
    return [...this.folders].map((folder) => nameOf(folder).replace(/\/$/, '')).filter((name) => name !== '');
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    for (const folder of removed) this.folders.delete(folder);
    for (const folder of added) this.folders.add(folder);
    this.listAgain();
  }

  /** The names of all texts beside one, those that it imports from elsewhere included. */
  namesBeside({ source, sources }: Snapshot): readonly string[] {
    const names = new Set([...this.names(), ...sources.map(({ name }) => name)]);
    names.delete(source.name);
    return [...names];
  }

  /** Whether the words of a text beside one import a name; to check them all would take longer than somebody waits. */
  isImported(name: string, snapshot: Snapshot): boolean {
    const statement = new RegExp(`\\bimport\\b[^"]*\\b${name}\\b[^"]*\\bfrom\\b`);
    return this.namesBeside(snapshot).some((each) => {
      const text = this.read(each);
      return 'text' in text && statement.test(text.text);
    });
  }

  /** Of those texts that can be read. */
  snapshots(names: readonly string[]): readonly Snapshot[] {
    return names.flatMap((name) => {
      const known = this.snapshot(name);
      return 'why' in known ? [] : [known];
    });
  }

  /** The URI that the client has for a text. */
  uri(name: string): string {
    return this.documents.get(name)?.uri ?? uriOf(name);
  }

  /** The version of an open text; `null` for a file. */
  version(name: string): number | null {
    return this.documents.get(name)?.version ?? null;
  }

  /** A text with its lines, which stays as it is while the text goes on to change. */
  lines({ name, text }: Source): TextDocument {
    const known = this.lined.get(name);
    if (known?.getText() === text) return known;
    const lines = TextDocument.create(uriOf(name), 'net', 0, text);
    this.lined.set(name, lines);
    for (const [oldest] of this.lined) {
      if (this.lined.size <= mostKept) break;
      this.lined.delete(oldest);
    }
    return lines;
  }

  private current(name: string): Checked | Unreadable {
    const now = this.read(name);
    if ('why' in now) {
      this.checked.delete(name);
      return now;
    }
    const known = this.checked.get(name);
    const current = known && this.isCurrent(known, now.text) ? known : this.check({ name, text: now.text });
    this.keep(name, current);
    return current;
  }

  private isCurrent({ text, reads }: Checked, now: string): boolean {
    return text === now && [...reads].every(([name, answer]) => isSame(this.read(name), answer));
  }

  private check(source: Source): Checked & { snapshot: Snapshot } {
    const reads = new Map<string, FileText>();
    const files: Files = {
      list: (folder) => this.list(folder),
      read: (name) => {
        const answer = this.read(name);
        reads.set(name, answer);
        const together = [...reads.values()].reduce((sum, each) => sum + ('text' in each ? each.text.length : 0), 0);
        return together > mostText ? { why: 'all imported files together are larger than a .net file may be' } : answer;
      },
    };
    const known = snapshot(source, { files, interrupted: this.isInterrupted }, this.memo(source.name));
    this.states++;
    return { text: source.text, reads, state: `${this.begun}.${this.states}`, snapshot: known };
  }

  /** What a text that is open has shown so far, also where its analysis was interrupted. */
  private memo(name: string): Memo {
    const memo = this.memos.get(name) ?? this.checked.get(name)?.snapshot?.memo ?? createMemo();
    if (this.documents.get(name)) this.memos.set(name, memo);
    return memo;
  }

  private keep(name: string, checked: Checked): void {
    const isOpen = this.documents.get(name) !== undefined;
    // What is open stays anyway, and is another one after each keystroke, at which nothing should be moved about.
    if (!isOpen) this.checked.delete(name);
    this.checked.set(name, checked);
    if (isOpen) return;
    const closed = [...this.checked].filter(([each, { snapshot }]) => snapshot && !this.documents.get(each));
    for (const [, each] of closed.slice(0, Math.max(0, closed.length - mostKept))) each.snapshot = undefined;
  }
}

interface Checked {
  readonly text: string;
  /** What the imports of the text have found, by name. */
  readonly reads: ReadonlyMap<string, FileText>;
  readonly state: string;
  /** Made again where it was not kept. */
  snapshot: Snapshot | undefined;
}

interface Unreadable {
  readonly why: string;
}

function isSame(left: FileText, right: FileText): boolean {
  if (left === right) return true;
  if ('text' in left) return 'text' in right && left.text === right.text;
  return 'why' in right && left.why === right.why && left.nearest === right.nearest;
}
