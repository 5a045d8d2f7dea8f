import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AnalyzeOptions, nearest } from '../compiler/index.ts';
import { importedFiles } from './imports.ts';
import type { Io } from './io.ts';
import type { Look } from './watch.ts';

/** Options that several commands have. */

export interface NetOptions {
  readonly set: ReadonlyMap<string, number | boolean | string>;
  readonly dim: ReadonlyMap<string, number>;
  readonly net?: string;
}

/** `--set`, `--dim` and `--net`: how a net is taken out of a file. */
export function withNetOptions(command: Command): Command {
  return withValueOptions(command).option('--net <name>', 'the net that is meant, where the file has several');
}

export function withValueOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--set <name=value>', 'another value for a `let` of the file; may be given several times')
        .argParser(collect(settingOf))
        .default(new Map(), 'as written'),
    )
    .addOption(
      new Option('--dim <name=size>', 'the size of a symbolic dimension; may be given several times')
        .argParser(collect(sizeOf))
        .default(new Map(), 'open'),
    );
}

export function checkOptions(io: Io, { set, dim }: Pick<NetOptions, 'set' | 'dim'>, look?: Look): AnalyzeOptions {
  return { set, dims: dim, files: importedFiles(io, look) };
}

/** An option that takes one of a few words. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, `${description}: ${words.join(', ')}`).argParser((written) => {
    if (words.includes(written)) return written;
    const meant = nearest(written, words);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    throw new InvalidArgumentError(`It is one of ${words.join(', ')}.${hint}`);
  });
}

export function wholeNumber(minimum: number) {
  return (written: string): number => {
    const value = Number(written);
    if (/^\d+$/.test(written) && Number.isSafeInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`It is a whole number from ${minimum} on.`);
  };
}

/** `name=value`; the part before the sign is undefined where there is none. */
export function assignment(written: string): { name: string | undefined; value: string } {
  const at = written.indexOf('=');
  return at < 0 ? { name: undefined, value: written } : { name: written.slice(0, at), value: written.slice(at + 1) };
}

function collect<Value>(parse: (value: string) => Value) {
  return (written: string, before: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => {
    const { name, value } = assignment(written);
    if (!name || value === '') throw new InvalidArgumentError('It is written name=value.');
    if (before.has(name)) throw new InvalidArgumentError(`${name} is given twice.`);
    return new Map(before).set(name, parse(value));
  };
}

function settingOf(value: string): number | boolean | string {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? Number(value) : value;
}

const sizeOf = wholeNumber(1);

/** Lines below the options of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
