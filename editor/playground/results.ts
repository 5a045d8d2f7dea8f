import { byId, element } from './dom.ts';
import type { Editor } from './editor/editor.ts';
import type { Server } from './editor/requests.ts';
import { type Examples, firstExample } from './examples.ts';
import type { Panel, Reason } from './panels/panel.ts';
import { recall, remember } from './store.ts';
import { Tabs } from './tabs.ts';

/** What the panels need of the page. */
export interface Surroundings {
  readonly editor: Editor;
  readonly server: Server;
  readonly examples: Examples;
  readonly scripts: { readonly server: string; readonly interpreter: string };
  /** Opens an example. */
  readonly open: (file: string) => void;
}

/** The panels beside the text. Each is made when it is first shown, with the code that only it needs. */
export class Results {
  readonly #editor: Editor;
  readonly #make: Readonly<Record<string, (place: HTMLElement) => Promise<Panel>>>;
  readonly #made = new Map<string, Promise<Panel>>();
  readonly #tabs: Tabs;
  #shown = '';

  constructor({ editor, server, examples, scripts, open }: Surroundings) {
    this.#editor = editor;
    const drawing = { examples, interpreter: scripts.interpreter, openFirst: () => open(firstExample) };
    this.#make = {
      'panel-diagram': async (place) => new (await import('./panels/diagram.ts')).DiagramPanel(place, editor, server),
      'panel-layers': async (place) => new (await import('./panels/layers.ts')).LayersPanel(place, editor, server),
      'panel-code': async (place) => new (await import('./panels/code.ts')).CodePanel(place, editor, scripts.server),
      'panel-draw': async (place) => new (await import('./panels/draw.ts')).DrawPanel(place, editor, drawing),
      'panel-activation': async (place) =>
        new (await import('./panels/activation.ts')).ActivationPanel(place, editor, server),
    };
    this.#tabs = new Tabs(byId('tabs'), (panel) => {
      this.#shown = panel;
      remember('tab', panel);
      this.refresh('shown');
    });
    this.#tabs.show(this.#fitting(recall('tab') ?? 'panel-draw'));
  }

  /** Another text was opened: a panel that has nothing to do with it makes room for the diagram. */
  opened(): void {
    const fitting = this.#fitting(this.#shown);
    if (fitting === this.#shown) this.refresh('text');
    else this.#tabs.show(fitting);
  }

  /** Tells the panel that is seen. */
  refresh(reason: Reason): void {
    const id = this.#shown;
    const panel = this.#made.get(id) ?? this.#begin(id);
    panel.then(
      (shown) => id === this.#shown && shown.refresh(reason),
      () => this.#fail(id),
    );
  }

  #begin(id: string): Promise<Panel> {
    const place = byId(id);
    place.replaceChildren();
    const panel = this.#make[id]!(place);
    this.#made.set(id, panel);
    return panel;
  }

  /** The code of a panel could not be loaded, which may be otherwise the next time. */
  #fail(id: string): void {
    this.#made.delete(id);
    byId(id).replaceChildren(element('p', { class: 'note' }, 'This could not be loaded; please choose it again.'));
  }

  #fitting(panel: string): string {
    const isOfDigits = panel === 'panel-draw' && this.#editor.main === firstExample;
    return panel in this.#make && (isOfDigits || panel !== 'panel-draw') ? panel : 'panel-diagram';
  }
}
