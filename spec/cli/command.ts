import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { main } from '../../cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly output: string;
  readonly messages: string;
}

/** A folder of its own for the files of a test, and the command in it. */
export interface Workplace {
  readonly folder: string;
  /** Runs `netc` in this process; a word with spaces is given as an array's element. */
  netc(words: string | readonly string[], settings?: Settings): Promise<Ran>;
  write(name: string, content: string | Uint8Array): void;
  read(name: string): Buffer;
  remove(): void;
}

export interface Settings {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  /** Another folder to run in, such as a project with packages. */
  readonly folder?: string;
}

export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'netc-spec-'));
  return {
    folder,
    async netc(words, { input = '', environment = {}, isTTY = false, folder: other = folder } = {}) {
      const output = collector(isTTY);
      const messages = collector(isTTY);
      const code = await main(typeof words === 'string' ? words.split(' ') : words, {
        folder: other,
        environment,
        output: output.stream,
        messages: messages.stream,
        input: (async function* () {
          yield Buffer.from(input);
        })(),
      });
      return { code, output: output.text(), messages: messages.text() };
    },
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => readFileSync(join(folder, name)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function collector(isTTY: boolean) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => Buffer.concat(chunks).toString() };
}
