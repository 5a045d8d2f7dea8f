import type { LSPPlugin } from '@codemirror/lsp-client';
import { Decoration, type DecorationSet, type EditorView, WidgetType } from '@codemirror/view';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver-protocol';
import { serverDecorations } from './asking.ts';

/** Shapes after the stages that make them, and sizes that were left to be inferred. */
export const inlayHints = serverDecorations({ ask, ofViewport: true });

async function ask(plugin: LSPPlugin, { state: { doc }, viewport }: EditorView): Promise<DecorationSet> {
  const { client, uri } = plugin;
  const range = { start: plugin.toPosition(viewport.from, doc), end: plugin.toPosition(viewport.to, doc) };
  const hints = await client.request<InlayHintParams, InlayHint[] | null>('textDocument/inlayHint', {
    textDocument: { uri },
    range,
  });
  const widgets = (hints ?? []).map((hint) =>
    Decoration.widget({ widget: new Hint(hint), side: 1 }).range(plugin.fromPosition(hint.position, doc)),
  );
  return Decoration.set(widgets, true);
}

class Hint extends WidgetType {
  readonly #label: string;
  readonly #tip: string;
  readonly #isPadded: boolean;

  constructor({ label, tooltip, paddingLeft }: InlayHint) {
    super();
    this.#label = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
    this.#tip = plainText(typeof tooltip === 'string' ? tooltip : (tooltip?.value ?? ''));
    this.#isPadded = paddingLeft ?? false;
  }

  override eq(other: Hint): boolean {
    return this.#label === other.#label && this.#tip === other.#tip && this.#isPadded === other.#isPadded;
  }

  /** A click on it is one on the text before it. */
  override ignoreEvent(): boolean {
    return false;
  }

  override toDOM(): HTMLElement {
    const made = document.createElement('span');
    made.className = this.#isPadded ? 'hint padded' : 'hint';
    made.textContent = this.#label;
    if (this.#tip) made.title = this.#tip;
    return made;
  }
}

/** Markdown without its signs, for where only text can be shown. */
function plainText(markdown: string): string {
  return markdown
    .replace(/^```\w*\n?/gm, '')
    .replace(/[`*]/g, '')
    .trim();
}
