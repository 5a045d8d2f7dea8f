import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import {
  analyze,
  counted,
  type Fault,
  type Graph,
  hasErrors,
  type Source,
  signature,
  sizesText,
  solveSizes,
  type Texts,
  visible,
} from '../../compiler/index.ts';
import { paletteOf } from '../colours.ts';
import { Exit, Faulty, UsageError } from '../failure.ts';
import { faultsText, sayFaults, sayFaultsFor, summaryOf, type ToolFormat, textsFor, toolFormats } from '../faults.ts';
import { netFiles, noFiles } from '../files.ts';
import { type Io, say } from '../io.ts';
import { checkOptions, choice, examples, type NetOptions, withValueOptions } from '../options.ts';
import { readSource } from '../read.ts';
import type { Look } from '../watch.ts';

interface Options extends Pick<NetOptions, 'set' | 'dim'> {
  readonly watch?: true;
  readonly format: 'text' | ToolFormat;
  readonly json?: true;
}

export function checkCommand(io: Io): Command {
  return withValueOptions(new Command('check'))
    .description('Check files: names, options and every shape')
    .argument('<path...>', '.net files, and folders with .net files; - is the standard input')
    .option('--watch', 'check again whenever a file changes, or one that it imports')
    .addOption(choice('--format <format>', 'how faults are printed', ['text', ...toolFormats]).default('text'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .addHelpText(
      'after',
      examples(
        '$ netc check lenet.net',
        '$ netc check models --watch                    all .net files of a folder, whenever one changes',
        '$ netc check models/*.net --json',
        '$ netc check models --format github            annotations, in a workflow of GitHub',
        '$ netc check models --format sarif > netc.sarif',
        '$ netc check unet.net --dim H=256 --dim W=256',
      ),
    )
    .action(async (paths: string[], options: Options) => {
      const format = options.json ? 'json' : options.format;
      if (options.watch) return checkAgain(io, paths, options, format);
      const { files, faults, texts, correct } = await checkFiles(io, paths, options);
      if (files.length === 0) throw new UsageError(noFiles(paths));
      if (format === 'text') {
        for (const line of correct) say(io.output, line);
        sayFaults(io, faults, texts);
      } else sayFaultsFor(io, format, faults, texts);
      if (hasErrors(faults)) throw new Exit(1);
    });
}

/** Checks and says so, whenever something changes. A terminal shows the last check alone, anything else all of them. */
async function checkAgain(io: Io, paths: readonly string[], options: Options, format: string): Promise<void> {
  if (format !== 'text') throw new UsageError(`--watch goes on without end, and ${format} has one`);
  if (paths.includes('-')) throw new UsageError('--watch needs files: the standard input does not change');
  const { repeat } = await import('../watch.ts');
  await repeat(io, async (look) => {
    const watched = new Set<string>();
    // Files come and go in a folder.
    for (const path of paths) look(path);
    const { files, faults, texts, correct } = await checkFiles(io, paths, options, (path) => {
      look(path);
      watched.add(resolve(io.folder, path));
    });
    clearScreen(io);
    for (const line of correct) say(io.output, line);
    if (faults.length > 0) say(io.messages, `${faultsText(io, faults, texts)}\n`);
    const { frame, error, fix } = paletteOf(io, io.messages);
    const time = frame(`[${new Date().toTimeString().slice(0, 8)}]`);
    const summary =
      files.length === 0
        ? noFiles(paths)
        : `${(hasErrors(faults) ? error : fix)(summaryOf(faults))}; watching ${counted(watched.size, 'file')}`;
    say(io.messages, `${time} ${summary}`);
  });
}

function clearScreen({ output, messages, environment }: Io): void {
  const terminal = [output, messages].find(({ isTTY }) => isTTY);
  // What has been scrolled away goes too, so that nobody scrolls back into an earlier check.
  if (environment.TERM !== 'dumb') terminal?.write('\x1b[2J\x1b[3J\x1b[H');
}

interface Checked {
  readonly files: readonly string[];
  readonly faults: readonly Fault[];
  readonly texts: Texts;
  /** A line for each net without errors. */
  readonly correct: readonly string[];
}

async function checkFiles(io: Io, paths: readonly string[], options: Options, look?: Look): Promise<Checked> {
  const files = netFiles(io, paths);
  const faults: Fault[] = [];
  const sources: Source[] = [];
  const correct: string[] = [];
  for (const file of files) {
    try {
      look?.(file);
      const source = await readSource(io, file);
      const checked = analyze(source, checkOptions(io, options, look));
      faults.push(...checked.faults);
      sources.push(...checked.value.sources);
      if (hasErrors(checked.faults)) continue;
      const nets = checked.value.graphs.map(checkedText);
      correct.push(...(nets.length === 0 ? ['no net'] : nets).map((line) => `${visible(source.name)}: ${line}`));
    } catch (error) {
      // One file that cannot be read does not keep the others from being checked.
      if (!(error instanceof Faulty)) throw error;
      faults.push(...error.faults);
      sources.push(...[...error.texts].map(([name, text]) => ({ name, text })));
    }
  }
  return { files, faults: distinct(faults), texts: textsFor(faults, sources), correct };
}

/** What is wrong in a file that several import is said once. A fault is plain data. */
function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** What a net takes and gives, and for which sizes where some are open. */
function checkedText(graph: Graph): string {
  const sizes = graph.symbols.length > 0 ? `; ${sizesText(solveSizes(graph))}` : '';
  return `${signature(graph)}${sizes}`;
}
