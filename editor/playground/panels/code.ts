import { syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { bytesText } from '../../../compiler/index.ts';
import { element } from '../dom.ts';
import type { Editor } from '../editor/editor.ts';
import { generator } from '../editor/generator.ts';
import { toast } from '../toast.ts';
import { netAt } from './nets.ts';
import type { Panel, Reason } from './panel.ts';
import { download } from './picture.ts';
import { typescript } from './typescript.ts';

const targets = [
  { target: 'ts', title: 'TypeScript', suffix: '.ts' },
  { target: 'tfjs', title: 'TensorFlow.js', suffix: '.tfjs.ts' },
] as const;

type Target = (typeof targets)[number];

/** What the net compiles to. */
export class CodePanel implements Panel {
  readonly #editor: Editor;
  readonly #generate: ReturnType<typeof generator>;
  readonly #place: HTMLElement;
  readonly #view: EditorView;
  readonly #note = element('p', { class: 'note' }, 'Loading the code generator, 1.6 MB …');
  readonly #size = element('span', { class: 'quiet' });
  #target: Target = targets[0];
  #asked = '';

  constructor(place: HTMLElement, editor: Editor, script: string) {
    this.#place = place;
    this.#editor = editor;
    this.#generate = generator(script);
    const choices = targets.map((target) =>
      element(
        'button',
        {
          type: 'button',
          'aria-pressed': String(target === this.#target),
          click: (event) => this.#choose(target, event),
        },
        target.title,
      ),
    );
    const tools = element(
      'div',
      { class: 'tools' },
      element('div', { class: 'choice', role: 'group', 'aria-label': 'Target' }, ...choices),
      this.#size,
      element('span', { class: 'gap' }),
      element('button', { type: 'button', click: () => void this.#copy() }, 'Copy'),
      element('button', { type: 'button', click: () => this.#download() }, 'Download'),
    );
    const code = element('div', { class: 'generated' });
    place.append(tools, this.#note, code);
    this.#view = new EditorView({ parent: code });
    this.#fill('');
  }

  refresh(reason: Reason): void {
    if (reason === 'cursor') return;
    const project = this.#editor.whole;
    const { main, texts } = project;
    const text = texts[main]!;
    const net = netAt(text, this.#editor.shown === main ? this.#editor.view.state.selection.main.head : 0);
    const { target } = this.#target;
    const key = JSON.stringify([project, net, target]);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#place.classList.add('old');
    void this.#generate({ project, target, ...(net !== undefined && { net }) }).then((answer) => {
      if (!answer) return;
      this.#place.classList.remove('old');
      const isThere = 'text' in answer;
      this.#note.hidden = isThere;
      if (!isThere) this.#note.textContent = answer.problem;
      this.#fill(isThere ? answer.text : '');
    });
  }

  get #code(): string {
    return this.#view.state.doc.toString();
  }

  get #fileName(): string {
    return this.#editor.main.replace(/^.*\//, '').replace(/\.net$/, this.#target.suffix);
  }

  #fill(text: string): void {
    this.#size.textContent = text === '' ? '' : `${bytesText(new TextEncoder().encode(text).length)}, no imports`;
    if (this.#target.target === 'tfjs' && text !== '') this.#size.textContent = bytesText(text.length);
    this.#view.dom.hidden = text === '';
    this.#view.setState(
      EditorState.create({
        doc: text,
        extensions: [
          EditorState.readOnly.of(true),
          lineNumbers(),
          drawSelection(),
          typescript,
          syntaxHighlighting(classHighlighter),
          EditorView.contentAttributes.of({ 'aria-label': 'Generated code', tabindex: '0' }),
        ],
      }),
    );
  }

  #choose(target: Target, { currentTarget }: Event): void {
    this.#target = target;
    const chosen = currentTarget as HTMLElement;
    for (const each of chosen.parentElement!.children) each.setAttribute('aria-pressed', String(each === chosen));
    this.refresh('text');
  }

  async #copy(): Promise<void> {
    const isDone = await navigator.clipboard.writeText(this.#code).then(
      () => true,
      () => false,
    );
    toast(isDone ? 'Copied' : 'The browser does not let the page copy');
  }

  #download(): void {
    download(this.#fileName, this.#code, 'text/plain');
  }
}
