import { Command } from 'commander';
import {
  bytesText,
  counted,
  type GraphWeight,
  initialWeights,
  numberText,
  product,
  weightsOf,
  writeSafetensors,
} from '../../compiler/index.ts';
import { UsageError } from '../failure.ts';
import { sayFaultsFor } from '../faults.ts';
import { type Io, say } from '../io.ts';
import { missingSizes, readNet } from '../nets.ts';
import { examples, type NetOptions, wholeNumber, withNetOptions } from '../options.ts';
import { type Column, table } from '../table.ts';
import { readWeights } from '../weights.ts';
import { anything, nothing, writeWhole } from '../write.ts';

interface Options extends NetOptions {
  readonly json?: true;
  readonly init?: true;
  readonly seed: number;
  readonly output?: string;
  readonly force?: true;
}

const columns: readonly Column[] = [
  { title: 'name', align: 'left' },
  { title: 'shape', align: 'left' },
  { title: 'numbers', align: 'right' },
  { title: '', align: 'left' },
];

export function weightsCommand(io: Io): Command {
  return withNetOptions(new Command('weights'))
    .description('List the weights of a net, check a file of weights, or make a first one')
    .argument('<file>', 'a .net file; - is the standard input')
    .argument('[weights]', 'a safetensors file to check against the net')
    .option('--json', 'print the list, or what is wrong with a file of weights, as JSON')
    .option('--init', "write a file with PyTorch's default initialisation")
    .option('--seed <number>', 'where the random numbers of --init begin', wholeNumber(0), 0)
    .option('-o, --output <file>', 'where --init writes')
    .option('--force', 'replace a file of weights')
    .addHelpText(
      'after',
      examples(
        '$ netc weights lenet.net',
        '$ netc weights lenet.net lenet.safetensors',
        '$ netc weights lenet.net --init --seed 0 -o lenet.safetensors',
      ),
    )
    .action(async (file: string, weights: string | undefined, options: Options) => {
      const { init, output } = options;
      if (init && (weights !== undefined || output === undefined)) {
        throw new UsageError('--init writes a file that -o names: `--init -o W.safetensors`');
      }
      if (!init && output !== undefined) throw new UsageError('-o is for --init');
      const net = await readNet(io, file, options);
      const { graph } = net;
      const owned = weightsOf(graph);
      if (!init && weights === undefined) {
        say(io.output, options.json ? listJson(owned) : listText(owned));
        return;
      }
      // Most weights do not depend on the size of a picture; those of a layer after `flatten` do.
      if (owned.some(({ spec }) => Number.isNaN(product(spec.shape)))) throw missingSizes(graph);
      if (weights !== undefined) {
        const tensors = counted(owned.length, 'tensor');
        await readWeights(io, net, weights);
        if (options.json) sayFaultsFor(io, 'json', [], new Map());
        else say(io.output, `${weights} has the ${tensors} of \`${graph.name}\`, all with the right shapes`);
      } else {
        const bytes = writeSafetensors(initialWeights(graph, options.seed));
        await writeWhole(io, output!, bytes, options.force ? anything : nothing);
      }
    });
}

function listJson(owned: readonly GraphWeight[]): string {
  const list = owned.map(({ name, spec }) => ({ name, shape: spec.shape, role: spec.role }));
  return JSON.stringify(list, undefined, 2);
}

function listText(owned: readonly GraphWeight[]): string {
  const notes = { parameter: '', buffer: 'not trained', ignored: 'not read' };
  const rows = owned.map(({ name, spec }) => [
    name,
    `[${spec.shape.map((each) => (Number.isNaN(each) ? '?' : each)).join(', ')}]`,
    numberText(known(product(spec.shape))),
    notes[spec.role],
  ]);
  const numbers = known(owned.reduce((sum, { spec }) => sum + product(spec.shape), 0));
  const bytes = numbers === null ? '' : `, ${bytesText(4 * numbers)}`;
  return `${table(columns, rows)}\n\n${counted(owned.length, 'tensor')}, ${counted(numberText(numbers), 'number')}${bytes}`;
}

function known(count: number): number | null {
  return Number.isNaN(count) ? null : count;
}
