import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { fixed, type Graph } from '../../compiler/index.ts';
import { UsageError } from '../failure.ts';
import { named, readInputs } from '../inputs.ts';
import { type Io, say } from '../io.ts';
import { readFixedNet } from '../nets.ts';
import { writeNpy } from '../npy.ts';
import { assignment, choice, examples, type NetOptions, wholeNumber, withNetOptions } from '../options.ts';
import { runInParts } from '../progress.ts';
import { type Result, resultsText } from '../results.ts';
import { prepare, type Target, targets } from '../targets.ts';
import { noWeights, readWeights } from '../weights.ts';
import { anything, arrays, checkWritable, type Replacing, writeWhole } from '../write.ts';

interface Options extends NetOptions {
  readonly weights?: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly target: Target;
  readonly top?: number;
  readonly json?: true;
  readonly force?: true;
}

export function runCommand(io: Io): Command {
  return withNetOptions(new Command('run'))
    .description('Run a net on arrays and pictures')
    .argument('<file>', 'a .net file; - is the standard input')
    .option('--weights <file>', 'a safetensors file')
    .requiredOption('--input <[name=]file...>', 'a .npy array with the batch first, or PNG pictures')
    .addOption(
      new Option('--output <[name=]file...>', 'write the result as a .npy array with the batch first').default(
        [],
        'print it',
      ),
    )
    .addOption(
      choice('--target <target>', 'compiled, step by step, or by the tfjs of this project', targets).default('ts'),
    )
    .option('--top <count>', 'print the largest results of each item with their indices', wholeNumber(1))
    .option('--json', 'print the results as JSON')
    .option('--force', 'replace an output that is no .npy file')
    .addHelpText(
      'after',
      examples(
        '$ netc run digits.net --weights digits.safetensors --input seven.png --top 3',
        '$ netc run lenet.net --weights lenet.safetensors --input batch.npy --output scores.npy',
        '$ netc run siamese.net --weights s.safetensors --input left=a.npy right=b.npy --json',
      ),
    )
    .action(async (file: string, options: Options) => {
      const net = await readFixedNet(io, file, options);
      const { graph } = net;
      const replacing = options.force ? anything : arrays;
      const outputs = await outputFiles(io, graph, options, replacing);
      const hasWeights = graph.nodes.some((node) => node.weights.length > 0);
      if (hasWeights && options.weights === undefined) throw new UsageError('the net has weights: add --weights FILE');
      const weights = options.weights === undefined ? noWeights : await readWeights(io, net, options.weights);
      const batch = await readInputs(io, graph, options.input);
      const runner = await prepare(io, options.target, net, weights);
      const given = await runInParts(io, runner, batch);
      const results = graph.outputs.map(
        ({ name, value }): Result => ({ name, shape: fixed(value.type.shape), data: given.get(name)! }),
      );
      for (const { name, path } of outputs) {
        const { shape, data } = results.find((result) => result.name === name)!;
        await writeWhole(io, path, writeNpy({ shape: [batch.size, ...shape], data }), replacing);
      }
      if (options.json || options.top !== undefined || outputs.length === 0) {
        say(io.output, resultsText(results, batch.size, options));
      }
    });
}

/** What is to be written where. An input is never overwritten, and each output has one file. */
async function outputFiles(io: Io, graph: Graph, { input, output }: Options, replacing: Replacing) {
  const names = graph.outputs.map(({ name }) => name);
  const inputs = input.flatMap((word) => [word, assignment(word).value]).map((path) => resolve(io.folder, path));
  const files: { readonly name: string; readonly path: string }[] = [];
  for (const word of output) {
    const file = await named(io, word, names, 'output');
    if (files.some(({ name }) => name === file.name)) throw new UsageError(`\`${file.name}\` has two files`);
    if (inputs.includes(resolve(io.folder, file.path))) {
      throw new UsageError(`\`${file.path}\` is an input, and would be overwritten`);
    }
    if (file.path !== '-') await checkWritable(io, file.path, replacing);
    files.push(file);
  }
  return files;
}
