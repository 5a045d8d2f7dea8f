import { Command } from 'commander';
import { analyze, hasErrors, signature, sizesText, solveSizes } from '../../compiler/index.ts';
import { Faulty } from '../failure.ts';
import { textsFor } from '../faults.ts';
import { type Io, say } from '../io.ts';
import { chooseNet } from '../nets.ts';
import { checkOptions, examples, type NetOptions, withNetOptions } from '../options.ts';
import { readSource } from '../read.ts';

export function sizesCommand(io: Io): Command {
  return withNetOptions(new Command('sizes'))
    .description('Say which sizes of input a net accepts, whatever sizes are written in its head')
    .argument('<file>', 'a .net file; - is the standard input')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      examples('$ netc sizes lenet.net', '$ netc sizes unet.net --dim W=256', '$ netc sizes lenet.net --json'),
    )
    .action(async (file: string, options: NetOptions & { json?: true }) => {
      const source = await readSource(io, file);
      const { value, faults } = analyze(source, { ...checkOptions(io, options), openSizes: true });
      if (hasErrors(faults)) throw new Faulty(faults, textsFor(faults, value.sources));
      const graph = chooseNet(value.graphs, file, options.net);
      const sizes = solveSizes(graph);
      if (options.json) say(io.output, JSON.stringify({ net: graph.name, ...sizes }, undefined, 2));
      else say(io.output, `${signature(graph)}\n${sizesText(sizes)}`);
    });
}
