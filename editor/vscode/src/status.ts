import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { language } from './client.ts';

/** Says beside the name of the language how the server is. */
export function statusItem(client: LanguageClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('netc.server', language);
  item.name = 'netc';
  const show = (state: State) => {
    const isDown = state === State.Stopped || state === State.StartFailed;
    item.busy = state === State.Starting;
    item.severity = isDown ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = texts[state];
    item.detail = client.initializeResult?.serverInfo?.version ?? '';
    item.command = isDown
      ? { command: 'netc.restart', title: 'Restart' }
      : { command: 'netc.showLog', title: 'Show Log' };
  };
  show(client.state);
  return vscode.Disposable.from(
    item,
    client.onDidChangeState(({ newState }) => show(newState)),
  );
}

const texts: Readonly<Record<State, string>> = {
  [State.Stopped]: 'netc has stopped',
  [State.Starting]: 'netc is starting',
  [State.Running]: 'netc',
  [State.StartFailed]: 'netc could not start',
};
