import * as vscode from 'vscode';
import { createClient } from './client.ts';
import { compileCommands } from './commands/compile.ts';
import { plotCommand } from './commands/plot.ts';
import { summaryCommand } from './commands/summary.ts';
import { whatIfCommand } from './commands/what-if.ts';
import { previewCommand } from './preview/command.ts';
import { statusItem } from './status.ts';

/** VS Code calls this when the first `.net` file is opened; what it registers goes when the extension does. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const client = createClient(context);
  context.subscriptions.push(
    client,
    statusItem(client),
    ...compileCommands(client),
    ...summaryCommand(client),
    plotCommand(context, client),
    whatIfCommand(client),
    ...previewCommand(context, client),
    vscode.commands.registerCommand('netc.restart', () => client.restart()),
    vscode.commands.registerCommand('netc.showLog', () => client.outputChannel.show()),
  );
  // Where the server does not start, the client says so, and the status of the language offers to try again.
  await client.start().catch(() => undefined);
}
