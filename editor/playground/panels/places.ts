import type { Range } from 'vscode-languageserver-protocol';
import type { Editor } from '../editor/editor.ts';
import { offsetOf } from '../editor/edits.ts';

/** Something that is shown for parts of the text. */
export interface Place {
  /** What is marked while the cursor is in one of the parts. */
  readonly element: Element;
  /** What is chosen with the keys. */
  readonly handle: HTMLElement | SVGElement;
  readonly ranges: readonly Range[];
}

interface Part {
  readonly place: Place;
  readonly from: number;
  readonly to: number;
}

/**
 * Ties what a panel shows to the text: it is marked where the cursor is, and choosing it selects its text. One of all handles is in
 * the order of Tab; arrows go from one to the next, and Enter chooses.
 */
export class Places {
  readonly #editor: Editor;
  readonly #scrolled: HTMLElement;
  #places: readonly Place[] = [];
  #parts: readonly Part[] = [];

  constructor(scrolled: HTMLElement, editor: Editor) {
    this.#editor = editor;
    this.#scrolled = scrolled;
    scrolled.addEventListener('click', ({ target }) => this.#choose(target));
    scrolled.addEventListener('keydown', (event) => this.#key(event));
  }

  /** The ranges are of the text that was opened, as it is now. */
  set(places: readonly Place[]): void {
    const { main, shown, view } = this.#editor;
    const doc = shown === main ? view.state.doc : this.#editor.waiting(main)?.doc;
    if (!doc) return;
    this.#places = places;
    this.#parts = places.flatMap((place) =>
      place.ranges.map(({ start, end }) => ({ place, from: offsetOf(doc, start), to: offsetOf(doc, end) })),
    );
    for (const [index, { handle }] of places.entries()) handle.setAttribute('tabindex', index === 0 ? '0' : '-1');
    this.follow();
  }

  /** Marks what is shown for the smallest part of the text that the cursor is in. */
  follow(): void {
    const { main, shown, view } = this.#editor;
    const at = view.state.selection.main.head;
    const around = shown === main ? this.#parts.filter(({ from, to }) => from <= at && at <= to) : [];
    const least = Math.min(...around.map(({ from, to }) => to - from));
    const marked = new Set(around.filter(({ from, to }) => to - from === least).map(({ place }) => place));
    for (const place of this.#places) place.element.classList.toggle('current', marked.has(place));
    const [first] = marked;
    if (first && view.hasFocus) this.#bringIntoView(first.element);
  }

  #bringIntoView(element: Element): void {
    const around = this.#scrolled.getBoundingClientRect();
    const { top, bottom, left, right } = element.getBoundingClientRect();
    if (top >= around.top && bottom <= around.bottom && left >= around.left && right <= around.right) return;
    this.#scrolled.scrollBy({
      top: (top + bottom - around.top - around.bottom) / 2,
      left: Math.max(0, right - around.right) + Math.min(0, left - around.left),
    });
  }

  #choose(target: EventTarget | null): void {
    const parts = this.#parts.filter(({ place }) => target instanceof Node && place.element.contains(target));
    // A frame holds the boxes in it: the innermost of those that hold the target is meant, which comes last.
    const place = parts.at(-1)?.place;
    if (!place) return;
    const own = parts.filter((part) => part.place === place);
    this.#editor.show(this.#editor.main);
    this.#editor.select({
      from: Math.min(...own.map(({ from }) => from)),
      to: Math.max(...own.map(({ to }) => to)),
    });
    this.#rove(place);
    this.follow();
  }

  #key(event: KeyboardEvent): void {
    const at = this.#places.findIndex(({ handle }) => handle === document.activeElement);
    if (at < 0) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : this.#places[at + step];
    if (next) {
      this.#rove(next);
      next.handle.focus({ preventScroll: true });
      this.#bringIntoView(next.element);
    } else if (event.key === 'Enter' || event.key === ' ') this.#choose(event.target);
    else return;
    event.preventDefault();
  }

  #rove(place: Place): void {
    for (const each of this.#places) each.handle.setAttribute('tabindex', each === place ? '0' : '-1');
  }
}
