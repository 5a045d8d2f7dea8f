import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Diagram } from '../../../server/protocol.ts';
import { language } from '../client.ts';
import { previewPage, withoutStyle } from '../pages.ts';
import { ask, cursorOf, identifier, isProblem, problemOf } from '../requests.ts';
import { boxesAt, rangeOf } from './boxes.ts';
import type { Boxes, FromPage, ToPage } from './messages.ts';

/**
 * The diagram beside the editor. It shows the net at the cursor of the `.net` file that is being edited, follows the cursor, and
 * changes as the text does.
 */
export class Preview {
  private readonly panel: vscode.WebviewPanel;
  private readonly client: LanguageClient;
  private readonly disposables: vscode.Disposable[] = [];
  private document: vscode.TextDocument | undefined;
  private net: string | undefined;
  private svg: string | undefined;
  private boxes: Boxes = [];
  private timer: NodeJS.Timeout | undefined;
  private asking: vscode.CancellationTokenSource | undefined;

  constructor(panel: vscode.WebviewPanel, media: vscode.Uri, client: LanguageClient) {
    this.panel = panel;
    this.client = client;
    panel.webview.options = { enableScripts: true, localResourceRoots: [media] };
    panel.webview.html = previewPage(panel.webview, media);
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: FromPage) => this.hear(message)),
      panel.onDidChangeViewState(() => this.panel.visible && this.drawSoon()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      // Another text may be one that this one imports.
      vscode.workspace.onDidChangeTextDocument(({ document }) => document.languageId === language && this.drawSoon()),
    );
    panel.onDidDispose(() => this.dispose());
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** Shows what the cursor of an editor is in. */
  follow(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId !== language) return;
    const isOther = editor.document !== this.document;
    if (isOther) this.forget();
    this.document = editor.document;
    const boxes = boxesAt(this.boxes, cursorOf(editor));
    if (isOther || boxes.length === 0) this.drawSoon();
    if (!isOther) this.say({ kind: 'here', boxes });
  }

  /** A moment after the last key; a picture that is being drawn already is not waited for. */
  private drawSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), 100);
  }

  private async draw(): Promise<void> {
    const editor = this.editor();
    if (!editor || !this.panel.visible) return;
    this.asking?.cancel();
    this.asking = new vscode.CancellationTokenSource();
    const { token } = this.asking;
    const shown = this.net === undefined ? {} : { net: this.net };
    const params = { textDocument: identifier(editor.document), position: cursorOf(editor), ...shown };
    const answer = await ask(this.client, 'netc/diagram', params, token).catch(problemOf);
    if (!answer || token.isCancellationRequested) return;
    if (isProblem(answer)) this.say({ kind: 'note', text: answer.problem });
    else this.show(answer, editor);
  }

  /** The picture of a text with errors lacks what was not understood: the last one of the same net is better, if there is one. */
  private show({ net, svg, boxes, errors }: Diagram, editor: vscode.TextEditor): void {
    if (!errors || net !== this.net) {
      if (svg !== this.svg)
        this.say({ kind: 'picture', net, svg: withoutStyle(svg), boxes: [...new Set(boxes.map(({ id }) => id))] });
      this.svg = svg;
      this.net = net;
      this.boxes = boxes;
      this.panel.title = net;
    }
    this.say({ kind: 'note', text: errors ? `${errors} in the text` : '' });
    this.say({ kind: 'here', boxes: boxesAt(this.boxes, cursorOf(editor)) });
  }

  private hear(message: FromPage): void {
    if (message.kind === 'ready') {
      this.forget();
      this.drawSoon();
    } else void this.select(message.box);
  }

  /** What is shown, which is nothing of this text, or not on this page. */
  private forget(): void {
    this.net = undefined;
    this.svg = undefined;
    this.boxes = [];
  }

  /** Selects the text of a box, in the editor where it is shown. */
  private async select(id: string): Promise<void> {
    const range = rangeOf(this.boxes, id);
    if (!range || !this.document) return;
    const selection = this.client.protocol2CodeConverter.asRange(range);
    const viewColumn = this.editor()?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(this.document, { selection, viewColumn });
  }

  private editor(): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => document === this.document);
  }

  private say(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  private dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    for (const each of this.disposables) each.dispose();
  }
}
