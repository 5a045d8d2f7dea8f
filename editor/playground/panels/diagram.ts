import type { Range } from 'vscode-languageserver-protocol';
import type { Diagram, DiagramRequest } from '../../server/protocol.ts';
import { element, icon } from '../dom.ts';
import type { Editor } from '../editor/editor.ts';
import { orProblem, request, type Server } from '../editor/requests.ts';

import { lastOnly } from '../last-only.ts';
import { uriOf } from '../project.ts';
import { netAt } from './nets.ts';
import type { Panel, Reason } from './panel.ts';
import { download, pictureOf } from './picture.ts';
import { type Place, Places } from './places.ts';

const zooms = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2];

/** The net as a drawing. The box at the cursor is marked, and a box that is chosen selects its text. */
export class DiagramPanel implements Panel {
  readonly #editor: Editor;
  readonly #ask: (params: DiagramRequest['params']) => Promise<DiagramRequest['result'] | undefined>;
  readonly #view: HTMLElement;
  readonly #note: HTMLElement;
  readonly #save: HTMLButtonElement;
  readonly #places: Places;
  #asked = '';
  #svg = '';
  #net = '';
  /** 0 where the picture fits the width. */
  #zoom = 0;

  constructor(place: HTMLElement, editor: Editor, server: Server) {
    this.#editor = editor;
    this.#ask = lastOnly(async (params) => {
      const { client } = await server;
      client.sync();
      return orProblem(request(client, 'netc/diagram', params));
    });
    this.#view = element('div', { class: 'drawing' });
    this.#note = element('p', { class: 'note', hidden: true });
    const button = (title: string, path: string, click: () => void) => {
      const made = element('button', { type: 'button', class: 'square', title, 'aria-label': title, click });
      made.append(icon(path));
      return made;
    };
    this.#save = button('Save as SVG', 'M8 2v8M4.5 7 8 10.5 11.5 7M3 13.500h10', () =>
      download(`${this.#net}.svg`, this.#svg, 'image/svg+xml'),
    );
    const tools = element(
      'div',
      { class: 'tools floating', role: 'group', 'aria-label': 'Drawing' },
      button('Smaller', 'M3 8h10', () => this.#zoomBy(-1)),
      button('Fit the width', 'M2 8h12M2 8l2.5-2.500M2 8l2.5 2.500M14 8l-2.5-2.500M14 8l-2.5 2.5', () =>
        this.#zoomTo(0),
      ),
      button('Larger', 'M3 8h10M8 3v10', () => this.#zoomBy(1)),
      this.#save,
    );
    place.append(this.#note, this.#view, tools);
    this.#places = new Places(this.#view, editor);
  }

  refresh(_reason: Reason): void {
    const { whole, shown, view } = this.#editor;
    const { main, texts } = whole;
    const net = netAt(texts[main]!, shown === main ? view.state.selection.main.head : 0);
    const key = JSON.stringify([whole, net]);
    if (key === this.#asked) {
      this.#places.follow();
      return;
    }
    this.#asked = key;
    this.#view.classList.add('old');
    const params = { textDocument: { uri: uriOf(main) }, ...(net !== undefined && { net }) };
    void this.#ask(params).then((answer) => {
      if (!answer) return;
      const isDrawn = 'svg' in answer;
      this.#note.hidden = isDrawn;
      this.#note.textContent = isDrawn ? '' : answer.problem;
      this.#save.disabled = !isDrawn;
      if (isDrawn) this.#draw(answer);
    });
  }

  #draw({ net, svg, boxes }: Diagram): void {
    this.#svg = svg;
    this.#net = net;
    const picture = pictureOf(svg);
    picture.setAttribute('role', 'group');
    picture.setAttribute('aria-label', `Diagram of ${net}`);
    this.#view.replaceChildren(picture);
    this.#view.classList.remove('old');
    this.#zoomTo(this.#zoom);
    // A box may draw several stages: a layer and the activations after it.
    const ranges = new Map<string, Range[]>();
    for (const { id, range } of boxes) ranges.set(id, [...(ranges.get(id) ?? []), range]);
    const places = [...ranges].flatMap(([id, own]): Place[] => {
      const box = picture.querySelector<SVGElement>(`[id="${CSS.escape(id)}"]`);
      if (!box) return [];
      box.classList.add('box');
      box.setAttribute('role', 'button');
      const texts = [...box.querySelectorAll('text')].map(({ textContent }) => textContent);
      box.setAttribute('aria-label', texts.join(', '));
      return [{ element: box, handle: box, ranges: own }];
    });
    this.#places.set(places);
  }

  #zoomBy(steps: number): void {
    const picture = this.#view.querySelector('svg');
    if (!picture) return;
    const now = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
    const next = steps > 0 ? zooms.find((zoom) => zoom > now * 1.01) : zooms.findLast((zoom) => zoom < now * 0.99);
    this.#zoomTo(next ?? now);
  }

  #zoomTo(zoom: number): void {
    this.#zoom = zoom;
    const picture = this.#view.querySelector('svg');
    if (!picture) return;
    picture.style.width = zoom === 0 ? '' : `${zoom * picture.viewBox.baseVal.width}px`;
    picture.style.maxWidth = zoom === 0 ? '100%' : 'none';
  }
}
