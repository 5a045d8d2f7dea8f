import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { withEditor } from '../editor.ts';
import { iconOf, picturePage } from '../pages.ts';
import { ask, identifier, isProblem } from '../requests.ts';

/** Asks which activation to draw, and draws it with its derivative beside the text. */
export function plotCommand(context: vscode.ExtensionContext, client: LanguageClient): vscode.Disposable {
  let panel: vscode.WebviewPanel | undefined;
  const show = (title: string, svg: string) => {
    if (panel) panel.reveal(undefined, true);
    else {
      panel = vscode.window.createWebviewPanel('netc.plot', title, beside, {});
      panel.iconPath = iconOf(context);
      panel.onDidDispose(() => {
        panel = undefined;
      });
    }
    panel.title = title;
    panel.webview.html = picturePage(title, svg);
  };
  return vscode.commands.registerCommand('netc.plot', (activation?: string) =>
    withEditor(async (editor) => {
      const asked = activation ?? (await askFor(editor));
      if (!asked) return;
      const answer = await ask(client, 'netc/plot', { textDocument: identifier(editor.document), activation: asked });
      if (isProblem(answer)) await vscode.window.showErrorMessage(answer.problem);
      else show(asked, answer.svg);
    }),
  );
}

const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };

function askFor({ document, selection }: vscode.TextEditor): Thenable<string | undefined> {
  const word = document.getWordRangeAtPosition(selection.active);
  const selected = selection.isEmpty ? word && document.getText(word) : document.getText(selection);
  return vscode.window.showInputBox({
    title: 'Plot an activation with its derivative',
    prompt: 'By its name, with options if it takes any: `hswish`, `leaky_relu slope=0.2`',
    value: selected?.trim() || 'relu',
  });
}
