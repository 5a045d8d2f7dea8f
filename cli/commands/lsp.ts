import { Command } from 'commander';
import { Exit, UsageError } from '../failure.ts';
import type { Io } from '../io.ts';
import { examples } from '../options.ts';

export function lspCommand(_io: Io): Command {
  return new Command('lsp')
    .description('Serve editors: completion, shapes, errors and their repair as one types')
    .option('--stdio', 'speak the Language Server Protocol over the standard streams')
    .addHelpText(
      'after',
      `${examples('$ netc lsp --stdio        what an editor runs for files that end with .net; nobody types it')}
Any editor that speaks the Language Server Protocol can run it: Visual Studio Code, Neovim, Helix, Zed, Emacs, Kate, and
others. docs/editors.md says how each is set up, what then works, and which settings there are.
`,
    )
    .action(async ({ stdio }: { stdio?: true }) => {
      if (!stdio) {
        throw new UsageError(
          '`netc lsp` is started by an editor, as `netc lsp --stdio`; docs/editors.md says how each editor is set up',
        );
      }
      const { serveStdio } = await import('../../editor/server/node.ts');
      throw new Exit(await serveStdio());
    });
}
