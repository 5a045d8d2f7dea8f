import { Command } from 'commander';
import { analyze, hasErrors, type LayerNode, plotActivation, plotModel } from '../../compiler/index.ts';
import { Faulty, UsageError } from '../failure.ts';
import { textsFor } from '../faults.ts';
import type { Io } from '../io.ts';
import { readNet } from '../nets.ts';
import { checkOptions, examples, type NetOptions, withNetOptions } from '../options.ts';
import { isFile, readSource } from '../read.ts';
import { anything, generated, writeWhole } from '../write.ts';

interface Options extends NetOptions {
  readonly output: string;
  readonly from?: string;
  readonly force?: true;
}

export function plotCommand(io: Io): Command {
  return withNetOptions(new Command('plot'))
    .description('Draw a net as a diagram, or an activation with its derivative and its kinks, as SVG')
    .argument('<what>', 'a .net file, or an activation as one writes it: hswish, "leaky_relu slope=0.2"')
    .option('-o, --output <file>', 'where to write it', '-')
    .option('--from <file>', 'the .net file in which the activation is defined')
    .option('--force', 'replace a file that netc has not made')
    .addHelpText(
      'after',
      examples(
        '$ netc plot lenet.net -o lenet.svg',
        '$ netc plot hswish -o hswish.svg',
        '$ netc plot "leaky_relu slope=0.2" > leaky.svg',
        '$ netc plot wavy --from mine.net -o wavy.svg',
      ),
    )
    .action(async (what: string, options: Options) => {
      const isNet = what === '-' || what.endsWith('.net') || (await isFile(io, what));
      const svg = isNet ? await netPlot(io, what, options) : await activationPlot(io, what, options);
      await writeWhole(io, options.output, svg, options.force ? anything : generated);
    });
}

async function netPlot(io: Io, file: string, options: Options): Promise<string> {
  const { graph } = await readNet(io, file, options);
  const picture = await plotModel(graph);
  if (picture) return picture.svg;
  throw new UsageError(
    `\`${graph.name}\` is too large for a diagram: it has ${graph.nodes.length} layers, or skips over too many`,
  );
}

async function activationPlot(io: Io, written: string, options: Options): Promise<string> {
  const node = await stage(io, written, options);
  const svg = node && (await plotActivation(node));
  if (svg !== undefined) return svg;
  throw new UsageError(`\`${written}\` is no activation: only those are functions of one number`);
}

/** The last of some layers as they would stand in a net, below the text of the file that they come from. */
async function stage(io: Io, written: string, options: Options): Promise<LayerNode | undefined> {
  const { name, text } =
    options.from === undefined ? { name: '<activation>', text: '' } : await readSource(io, options.from);
  const source = { name, text: `${text}${text === '' ? '' : '\n'}net Plot(x: [1]) { ${written} }` };
  const { value, faults } = analyze(source, checkOptions(io, options));
  if (hasErrors(faults)) throw new Faulty(faults, textsFor(faults, value.sources));
  return value.graphs.at(-1)?.nodes.at(-1);
}
