import { once } from 'node:events';
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
  /** Starts `netc` where it runs until it is stopped. */
  start(words: string | readonly string[], settings?: Settings): Running;
  write(name: string, content: string | Uint8Array): void;
  read(name: string): Buffer;
  remove(): void;
}

export interface Running {
  /** Waits until the messages have the words, and gives what has been said since the last time. */
  until(words: RegExp): Promise<Omit<Ran, 'code'>>;
  stop(): Promise<Ran>;
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
  const run = (words: string | readonly string[], settings: Settings, stop: AbortSignal) => {
    const { input = '', environment = {}, isTTY = false, folder: other = folder } = settings;
    const output = collector(isTTY);
    const messages = collector(isTTY);
    const code = main(typeof words === 'string' ? words.split(' ') : words, {
      folder: other,
      environment,
      output: output.stream,
      messages: messages.stream,
      input: (async function* () {
        yield Buffer.from(input);
      })(),
      stop,
    });
    return { code, output, messages };
  };
  return {
    folder,
    async netc(words, settings = {}) {
      const { code, output, messages } = run(words, settings, new AbortController().signal);
      return { code: await code, output: output.take(), messages: messages.take() };
    },
    start(words, settings = {}) {
      const stopping = new AbortController();
      const { code, output, messages } = run(words, settings, stopping.signal);
      return {
        async until(pattern) {
          while (!pattern.test(messages.text())) {
            const more = once(messages.stream, 'text');
            const end = await Promise.race([more, code]);
            if (typeof end === 'number') throw new Error(`netc has ended with ${end}: ${messages.text()}`);
          }
          return { output: output.take(), messages: messages.take() };
        },
        async stop() {
          stopping.abort();
          return { code: await code, output: output.take(), messages: messages.take() };
        },
      };
    },
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => readFileSync(join(folder, name)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function collector(isTTY: boolean) {
  let chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      stream.emit('text');
      done();
    },
  });
  const text = () => Buffer.concat(chunks).toString();
  /** The text since the last time. */
  const take = () => {
    const taken = text();
    chunks = [];
    return taken;
  };
  return { stream: Object.assign(stream, { isTTY }), text, take };
}
