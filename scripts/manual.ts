/**
 * Writes the reference pages of the manual from what the compiler knows of itself: layers, errors, and the command.
 * `npm run generate` runs it; a spec sees that it was run.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { program } from '../cli/program.ts';
import { faultPage, layerPage } from '../compiler/explain.ts';
import { analyze, renderFaults, topics } from '../compiler/index.ts';
import type { AnyLayer } from '../compiler/layer.ts';

/** The generated pages by path, with the texts that they should have. */
export function manual(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/layers.md', layersPage()],
    ['docs/faults.md', faultsPage()],
    ['docs/command.md', commandPage()],
  ]);
}

const origin = '<!-- Written by scripts/manual.ts from the sources. Do not edit; run `npm run generate`. -->';

function layersPage(): string {
  const { layers, activations } = topics();
  const list = (all: readonly AnyLayer[]) =>
    all.map(({ name, summary }) => `- [${name}](#${name}): ${summary}`).join('\n');
  return page(
    'Layers and activations',
    `Each is written as the first line of its section shows: what stands in \`[ ]\` may be left out, \`…\` stands for what has no
default. \`in->out\` are feature sizes; the left one follows from what the layer receives. An option is written with its name,
\`kernel=5\`, or short, \`k5\`; those whose name alone stands in brackets are flags. \`value…\` and \`{ branch }…\` are what a join
takes beside the flow. The tables of examples say, for a shape that comes in, what goes out and which weights the layer owns,
under PyTorch's names and in its layouts. \`netc explain NAME\` shows a section in the terminal.`,
    `**Layers**\n\n${list(layers)}`,
    `**Activations**, each defined by its formula\n\n${list(activations)}`,
    ...[...layers, ...activations].map((layer) => layerPage(layer)),
  );
}

function faultsPage(): string {
  const { codes } = topics();
  const categories = [...new Set(codes.map((code) => code.slice(0, code.indexOf('/'))))];
  const list = categories.map((name) => {
    const own = codes.filter((code) => code.startsWith(`${name}/`));
    return `- **${name}**: ${own.map((code) => `[${code}](#${code.replace('/', '')})`).join(', ')}`;
  });
  return page(
    'Errors, warnings and hints',
    `Every message of netc has a code. \`netc explain CODE\` shows its section in the terminal.`,
    list.join('\n'),
    ...codes.map((code) => `${faultPage(code)}${reported(code, faultPage(code))}`),
  );
}

/** What netc says to the wrong example of a page. */
function reported(code: string, text: string): string {
  const [, example] = /^```net\n([\s\S]*?)^```/m.exec(text) ?? [];
  if (example === undefined) return '';
  const source = { name: 'example.net', text: example };
  const fault = analyze(source).faults.find((each) => each.code === code);
  return fault ? `\n\n\`\`\`text\n${renderFaults([fault], new Map([[source.name, source.text]]))}\n\`\`\`` : '';
}

function commandPage(): string {
  const netc = program({
    folder: '.',
    environment: {},
    output: process.stdout,
    messages: process.stderr,
    input: process.stdin,
  });
  const help = [netc, ...netc.commands].map((command) => {
    let text = '';
    // The width is fixed, so that the page is the same wherever it is written.
    command.configureOutput({
      writeOut: (part) => {
        text += part;
      },
      getOutHelpWidth: () => 100,
      getOutHasColors: () => false,
    });
    command.outputHelp();
    return `## netc${command === netc ? '' : ` ${command.name()}`}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``;
  });
  return page('The command', conventions, ...help, workflow);
}

const conventions = `- **Files.** \`-\` is the standard input where a file is read, and the standard output where one is written; what has no \`-o\` goes
  there by itself. Results go to the standard output, and faults, notes and progress to the standard error. \`check\` and \`fmt\` also
  take folders, for all .net files in them but those of hidden folders and of \`node_modules\`.
- **Exit codes.** 0: all is fine. 1: something in the input is wrong, and the faults say what. 2: the command was used wrongly,
  as its message says. 70: a mistake of netc itself; please report it.
- **Writing.** A file is written whole or not at all. Code and pictures that netc has made say so in their first lines, and
  are replaced; \`run --output\` replaces \`.npy\` arrays that are not its own inputs; \`fmt\` writes back the files that it formats.
  Any other file, and any file of weights, is only replaced with \`--force\`.
- **Colours** are used on terminals, unless the environment has \`NO_COLOR\`; \`FORCE_COLOR=1\` wants them everywhere.
- **Watching.** \`check --watch\` checks again whenever one of the files changes, or one that they import, also where it comes only
  then. It runs until it is interrupted, and clears the screen of a terminal before each report.
- **JSON.** With \`--json\`, results and faults are JSON on the standard output. Faults have this form; lines and columns count from 1,
  offsets from 0, all in UTF-16 units:

  \`\`\`text
  { version: 1,
    diagnostics: [
      { file, severity: "error" | "warning" | "hint", code, message,
        range: { start: { line, column, offset }, end: { line, column, offset } },
        because?: [{ file, range, message }],
        fix?: { title, edits: [{ range, text }] } } ] }
  \`\`\`

  An edit is one of the file of its diagnostic, unless it has a \`file\` of its own.
- **Other tools.** \`check --format sarif\` writes the Static Analysis Results Interchange Format 2.1.0, with the pages of
  \`netc explain\`, the causes, the calls that led into a block, and the edits. \`check --format github\` writes workflow commands, which
  GitHub shows as annotations of a pull request. Paths are counted from \`GITHUB_WORKSPACE\`, or else from where the command runs.`;

const workflow = `## In a workflow of GitHub

Annotations need one step; it fails where there are errors:

\`\`\`yaml
name: netc
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 20 }
      - run: npm ci
      - run: npx netc check models --format github
\`\`\`

Code scanning, which remembers from one run to the next what was found, takes SARIF:

\`\`\`yaml
    permissions: { contents: read, security-events: write }
    steps:
      # … as above, and instead of the last step:
      - run: npx netc check models --format sarif > netc.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with: { sarif_file: netc.sarif, category: netc }
\`\`\``;

function page(title: string, ...parts: readonly string[]): string {
  return `${[origin, `# ${title}`, ...parts].join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of manual()) writeFileSync(path, text);
}
