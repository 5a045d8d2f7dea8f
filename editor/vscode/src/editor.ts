import * as vscode from 'vscode';
import { language } from './client.ts';

/** The editor that a command is about: the active one, or the one beside a panel that has the focus. */
export function netcEditor(): vscode.TextEditor | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  return editors.find((editor) => editor?.document.languageId === language);
}

/** Runs something with that editor, or says that there is none. */
export async function withEditor(run: (editor: vscode.TextEditor) => Promise<void>): Promise<void> {
  const editor = netcEditor();
  if (editor) await run(editor);
  else await vscode.window.showInformationMessage('Open a .net file first.');
}
