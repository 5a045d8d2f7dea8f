/** Puts a list of tabs to work, as the ARIA practices have it: arrows go from one to the next, and one is in the order of Tab. */
export class Tabs {
  readonly #list: HTMLElement;
  readonly #chosen: (name: string) => void;

  /** A tab is called by its `data-name`, or else by the panel that it shows. `chosen` is called whenever one is shown. */
  constructor(list: HTMLElement, chosen: (name: string) => void) {
    this.#list = list;
    this.#chosen = chosen;
    list.addEventListener('click', ({ target }) => {
      const tab = target instanceof Element ? target.closest<HTMLElement>('[role=tab]') : null;
      if (tab) this.show(nameOf(tab));
    });
    list.addEventListener('keydown', (event) => {
      const tabs = this.#tabs;
      const at = tabs.indexOf(document.activeElement as HTMLElement);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      if (next === undefined || at < 0) return;
      event.preventDefault();
      const tab = tabs.at(next % tabs.length)!;
      this.show(nameOf(tab));
      tab.focus();
    });
  }

  get #tabs(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[role=tab]')];
  }

  show(name: string): void {
    this.mark(name);
    for (const tab of this.#tabs) {
      const panel = tab.dataset.name === undefined && document.getElementById(nameOf(tab));
      if (panel) panel.hidden = nameOf(tab) !== name;
    }
    this.#chosen(name);
  }

  /** Marks a tab as the one that is shown. */
  mark(name: string): void {
    for (const tab of this.#tabs) {
      const isShown = nameOf(tab) === name;
      tab.setAttribute('aria-selected', String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
    }
  }
}

function nameOf(tab: HTMLElement): string {
  return tab.dataset.name ?? tab.getAttribute('aria-controls') ?? '';
}
