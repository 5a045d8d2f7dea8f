import { Command } from 'commander';
import {
  analyze,
  type Fault,
  type Graph,
  hasErrors,
  type Source,
  signature,
  sizesText,
  solveSizes,
} from '../../compiler/index.ts';
import { Exit, Faulty } from '../failure.ts';
import { sayFaults, sayFaultsAsJson, textsFor } from '../faults.ts';
import { type Io, say } from '../io.ts';
import { checkOptions, examples, type NetOptions, withValueOptions } from '../options.ts';
import { readSource } from '../read.ts';

export function checkCommand(io: Io): Command {
  return withValueOptions(new Command('check'))
    .description('Check files: names, options and every shape')
    .argument('<file...>', '.net files; - is the standard input')
    .option('--json', 'print faults as JSON')
    .addHelpText(
      'after',
      examples(
        '$ netc check lenet.net',
        '$ netc check models/*.net --json',
        '$ netc check unet.net --dim H=256 --dim W=256',
      ),
    )
    .action(async (files: string[], options: Pick<NetOptions, 'set' | 'dim'> & { json?: true }) => {
      const faults: Fault[] = [];
      const sources: Source[] = [];
      const correct: string[] = [];
      for (const file of new Set(files)) {
        try {
          const source = await readSource(io, file);
          const checked = analyze(source, checkOptions(io, options));
          faults.push(...checked.faults);
          sources.push(...checked.value.sources);
          if (hasErrors(checked.faults)) continue;
          const nets = checked.value.graphs.map(checkedText);
          correct.push(
            nets.length === 0 ? `${source.name}: no net` : nets.map((net) => `${source.name}: ${net}`).join('\n'),
          );
        } catch (error) {
          // One file that cannot be read does not keep the others from being checked.
          if (!(error instanceof Faulty)) throw error;
          faults.push(...error.faults);
          sources.push(...[...error.texts].map(([name, text]) => ({ name, text })));
        }
      }
      const texts = textsFor(faults, sources);
      if (options.json) sayFaultsAsJson(io, faults, texts);
      else {
        for (const line of correct) say(io.output, line);
        sayFaults(io, faults, texts);
      }
      if (hasErrors(faults)) throw new Exit(1);
    });
}

/** What a net takes and gives, and for which sizes where some are open. */
function checkedText(graph: Graph): string {
  const sizes = graph.symbols.length > 0 ? `; ${sizesText(solveSizes(graph))}` : '';
  return `${signature(graph)}${sizes}`;
}
