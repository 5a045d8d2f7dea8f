import { rows } from 'netc:tokens';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension, Text } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { needed } from '../imports.ts';
import { type Project, uriOf } from '../project.ts';
import { onTheme, theme } from '../theme.ts';
import { netcLanguage } from './language.ts';
import { wrapping } from './wrapping.ts';

/** What the server adds to the editor; it comes later than the editor, so that one can type at once. */
export interface Assistance {
  /** For the text of this name. */
  extension(name: string): Extension;
  /** The texts that the server is to have open. */
  hold(texts: ReadonlyMap<string, Text>): void;
  sync(): void;
}

/** One editor with the texts of a project, of which it shows one at a time. */
export class Editor {
  readonly view: EditorView;
  readonly #examples: Readonly<Record<string, string>>;
  readonly #theme = new Compartment();
  readonly #states = new Map<string, EditorState>();
  readonly #listeners: ((update: EditorUpdate) => void)[] = [];
  #assistance: Assistance | undefined;
  #peeked: { readonly name: string; readonly doc: Text } | undefined;
  #main = '';
  #shown = '';

  constructor(parent: HTMLElement, examples: Readonly<Record<string, string>>, project: Project) {
    this.#examples = examples;
    this.view = new EditorView({ parent, state: EditorState.create() });
    this.open(project);
    onTheme(() => this.#useTheme());
  }

  /** The text that was opened; the others are what it imports. */
  get main(): string {
    return this.#main;
  }

  get shown(): string {
    return this.#shown;
  }

  /** The names of the text that was opened, of all that it needs, and of what is looked at beside. */
  get files(): readonly string[] {
    return [...this.#needed, ...(this.#peeked ? [this.#peeked.name] : [])];
  }

  get #needed(): readonly string[] {
    return needed(this.#main, (name) => this.textOf(name));
  }

  /** What was written, and which example it began with. */
  get project(): Project {
    const changed = [...new Set([...this.#states.keys(), this.#shown, this.#main])].filter(
      (name) => name === this.#main || (name !== this.#peeked?.name && this.textOf(name) !== this.#examples[name]),
    );
    return { main: this.#main, texts: Object.fromEntries(changed.map((name) => [name, this.textOf(name) ?? ''])) };
  }

  /** The text that was opened with all that it needs. */
  get whole(): Project {
    return { main: this.#main, texts: Object.fromEntries(this.#needed.map((name) => [name, this.textOf(name) ?? ''])) };
  }

  textOf(name: string): string | undefined {
    return this.#docOf(name)?.toString();
  }

  /** Shows another project; what was there before is gone. */
  open({ main, texts }: Project): void {
    this.#states.clear();
    this.#peeked = undefined;
    this.#shown = '';
    this.#main = main;
    for (const [name, text] of Object.entries(texts)) this.#states.set(name, this.#stateOf(name, docOf(text)));
    this.#display(main);
  }

  /** Shows one of the texts; undefined where there is none of that name. */
  show(name: string): EditorView | undefined {
    if (this.#docOf(name) === undefined) return undefined;
    if (name !== this.#shown) {
      this.#assistance?.sync();
      this.#states.set(this.#shown, this.view.state);
      this.#display(name);
    }
    return this.view;
  }

  /** Shows a text that is no part of the project and cannot be changed. */
  peek(name: string, text: string): EditorView | undefined {
    if (this.#peeked?.name !== name) this.#peeked = { name, doc: docOf(text) };
    return this.show(name);
  }

  /** A text that is not shown, to be changed. */
  waiting(name: string): EditorState | undefined {
    const doc = this.#docOf(name);
    return this.#states.get(name) ?? (doc && this.#stateOf(name, doc));
  }

  wait(name: string, state: EditorState): void {
    this.#states.set(name, state);
    this.#tell({ kind: 'text' });
  }

  select(range: { readonly from: number; readonly to: number }): void {
    const end = this.view.state.doc.length;
    const selection = { anchor: Math.min(range.from, end), head: Math.min(range.to, end) };
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: 'center' }) });
  }

  /** Begins to use what the server knows. */
  assist(assistance: Assistance): void {
    this.#assistance = assistance;
    const [shown, selection] = [this.#shown, this.view.state.selection];
    // States keep the extensions that they were made with.
    for (const [name, state] of this.#states) this.#states.set(name, this.#stateOf(name, state.doc));
    this.view.setState(this.#stateOf(shown, this.view.state.doc).update({ selection }).state);
    this.#tell({ kind: 'shown' });
  }

  /** Calls on whatever happens from now on. */
  on(listener: (update: EditorUpdate) => void): void {
    this.#listeners.push(listener);
  }

  #docOf(name: string): Text | undefined {
    if (name === this.#shown) return this.view.state.doc;
    if (name === this.#peeked?.name) return this.#peeked.doc;
    const known = this.#states.get(name)?.doc;
    const example = this.#examples[name];
    return known ?? (example === undefined ? undefined : docOf(example));
  }

  #display(name: string): void {
    const state = this.waiting(name)!;
    this.#shown = name;
    this.#states.delete(name);
    this.view.setState(state);
    this.#useTheme();
    this.#tell({ kind: 'shown' });
  }

  #useTheme(): void {
    this.view.dispatch({ effects: this.#theme.reconfigure(EditorView.darkTheme.of(theme() === 'dark')) });
  }

  #stateOf(name: string, doc: Text): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        this.#theme.of(EditorView.darkTheme.of(theme() === 'dark')),
        lineNumbers(),
        highlightSpecialChars(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        dropCursor(),
        EditorState.allowMultipleSelections.of(true),
        wrapping,
        indentOnInput(),
        bracketMatching(),
        netcLanguage(rows),
        syntaxHighlighting(classHighlighter),
        name === this.#peeked?.name ? EditorState.readOnly.of(true) : (this.#assistance?.extension(name) ?? []),
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          'aria-label': `The text of ${name}. Tab indents; Escape and then Tab leaves.`,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of((update) => this.#heard(update)),
      ],
    });
  }

  #heard(update: ViewUpdate): void {
    if (update.docChanged) this.#tell({ kind: 'text', update });
    else if (update.selectionSet) this.#tell({ kind: 'cursor' });
  }

  #tell(update: EditorUpdate): void {
    this.#assistance?.hold(new Map(this.#needed.map((name) => [uriOf(name), this.#docOf(name)!])));
    for (const listener of this.#listeners) listener(update);
  }
}

export type EditorUpdate =
  /** Another text is in the editor. */
  | { readonly kind: 'shown' }
  /** A text has changed: the one in the editor by an update. */
  | { readonly kind: 'text'; readonly update?: ViewUpdate }
  | { readonly kind: 'cursor' };

function docOf(text: string): Text {
  return Text.of(text.split(/\r\n?|\n/));
}
