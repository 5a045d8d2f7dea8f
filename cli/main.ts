import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { paletteOf } from './colours.ts';
import { Exit, Faulty, UsageError } from './failure.ts';
import { sayFaults, sayFaultsFor } from './faults.ts';
import { type Io, say } from './io.ts';
import { program } from './program.ts';
import { version } from './version.ts';

/**
 * Runs one command and gives its exit code: 0 where all is fine, 1 where the input is at fault, 2 for wrong usage, 70 for
 * a mistake of netc's own. It never throws.
 */
export async function main(words: readonly string[], io: Io): Promise<number> {
  let json = false;
  try {
    await program(io)
      .hook('preAction', (_, command) => {
        json = command.opts<{ json?: true }>().json === true;
      })
      .parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      say(io.messages, `${paletteOf(io, io.messages).error('error')}: ${error.message}`);
      return 2;
    }
    if (error instanceof Faulty) {
      if (json) sayFaultsFor(io, 'json', error.faults, error.texts);
      else sayFaults(io, error.faults, error.texts);
      return 1;
    }
    if (isOutOfMemory(error)) {
      say(io.messages, `${paletteOf(io, io.messages).error('error')}: there is not enough memory for sizes like these`);
      return 1;
    }
    sayBug(io, words, error);
    return 70;
  }
}

/** Values and weights may have as many numbers as the machine has room for, which only it can tell. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /allocation failed|Invalid typed array length/.test(error.message);
}

/** No input should lead here. What a programmer needs goes to a file, so that nobody is shown a stack trace. */
function sayBug(io: Io, words: readonly string[], error: unknown): void {
  const [what, stack] = error instanceof Error ? [error.message, error.stack] : [String(error), ''];
  const path = join(tmpdir(), `netc-bug-${Date.now()}.txt`);
  const system = `netc ${version()}, Node ${process.version}, ${process.platform} ${process.arch}`;
  let details = 'the command line';
  try {
    writeFileSync(path, `${system}\n\n${JSON.stringify(words)}\n\n${stack}\n`);
    details = path;
  } catch {
    // The file is an offer; without a place for it the message still stands.
  }
  const title = paletteOf(io, io.messages).error('this is a bug in netc');
  say(io.messages, `${title}: ${what}\nPlease report it with ${details} and the files that the command has read.`);
}
