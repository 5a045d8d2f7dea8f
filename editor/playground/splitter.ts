import { byId } from './dom.ts';
import { recall, remember } from './store.ts';

const step = 2;

/** Lets the line between text and results be moved, by the pointer or by the arrows. */
export function startSplitter(): void {
  const splitter = byId('splitter');
  const workbench = byId('workbench');
  const least = Number(splitter.getAttribute('aria-valuemin'));
  const most = Number(splitter.getAttribute('aria-valuemax'));
  set(Number(recall('split') ?? 50));

  splitter.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    splitter.setPointerCapture(event.pointerId);
  });
  splitter.addEventListener('pointermove', (event) => {
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const { left, width } = workbench.getBoundingClientRect();
    set((100 * (event.clientX - left)) / width);
  });
  splitter.addEventListener('dblclick', () => set(50));
  splitter.addEventListener('keydown', ({ key }) => {
    const now = Number(splitter.getAttribute('aria-valuenow'));
    if (key === 'ArrowLeft') set(now - step);
    if (key === 'ArrowRight') set(now + step);
    if (key === 'Home') set(least);
    if (key === 'End') set(most);
  });

  function set(percent: number): void {
    const within = Math.round(Math.min(most, Math.max(least, percent)));
    splitter.setAttribute('aria-valuenow', String(within));
    workbench.style.setProperty('--split', `${within}%`);
    remember('split', within === 50 ? undefined : String(within));
  }
}
