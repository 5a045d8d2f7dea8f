import { byId, setText } from './dom.ts';
import { recall, remember } from './store.ts';

export type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');
const listeners: ((theme: Theme) => void)[] = [];

/** What the reader chose, or else what the system says. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

/** Calls now, and whenever the theme changes. */
export function onTheme(listener: (theme: Theme) => void): void {
  listeners.push(listener);
  listener(theme());
}

/** Puts the switch to work. A choice that is what the system says is none, so that it follows the system again. */
export function startTheme(): void {
  const chosen = recall('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  byId('theme').addEventListener('click', () => {
    const other: Theme = theme() === 'dark' ? 'light' : 'dark';
    const isSystem = other === (system.matches ? 'dark' : 'light');
    if (isSystem) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = other;
    remember('theme', isSystem ? undefined : other);
    tell();
  });
  system.addEventListener('change', tell);
  onTheme((now) => setText(byId('theme-name'), now === 'dark' ? 'Light colours' : 'Dark colours'));
}

function tell(): void {
  for (const listener of listeners) listener(theme());
}
