import { Command } from 'commander';
import { explain, nearest, topics } from '../../compiler/index.ts';
import { paletteOf } from '../colours.ts';
import { UsageError } from '../failure.ts';
import { type Io, say } from '../io.ts';
import { examples } from '../options.ts';

export function explainCommand(io: Io): Command {
  return new Command('explain')
    .description('Explain an error code, a layer or an activation; without a word, list them')
    .argument('[topic]', 'shape/features, conv, hswish, …')
    .addHelpText(
      'after',
      examples('$ netc explain shape/features', '$ netc explain conv', '$ netc explain hswish', '$ netc explain'),
    )
    .action((topic: string | undefined) => {
      const { codes, layers, activations } = topics();
      const named = [...layers, ...activations];
      if (topic === undefined) {
        const categories = [...new Set(codes.map((code) => code.slice(0, code.indexOf('/') + 1)))];
        say(
          io.output,
          [
            section('Layers', [layers.map(({ name }) => name)]),
            section('Activations', [activations.map(({ name }) => name)]),
            section(
              'Errors',
              categories.map((category) => codes.filter((code) => code.startsWith(category))),
            ),
          ].join('\n\n'),
        );
        return;
      }
      const page = explain(topic);
      if (page === undefined) {
        const meant = nearest(topic, [...codes, ...named.flatMap(({ name, synonyms = [] }) => [name, ...synonyms])]);
        const hint = meant === undefined ? '`netc explain` lists all that there is' : `did you mean \`${meant}\`?`;
        throw new UsageError(`nothing is known of \`${topic}\`; ${hint}`);
      }
      const { message } = paletteOf(io, io.output);
      say(
        io.output,
        page.replace(/^## (.*)$/m, (_, title: string) => message(title)),
      );
    });
}

/** A title with lists below it, each of which begins a line. */
function section(title: string, lists: readonly (readonly string[])[]): string {
  return [title, ...lists.map(wrap)].join('\n  ');
}

/** Words with commas, in lines of a readable length, indented by two. */
function wrap(words: readonly string[]): string {
  const lines: string[] = [''];
  words.forEach((word, index) => {
    const part = index < words.length - 1 ? `${word}, ` : word;
    if (lines.at(-1)!.length + part.length > 90) lines.push('');
    lines[lines.length - 1] += part;
  });
  return lines.map((line) => line.trimEnd()).join('\n  ');
}
