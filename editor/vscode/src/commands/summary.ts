import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { language } from '../client.ts';
import { withEditor } from '../editor.ts';
import { ask } from '../requests.ts';
import { summaryPage } from '../summary-page.ts';

const scheme = 'netc-summary';

/** Shows the layers of all nets of a text as a page that follows what is typed. The lens of a net's costs leads here, too. */
export function summaryCommand(client: LanguageClient): readonly vscode.Disposable[] {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(page, token) {
      const { nets } = await ask(client, 'netc/summary', { textDocument: { uri: page.query } }, token);
      return summaryPage(nets);
    },
  };
  return [
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, provider),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId !== language) return;
      // What changes may be imported by what a page is of.
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) changed.fire(uri);
    }),
    vscode.commands.registerCommand('netc.summary', (uri?: string) =>
      uri === undefined ? withEditor(({ document }) => show(document.uri.toString())) : show(uri),
    ),
  ];
}

/** A name by which the page can be told from others, and what it is a page of. */
function pageOf(uri: string): vscode.Uri {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return vscode.Uri.from({ scheme, path: `/${decodeURIComponent(name)} summary.md`, query: uri });
}

async function show(uri: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreviewToSide', pageOf(uri));
}
