import { Command } from 'commander';
import {
  checkWeights,
  type Graph,
  type GraphWeight,
  initialWeights,
  readSafetensors,
  type Source,
  type Tensors,
  writeSafetensors,
} from '../../compiler/index.ts';
import { Faulty, UsageError } from '../failure.ts';
import { textsFor } from '../faults.ts';
import { type Io, say } from '../io.ts';
import { readNet } from '../nets.ts';
import { examples, type NetOptions, wholeNumber, withNetOptions } from '../options.ts';
import { readBytes, weightsFile } from '../read.ts';
import { bytesText, type Column, numberText, table } from '../table.ts';
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
    .option('--json', 'print the list as JSON')
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
      if (options.init && weights !== undefined)
        throw new UsageError('--init writes a file and -o names it: `-o W.safetensors`');
      if (options.init && options.output === undefined)
        throw new UsageError('--init needs a file to write: `-o W.safetensors`');
      if (!options.init && options.output !== undefined) throw new UsageError('-o is for --init');
      const { source, graph } = await readNet(io, file, options);
      const owned = weightsOf(graph);
      if (options.init) {
        const bytes = writeSafetensors(initialWeights(graph, options.seed));
        await writeWhole(io, options.output!, bytes, options.force ? anything : nothing);
      } else if (weights !== undefined) {
        await readWeights(io, source, graph, weights);
        say(io.output, `${weights}: all ${owned.length} tensors of \`${graph.name}\` are there, with the right shapes`);
      } else if (options.json) {
        const list = owned.map(({ name, spec }) => ({ name, shape: spec.shape, role: spec.role }));
        say(io.output, JSON.stringify(list, undefined, 2));
      } else {
        const rows = owned.map(({ name, spec }) => [
          name,
          `[${spec.shape.join(', ')}]`,
          numberText(size(spec.shape)),
          spec.role === 'parameter' ? '' : spec.role === 'buffer' ? 'not trained' : 'not read',
        ]);
        const numbers = owned.reduce((sum, { spec }) => sum + size(spec.shape), 0);
        say(
          io.output,
          `${table(columns, rows)}\n\n${owned.length} tensors, ${numberText(numbers)} numbers, ${bytesText(4 * numbers)}`,
        );
      }
    });
}

/** The tensors of a safetensors file that are right for the net; throws a `Faulty` where they are not. */
export async function readWeights(io: Io, source: Source, graph: Graph, path: string): Promise<Tensors> {
  const { value, faults } = readSafetensors(path, await readBytes(io, path, weightsFile));
  const all = faults.length > 0 ? faults : checkWeights(graph, path, value);
  if (all.length > 0) throw new Faulty(all, textsFor(all, [source]));
  return value;
}

/** Every weight once, in the order of the layers. */
function weightsOf(graph: Graph): readonly GraphWeight[] {
  const byName = new Map<string, GraphWeight>();
  for (const weight of graph.nodes.flatMap((node) => node.weights)) {
    if (!byName.has(weight.name)) byName.set(weight.name, weight);
  }
  return [...byName.values()];
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, each) => product * each, 1);
}
