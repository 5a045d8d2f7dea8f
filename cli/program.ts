import { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { compileCommand } from './commands/compile.ts';
import { dumpCommand } from './commands/dump.ts';
import { explainCommand } from './commands/explain.ts';
import { fmtCommand } from './commands/fmt.ts';
import { lspCommand } from './commands/lsp.ts';
import { plotCommand } from './commands/plot.ts';
import { runCommand } from './commands/run.ts';
import { sizesCommand } from './commands/sizes.ts';
import { summaryCommand } from './commands/summary.ts';
import { weightsCommand } from './commands/weights.ts';
import type { Io } from './io.ts';
import { examples } from './options.ts';
import { version } from './version.ts';

/** In the order in which one comes to need them. */
const commands = [
  checkCommand,
  summaryCommand,
  sizesCommand,
  compileCommand,
  runCommand,
  weightsCommand,
  plotCommand,
  explainCommand,
  fmtCommand,
  lspCommand,
  dumpCommand,
];

/** The whole command line. Commands load what they need when they run, so that none pays for another. */
export function program(io: Io): Command {
  const netc = new Command('netc')
    .description('The compiler for .net files: neural networks as one would draw them, with every shape checked.')
    .version(version(), '-V, --version')
    .helpOption('-h, --help', 'say how it is used')
    .helpCommand('help [command]', 'say how a command is used')
    .addHelpText(
      'after',
      `${examples(
        '$ netc check lenet.net                                 is all in order?',
        '$ netc check models --watch                            … and again, whenever a file changes',
        '$ netc summary lenet.net                               what does it cost?',
        '$ netc compile lenet.net -o lenet.ts                   one file without imports',
        '$ netc run lenet.net --weights lenet.safetensors --input picture.png --top 3',
        '$ netc explain shape/features                          what does this error mean?',
      )}
The exit code is 0 where all is fine, 1 where something in the input is wrong, and 2 for wrong usage.
\`netc COMMAND --help\` says more of each command. \`netc lsp\` says it in your editor, as you type:
docs/editors.md has the few lines that each editor needs.`,
    );
  for (const command of commands) netc.addCommand(command(io));
  for (const command of [netc, ...netc.commands]) {
    command
      .exitOverride()
      .showHelpAfterError(`(netc ${command === netc ? '' : `${command.name()} `}--help says how it is used)`)
      .helpOption('-h, --help', 'say how it is used')
      .configureOutput({
        writeOut: (text) => io.output.write(text),
        writeErr: (text) => io.messages.write(text),
        getOutHelpWidth: () => Math.min(io.output.columns ?? 100, 100),
        getErrHelpWidth: () => Math.min(io.messages.columns ?? 100, 100),
      });
  }
  return netc;
}
