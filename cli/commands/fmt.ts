import { Command } from 'commander';
import { type Fault, format } from '../../compiler/index.ts';
import { Exit, Faulty, UsageError } from '../failure.ts';
import { sayFaults, textsFor } from '../faults.ts';
import { netFiles, noFiles } from '../files.ts';
import { type Io, say } from '../io.ts';
import { examples } from '../options.ts';
import { readSource } from '../read.ts';
import { anything, writeWhole } from '../write.ts';

export function fmtCommand(io: Io): Command {
  return new Command('fmt')
    .description('Bring files into the canonical layout')
    .argument(
      '<path...>',
      '.net files, and folders with .net files, which are changed in place; - goes from the standard input to the standard output',
    )
    .option('--check', 'change nothing: name the files that would change, and end with 1 if there are any')
    .addHelpText('after', examples('$ netc fmt lenet.net', '$ netc fmt --check models', '$ netc fmt - < draft.net'))
    .action(async (paths: string[], options: { check?: true }) => {
      const files = netFiles(io, paths);
      if (files.length === 0) throw new UsageError(noFiles(paths));
      const changed: string[] = [];
      let failed = false;
      for (const file of files) {
        try {
          const source = await readSource(io, file);
          const formatted = format(source);
          const faults: readonly Fault[] = formatted.faults;
          if (faults.length > 0) throw new Faulty(faults, textsFor(faults, [source]));
          const same = formatted.value === source.text;
          if (!same) changed.push(source.name);
          if (!options.check && (file === '-' || !same)) await writeWhole(io, file, formatted.value, anything);
        } catch (error) {
          // A file with mistakes is left alone, and the others are done all the same.
          if (!(error instanceof Faulty)) throw error;
          sayFaults(io, error.faults, error.texts);
          failed = true;
        }
      }
      if (options.check) for (const name of changed) say(io.output, name);
      if (failed || (options.check && changed.length > 0)) throw new Exit(1);
    });
}
