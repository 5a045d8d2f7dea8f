import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Summary } from '../../../../compiler/index.ts';
import type { WhatIfArguments } from '../../../server/protocol.ts';
import { withEditor } from '../editor.ts';
import { type Inputs, inputsOf, readInputs, showInputs } from '../inputs.ts';
import { ask, isProblem, problemOf } from '../requests.ts';

/** Asks for other shapes of a net's inputs, and says at once, with every key, what the net would be with them. */
export function whatIfCommand(client: LanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand('netc.whatIf', async (...given: WhatIfArguments | readonly []) => {
    const [uri, net, inputs] = given;
    if (uri !== undefined && net !== undefined) await askAndAnswer(client, uri, net, inputs);
    else {
      await withEditor(async ({ document }) => {
        const uri = document.uri.toString();
        const net = await chooseNet(await summaries(client, uri));
        if (net) await askAndAnswer(client, uri, net.net, inputsOf(net.signature));
      });
    }
  });
}

async function summaries(client: LanguageClient, uri: string): Promise<readonly Summary[]> {
  return (await ask(client, 'netc/summary', { textDocument: { uri } })).nets;
}

async function chooseNet(nets: readonly Summary[]): Promise<Summary | undefined> {
  const [only, ...others] = nets;
  if (!only) {
    await vscode.window.showInformationMessage('There is no net whose shapes are known.');
    return undefined;
  }
  if (others.length === 0) return only;
  const items = nets.map((summary) => ({ label: summary.net, description: summary.signature, summary }));
  return (await vscode.window.showQuickPick(items, { title: 'Which net?' }))?.summary;
}

async function askAndAnswer(client: LanguageClient, uri: string, net: string, present?: Inputs): Promise<void> {
  const known = present ?? inputsOf((await summaries(client, uri)).find((each) => each.net === net)?.signature ?? '');
  const names = Object.keys(known);
  const box = vscode.window.createInputBox();
  box.title = `What if the input of ${net} were …`;
  box.value = showInputs(known);
  box.placeholder = showInputs(known);
  box.ignoreFocusOut = true;
  let asked = 0;
  let answered = '';
  const answer = async () => {
    const mine = ++asked;
    const inputs = readInputs(box.value, names);
    const result = await ask(client, 'netc/whatIf', { textDocument: { uri }, net, inputs }).catch(problemOf);
    if (!result || mine !== asked) return;
    answered = isProblem(result) ? '' : result.text;
    box.validationMessage = isProblem(result)
      ? { message: result.problem, severity: vscode.InputBoxValidationSeverity.Warning }
      : { message: result.text, severity: vscode.InputBoxValidationSeverity.Info };
  };
  box.onDidChangeValue(answer);
  box.onDidAccept(() => {
    if (answered) void vscode.window.showInformationMessage(answered);
    box.hide();
  });
  box.onDidHide(() => box.dispose());
  box.show();
  await answer();
}
