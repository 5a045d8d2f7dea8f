import { LSPPlugin } from '@codemirror/lsp-client';
import { type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** How long nobody has typed before the server is asked, in milliseconds. */
const pause = 80;

/** A question to the server about the text in an editor, and what is done with the answer. */
export interface Question<Answer> {
  ask(plugin: LSPPlugin, view: EditorView): Promise<Answer>;
  /** The text is still that which was asked about, until `isCurrent` says otherwise. */
  take(answer: Answer, plugin: LSPPlugin, isCurrent: () => boolean): void;
  /** Whether it is asked again for another part of the text. */
  readonly ofViewport?: boolean;
}

/** Asks again whenever the text has changed. An answer about what has changed meanwhile is dropped: another one is on its way. */
export function asking<Answer>({ ask, take, ofViewport = false }: Question<Answer>): Extension {
  return ViewPlugin.fromClass(
    class {
      #timer: ReturnType<typeof setTimeout>;
      #round = 0;

      constructor(view: EditorView) {
        // While the view is made, the server's own plugin may not be there yet.
        this.#timer = setTimeout(() => this.#ask(view));
      }

      update({ docChanged, viewportChanged, view }: ViewUpdate): void {
        if (!docChanged && !(ofViewport && viewportChanged)) return;
        this.destroy();
        this.#timer = setTimeout(() => this.#ask(view), pause);
      }

      destroy(): void {
        this.#round++;
        clearTimeout(this.#timer);
      }

      #ask(view: EditorView): void {
        const plugin = LSPPlugin.get(view);
        if (!plugin) return;
        const round = this.#round;
        const isCurrent = () => round === this.#round;
        plugin.client.sync();
        ask(plugin, view).then(
          (answer) => isCurrent() && take(answer, plugin, isCurrent),
          () => {
            // What was there before stays.
          },
        );
      }
    },
  );
}

/** Decorations that the server knows of. They move with the text until others are there. */
export function serverDecorations({ ask, ofViewport }: Pick<Question<DecorationSet>, 'ask' | 'ofViewport'>): Extension {
  const given = StateEffect.define<DecorationSet>();
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (before, { effects, changes }) =>
      effects.reduce((set, effect) => (effect.is(given) ? effect.value : set), before.map(changes)),
    provide: (self) => EditorView.decorations.from(self),
  });
  const take = (set: DecorationSet, { view }: LSPPlugin) => view.dispatch({ effects: given.of(set) });
  // What is known of a name goes before what can be seen of it.
  return Prec.highest([field, asking({ ask, take, ofViewport: ofViewport ?? false })]);
}
