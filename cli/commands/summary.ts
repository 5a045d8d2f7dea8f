import { Command } from 'commander';
import { build, bytesText, numberText, summarize } from '../../compiler/index.ts';
import { type Io, say } from '../io.ts';
import { readNet } from '../nets.ts';
import { examples, type NetOptions, withNetOptions } from '../options.ts';
import { type Column, table } from '../table.ts';

const columns: readonly Column[] = [
  { title: 'path', align: 'left' },
  { title: 'layer', align: 'left' },
  { title: 'output', align: 'left' },
  { title: 'parameters', align: 'right' },
  { title: 'MACs', align: 'right' },
];

export function summaryCommand(io: Io): Command {
  return withNetOptions(new Command('summary'))
    .description('List the layers of a net: output shapes, parameters, multiply-accumulates and memory')
    .argument('<file>', 'a .net file; - is the standard input')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      examples(
        '$ netc summary lenet.net',
        '$ netc summary unet.net --dim H=256 --dim W=256',
        '$ netc summary lenet.net --json',
      ),
    )
    .action(async (file: string, options: NetOptions & { json?: true }) => {
      const { graph } = await readNet(io, file, options);
      const summary = summarize(graph, graph.symbols.length === 0 ? build(graph).model : undefined);
      if (options.json) {
        say(io.output, JSON.stringify(summary, undefined, 2));
        return;
      }
      const rows = summary.layers.map(({ path, layer, output, parameters, macs }) => [
        path,
        layer,
        `[${output.join(', ')}]`,
        numberText(parameters),
        numberText(macs),
      ]);
      const total = ['total', '', '', numberText(summary.parameters), numberText(summary.macs)];
      say(io.output, `${summary.signature}\n\n${table(columns, [...rows, total])}`);
      const { parameters, arena } = summary;
      if (parameters !== null) say(io.output, `\nweights  ${bytesText(4 * parameters)}`);
      if (arena)
        say(
          io.output,
          `arena    ${bytesText(arena.bytes)}, where ${bytesText(arena.lowerBound)} is the least possible`,
        );
    });
}
