import { bytesText, numberText } from '../../../compiler/index.ts';
import type { NetSummary } from '../../server/protocol.ts';
import { element } from '../dom.ts';
import type { Editor } from '../editor/editor.ts';
import { request, type Server } from '../editor/requests.ts';
import { lastOnly } from '../last-only.ts';
import { uriOf } from '../project.ts';
import type { Panel, Reason } from './panel.ts';
import { type Place, Places } from './places.ts';
import { shareOf } from './share-of.ts';

/** Every layer of every net: what it gives, and what it costs. */
export class LayersPanel implements Panel {
  readonly #editor: Editor;
  readonly #ask: (uri: string) => Promise<readonly NetSummary[] | undefined>;
  readonly #place: HTMLElement;
  readonly #places: Places;
  #asked = '';

  constructor(place: HTMLElement, editor: Editor, server: Server) {
    this.#place = place;
    this.#places = new Places(place, editor);
    this.#editor = editor;
    this.#ask = lastOnly(async (uri) => {
      const { client } = await server;
      client.sync();
      return (await request(client, 'netc/summary', { textDocument: { uri } })).nets;
    });
  }

  refresh(reason: Reason): void {
    if (reason === 'cursor') {
      this.#places.follow();
      return;
    }
    const { whole } = this.#editor;
    const key = JSON.stringify(whole);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#place.classList.add('old');
    const asked = this.#ask(uriOf(whole.main)).catch(() => []);
    void asked.then((nets) => {
      if (!nets) return;
      this.#place.classList.remove('old');
      const empty = element('p', { class: 'note' }, 'There is no network whose layers could be listed.');
      const sections = nets.map(sectionOf);
      this.#place.replaceChildren(...(nets.length > 0 ? sections.map(({ dom }) => dom) : [empty]));
      this.#places.set(sections.flatMap(({ places }) => places));
    });
  }
}

function sectionOf({ net, signature, layers, parameters, macs, arena }: NetSummary) {
  const head = ['Path', 'Layer', 'Output', 'Parameters', 'MACs'];
  const rows = layers.map((layer) => {
    const handle = element('button', { type: 'button', class: 'path', disabled: !layer.range }, layer.path);
    const row = element(
      'tr',
      {},
      element('th', { scope: 'row' }, handle),
      element('td', {}, layer.layer),
      element('td', {}, `[${layer.output.join(', ')}]`),
      costCell(layer.parameters, parameters),
      costCell(layer.macs, macs),
    );
    return { row, places: layer.range ? [{ element: row, handle, ranges: [layer.range] }] : [] };
  });
  const total = element(
    'tr',
    {},
    element('th', { scope: 'row', colspan: 3 }, 'Total'),
    element('td', { class: 'number' }, numberText(parameters)),
    element('td', { class: 'number' }, numberText(macs)),
  );
  const dom = element(
    'section',
    { class: 'summary' },
    element('h2', {}, net),
    element('p', { class: 'signature' }, signature),
    element(
      'dl',
      { class: 'figures' },
      figure('Parameters', numberText(parameters)),
      figure('Multiply-accumulates', numberText(macs)),
      figure('Weights', parameters === null ? '?' : bytesText(4 * parameters)),
      figure('Memory of a run', arena === null ? '?' : bytesText(arena.bytes)),
    ),
    element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)))),
        element('tbody', {}, ...rows.map(({ row }) => row)),
        element('tfoot', {}, total),
      ),
    ),
  );
  return { dom, places: rows.flatMap(({ places }): readonly Place[] => places) };
}

function figure(name: string, value: string): HTMLElement {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}

/** A number, with a bar that says how much of the whole it is. */
function costCell(count: number | null, whole: number | null): HTMLElement {
  const cell = element('td', { class: 'number' }, count === 0 ? '–' : numberText(count));
  cell.style.setProperty('--share', `${shareOf(count, whole)}%`);
  return cell;
}
