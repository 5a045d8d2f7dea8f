import { Command } from 'commander';
import { compileToTfjs, compileToTypeScript, hasErrors } from '../../compiler/index.ts';
import { Faulty } from '../failure.ts';
import { sayFaults, textsFor } from '../faults.ts';
import type { Io } from '../io.ts';
import { type ReadNet, readFixedNet } from '../nets.ts';
import { choice, examples, type NetOptions, withNetOptions } from '../options.ts';
import { version } from '../version.ts';
import { anything, generated, writeWhole } from '../write.ts';

interface Options extends NetOptions {
  readonly target: 'ts' | 'tfjs';
  readonly output: string;
  readonly fuse: boolean;
  readonly force?: true;
}

export function compileCommand(io: Io): Command {
  return withNetOptions(new Command('compile'))
    .description('Compile a net to one TypeScript file')
    .argument('<file>', 'a .net file; - is the standard input')
    .addOption(
      choice('--target <target>', 'plain code without imports, or a tfjs model for training', ['ts', 'tfjs']).default(
        'ts',
      ),
    )
    .option('-o, --output <file>', 'where to write it', '-')
    .option('--no-fuse', 'keep each layer in a kernel of its own, to see what fusion brings')
    .option('--force', 'replace a file that netc has not made')
    .addHelpText(
      'after',
      examples(
        '$ netc compile lenet.net -o lenet.ts',
        '$ netc compile lenet.net --target tfjs -o lenet-tfjs.ts',
        '$ netc compile unet.net --dim H=256 --dim W=256 --set classes=10 > unet.ts',
      ),
    )
    .action(async (file: string, options: Options) => {
      const net = await readFixedNet(io, file, options);
      const origin = { source: net.source.name, version: version() };
      const text =
        options.target === 'tfjs'
          ? await tfjsText(io, net)
          : await compileToTypeScript(net.graph, origin, { fuse: options.fuse });
      await writeWhole(io, options.output, text, options.force ? anything : generated);
    });
}

/** Throws a `Faulty` where the net has a layer that tfjs cannot have. */
export async function tfjsText(io: Io, { source, sources, graph }: ReadNet): Promise<string> {
  const { value, faults } = await compileToTfjs(graph, { source: source.name, version: version() });
  const texts = textsFor(faults, sources);
  if (hasErrors(faults)) throw new Faulty(faults, texts);
  sayFaults(io, faults, texts);
  return value;
}
