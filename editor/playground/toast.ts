import { byId, setText } from './dom.ts';

const shownFor = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something for a few seconds at the lower edge of the page. */
export function toast(text: string): void {
  const place = byId('toast');
  setText(place, text);
  place.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => place.classList.remove('shown'), shownFor);
}
