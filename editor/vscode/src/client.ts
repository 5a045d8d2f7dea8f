import type * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../../server/protocol.ts';

/** Documents of the language wherever they are, also unsaved ones and those that the server makes. */
export const language = 'netc';

/** The client of the server that the extension brings along. */
export function createClient(context: vscode.ExtensionContext): LanguageClient {
  const initializationOptions: InitializationOptions = {
    virtualDocuments: true,
    commands: ['netc.whatIf', 'netc.summary'],
  };
  return new LanguageClient(
    'netc',
    'netc',
    { module: context.asAbsolutePath('dist/server/server.js'), transport: TransportKind.stdio },
    {
      documentSelector: [{ language }],
      initializationOptions,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { supportHtml: true },
    },
  );
}
