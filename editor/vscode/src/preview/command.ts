import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { netcEditor, withEditor } from '../editor.ts';
import { iconOf } from '../pages.ts';
import { Preview } from './panel.ts';

const viewType = 'netc.diagram';

/** Opens the diagram beside the editor; there is one, which comes back with the window. */
export function previewCommand(context: vscode.ExtensionContext, client: LanguageClient): readonly vscode.Disposable[] {
  const media = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  let preview: Preview | undefined;
  const open = (panel: vscode.WebviewPanel) => {
    panel.iconPath = iconOf(context);
    panel.onDidDispose(() => {
      preview = undefined;
    });
    preview = new Preview(panel, media, client);
    preview.follow(netcEditor());
  };
  return [
    vscode.commands.registerCommand('netc.diagram', () =>
      withEditor(async () => {
        if (preview) preview.reveal();
        else open(vscode.window.createWebviewPanel(viewType, 'Diagram', beside));
      }),
    ),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel) {
        open(panel);
      },
    }),
  ];
}

const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
