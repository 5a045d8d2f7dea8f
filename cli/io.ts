/** All that the command has of the world besides files, so that tests can run it in their own process. */
export interface Io {
  /** The folder that relative paths are taken from. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was asked for: results, listings, JSON. */
  readonly output: Output;
  /** What is said about it: faults, progress, notes. */
  readonly messages: Output;
  /** The standard input, for a file that is called `-`. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Ends what runs until it is interrupted. A process needs none: the signal of a Ctrl-C ends it. */
  readonly stop?: AbortSignal;
}

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

export function say(output: Output, text: string): void {
  output.write(`${text}\n`);
}
