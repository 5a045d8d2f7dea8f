import { Command, Option } from 'commander';
import { build, graphText, kernelsText, parse, planText, programText, tokenize } from '../../compiler/index.ts';
import { UsageError } from '../failure.ts';
import { type Io, say } from '../io.ts';
import { readFixedNet, readNet } from '../nets.ts';
import { examples, type NetOptions, withNetOptions } from '../options.ts';
import { readSource } from '../read.ts';
import { tokensText, treeText } from '../tree-text.ts';

const stages = {
  tokens: 'the words of the text',
  ast: 'the tree of the text',
  graph: 'the checked net',
  optimized: 'the meaning of the layers as formulas, after all passes',
  kernels: 'the loops that compute it',
  plan: 'the calls of the kernels and the places of all values in memory',
} as const;

type Stage = keyof typeof stages;

type Options = NetOptions & { readonly fuse: boolean } & Partial<Record<Stage, true>>;

export function dumpCommand(io: Io): Command {
  const command = withNetOptions(new Command('dump'))
    .description('Show what the compiler makes of a file, stage by stage')
    .argument('<file>', 'a .net file; - is the standard input');
  for (const [stage, what] of Object.entries(stages)) command.addOption(new Option(`--${stage}`, what));
  return command
    .option('--no-fuse', 'keep each layer in a kernel of its own')
    .addHelpText(
      'after',
      examples(
        '$ netc dump --graph lenet.net',
        '$ netc dump --kernels --no-fuse lenet.net',
        '$ netc dump --plan lenet.net',
      ),
    )
    .action(async (file: string, options: Options) => {
      const chosen = (Object.keys(stages) as Stage[]).filter((stage) => options[stage]);
      if (chosen.length !== 1) {
        throw new UsageError(
          `choose one stage: ${Object.keys(stages)
            .map((stage) => `--${stage}`)
            .join(', ')}`,
        );
      }
      say(io.output, (await show(io, file, chosen[0]!, options)).trimEnd());
    });
}

async function show(io: Io, file: string, stage: Stage, options: Options): Promise<string> {
  switch (stage) {
    case 'tokens': {
      const source = await readSource(io, file);
      return tokensText(tokenize(source), source.text);
    }
    case 'ast': {
      const source = await readSource(io, file);
      return treeText(parse(source).value, source.text);
    }
    case 'graph':
      return graphText((await readNet(io, file, options)).graph);
    case 'optimized':
      return programText((await built(io, file, options)).optimized);
    case 'kernels':
      return kernelsText((await built(io, file, options)).model);
    case 'plan':
      return planText((await built(io, file, options)).model);
  }
}

async function built(io: Io, file: string, options: Options) {
  const { graph } = await readFixedNet(io, file, options);
  return build(graph, { fuse: options.fuse });
}
