import type { LSPClient } from '@codemirror/lsp-client';
import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import type { Problem } from '../../server/protocol.ts';
import { debounced, element } from '../dom.ts';
import { messageOf } from '../editor/diagnostics.ts';
import type { Editor } from '../editor/editor.ts';
import { orProblem, request, type Server } from '../editor/requests.ts';
import { lastOnly } from '../last-only.ts';
import { uriOf } from '../project.ts';
import { type ActivationText, activationText, declaredIn } from './activation-text.ts';
import type { Panel, Reason } from './panel.ts';
import { pictureOf } from './picture.ts';

/** Where a formula is a text of its own, whose name no text of a project can have. */
const scratch = 'untitled:formula';

const suggestions = ['gelu', 'hardswish', 'leaky_relu slope=0.2', 'x * sigmoid(2 * x)', 'x > 0 ? x : exp(x) - 1'];

/** Draws any activation that is typed: a name or a formula, with its derivative and its kinks. */
export class ActivationPanel implements Panel {
  readonly #editor: Editor;
  readonly #ask: (typed: ActivationText) => Promise<Plot | undefined>;
  readonly #input: HTMLInputElement;
  readonly #chips = element('div', { class: 'chips', role: 'group', 'aria-label': 'Some activations' });
  readonly #names = element('datalist', { id: 'activation-names' });
  readonly #note = element('p', { class: 'note', role: 'status' });
  readonly #plot = element('div', { class: 'plot' });
  #asked = '';
  #knowsNames = false;

  constructor(place: HTMLElement, editor: Editor, server: Server) {
    this.#editor = editor;
    this.#ask = lastOnly(async (typed) => {
      const { client } = await server;
      void this.#learnNames(client).catch(() => {});
      client.sync();
      return typed.text === '' ? plotOf(client, uriOf(editor.main), typed.activation) : plotOfText(client, typed);
    });
    this.#input = element('input', {
      type: 'text',
      id: 'activation',
      list: 'activation-names',
      value: suggestions[0],
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: 'off',
      'aria-describedby': 'activation-help',
      input: debounced(150, () => this.refresh('text')),
    });
    place.append(
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'activation' }, 'Activation'),
        this.#input,
        this.#names,
        element(
          'p',
          { class: 'quiet', id: 'activation-help' },
          'A name with its options, a formula of x, or a line with act.',
        ),
      ),
      this.#chips,
      this.#note,
      this.#plot,
    );
  }

  refresh(reason: Reason): void {
    if (reason === 'cursor') return;
    const { main } = this.#editor;
    const text = this.#editor.textOf(main) ?? '';
    this.#offer([...new Set([...declaredIn(text), ...suggestions])]);
    const typed = activationText(this.#input.value);
    const key = JSON.stringify([typed, main, text]);
    if (key === this.#asked) return;
    this.#asked = key;
    if (!typed) return;
    void this.#ask(typed).then((answer) => {
      if (!answer) return;
      const isDrawn = 'svg' in answer;
      this.#note.textContent = isDrawn ? '' : answer.problem;
      this.#plot.classList.toggle('old', !isDrawn);
      this.#input.setAttribute('aria-invalid', String(!isDrawn && answer.problem !== ''));
      if (!isDrawn) return;
      const picture = pictureOf(answer.svg);
      picture.setAttribute('role', 'img');
      picture.setAttribute('aria-label', `${this.#input.value} and its derivative`);
      this.#plot.replaceChildren(picture);
    });
  }

  #offer(names: readonly string[]): void {
    const chips = names.map((name) =>
      element('button', { type: 'button', class: 'chip', click: () => this.#take(name) }, name),
    );
    if ([...this.#chips.children].map(({ textContent }) => textContent).join('\n') !== names.join('\n')) {
      this.#chips.replaceChildren(...chips);
    }
  }

  #take(name: string): void {
    this.#input.value = name;
    this.refresh('text');
  }

  /** All that are built in, for whoever begins to type a name. */
  async #learnNames(client: LSPClient): Promise<void> {
    if (this.#knowsNames) return;
    this.#knowsNames = true;
    const { text } = await request(client, 'netc/prelude', undefined);
    this.#names.append(...declaredIn(text).map((name) => element('option', { value: name })));
  }
}

type Plot = { readonly svg: string } | Problem;

function plotOf(client: LSPClient, uri: string, activation: string): Promise<Plot> {
  return orProblem(request(client, 'netc/plot', { textDocument: { uri }, activation }));
}

/** Draws what a text of its own declares, or says what is wrong with it. */
async function plotOfText(client: LSPClient, { text, activation }: ActivationText): Promise<Plot> {
  client.notification('textDocument/didOpen', {
    textDocument: { uri: scratch, languageId: 'netc', version: 0, text },
  });
  try {
    const report = await client.request<DocumentDiagnosticParams, DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: scratch },
    });
    const fault = report.kind === 'full' ? report.items.find(({ severity }) => severity === 1) : undefined;
    return fault ? { problem: messageOf(fault) } : await plotOf(client, scratch, activation);
  } finally {
    client.notification('textDocument/didClose', { textDocument: { uri: scratch } });
  }
}
