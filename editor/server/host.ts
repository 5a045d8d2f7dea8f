/**
 * What the server has of the machine that it runs on. In a browser there is no disk, so that there is nothing but open texts.
 * All of it is synchronous: the thread of the server has nothing else to do, and an analysis cannot wait in its middle.
 */
export interface Host {
  readonly version: string;
  /** A file that is not open, or why it cannot be read; the same object again while the file is the same. */
  read(uri: string): FileText;
  /** The `.net` files below a folder, as URIs; the first of them where there are too many. */
  files(folder: string): readonly string[];
  /** What lies in a folder itself, of `.net` files and folders, by name; a folder has a slash behind. */
  entries(folder: string): readonly string[];
  /** The URI of a file with this text, for editors that open nothing else; undefined where none can be written. */
  file?(path: string, text: string): string | undefined;
  /** Whether a text has changed since the message that is being handled was sent, so that work on it may stop. */
  isOutdated(): boolean;
  /** Waits until no message waits to be handled. */
  quiet(): Promise<void>;
}

export type FileText = { readonly text: string } | { readonly why: string; readonly nearest?: string };

/** No .net file is larger; in characters. */
export const mostText = 16 * 1024 * 1024;

export const tooLarge = 'it is larger than a .net file may be';
