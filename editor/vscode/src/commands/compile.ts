import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { withEditor } from '../editor.ts';
import { ask, cursorOf, identifier, isProblem } from '../requests.ts';

/** Opens the code of the net at the cursor beside it. */
export function compileCommands(client: LanguageClient): readonly vscode.Disposable[] {
  const command = (name: string, target: 'ts' | 'tfjs') =>
    vscode.commands.registerCommand(name, () => withEditor((editor) => compile(client, editor, target)));
  return [command('netc.compile', 'ts'), command('netc.compileTfjs', 'tfjs')];
}

async function compile(client: LanguageClient, editor: vscode.TextEditor, target: 'ts' | 'tfjs'): Promise<void> {
  const params = { textDocument: identifier(editor.document), position: cursorOf(editor), target };
  const answer = await ask(client, 'netc/generate', params);
  if (isProblem(answer)) {
    await vscode.window.showErrorMessage(answer.problem);
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: answer.text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
