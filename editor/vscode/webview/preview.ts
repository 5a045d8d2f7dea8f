/** The script of the preview's page: draws pictures, moves and enlarges them, marks boxes, and tells which one was chosen. */
import type { FromPage, ToPage } from '../src/preview/messages.ts';
import { type Box, type Camera, readable, revealed, type Size, whole, zoomed } from './camera.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const host = acquireVsCodeApi();
const view = element('view');
const picture = element('picture');
const note = element('note');

let net: string | undefined;
let size: Size = { width: 1, height: 1 };
let camera: Camera = { x: 0, y: 0, scale: 1 };

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === 'picture') draw(data);
  else if (data.kind === 'note') show(note, data.text);
  else mark(data.boxes);
});
host.postMessage({ kind: 'ready' });

// --- the picture

function draw(message: ToPage & { readonly kind: 'picture' }): void {
  const svg = new DOMParser().parseFromString(message.svg, 'image/svg+xml').documentElement;
  const [, , width = 1, height = 1] = (svg.getAttribute('viewBox') ?? '').split(/[ ,]+/).map(Number);
  // Those of the boxes stay, as tips.
  svg.querySelector(':scope > title')?.remove();
  // Its own size may be in points; here a unit of the picture is a pixel.
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  picture.replaceChildren(document.importNode(svg, true));
  for (const id of message.boxes) makeChoosable(id);
  size = { width, height };
  if (net !== message.net) look(readable(size, view.getBoundingClientRect()));
  net = message.net;
}

function makeChoosable(id: string): void {
  const box = document.getElementById(id);
  if (!box) return;
  box.classList.add('box');
  box.setAttribute('tabindex', '0');
  box.setAttribute('role', 'button');
  box.setAttribute('aria-label', box.querySelector('title')?.textContent ?? box.textContent);
}

/** Marks the boxes of the stage at the cursor, and brings one into sight where none is. */
function mark(ids: readonly string[]): void {
  for (const box of picture.querySelectorAll('.here')) if (!ids.includes(box.id)) box.classList.remove('here');
  const boxes = ids.map((id) => document.getElementById(id)).filter((box) => box !== null);
  for (const box of boxes) box.classList.add('here');
  const window = view.getBoundingClientRect();
  const cameras = boxes.map((box) => revealed(camera, placeOf(box), window));
  if (cameras[0] && !cameras.includes(camera)) look(cameras[0], 'gently');
}

/** In units of the picture, which may be on its way to where it will be. */
function placeOf(box: Element): Box {
  const [inner, outer] = [box.getBoundingClientRect(), picture.getBoundingClientRect()];
  const { scale } = camera;
  return {
    x: (inner.x - outer.x) / scale,
    y: (inner.y - outer.y) / scale,
    width: inner.width / scale,
    height: inner.height / scale,
  };
}

// --- the camera

function look(next: Camera, how?: 'gently'): void {
  camera = next;
  picture.classList.toggle('gently', how === 'gently');
  picture.style.transform = `translate(${next.x}px, ${next.y}px) scale(${next.scale})`;
}

const pan = (x: number, y: number) => look({ ...camera, x: camera.x + x, y: camera.y + y });
const fit = () => look(whole(size, view.getBoundingClientRect()), 'gently');

function zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
  const { x, y, width, height } = view.getBoundingClientRect();
  look(zoomed(camera, factor, at ? { x: at.x - x, y: at.y - y } : { x: width / 2, y: height / 2 }));
}

view.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    // A pinch on a touchpad is a wheel with Ctrl.
    if (event.ctrlKey || event.metaKey) zoom(Math.exp(-event.deltaY / 200), event);
    else if (event.shiftKey) pan(-event.deltaY - event.deltaX, 0);
    else pan(-event.deltaX, -event.deltaY);
  },
  { passive: false },
);

/** How far the pointer went since it was pressed: a little is still a click. */
let dragged = 0;
view.addEventListener('pointerdown', (event) => {
  dragged = 0;
  if (event.button === 0) view.classList.add('pressed');
});
window.addEventListener('pointermove', (event) => {
  if (!view.classList.contains('pressed') || event.buttons === 0) return;
  dragged += Math.abs(event.movementX) + Math.abs(event.movementY);
  if (dragged > 4) view.classList.add('dragging');
  pan(event.movementX, event.movementY);
});
window.addEventListener('pointerup', () => view.classList.remove('pressed', 'dragging'));

const keys: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => pan(60, 0),
  ArrowRight: () => pan(-60, 0),
  ArrowUp: () => pan(0, 60),
  ArrowDown: () => pan(0, -60),
  PageUp: () => pan(0, view.clientHeight * 0.9),
  PageDown: () => pan(0, view.clientHeight * -0.9),
  '+': () => zoom(1.2),
  '=': () => zoom(1.2),
  '-': () => zoom(1 / 1.2),
  '0': fit,
  '1': () => zoom(1 / camera.scale),
};
window.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
  if (act) {
    event.preventDefault();
    act();
  } else if (event.key === 'Enter' || event.key === ' ') choose(document.activeElement);
});

element('in').addEventListener('click', () => zoom(1.2));
element('out').addEventListener('click', () => zoom(1 / 1.2));
element('fit').addEventListener('click', fit);

// --- choosing

view.addEventListener('click', ({ target }) => {
  if (dragged <= 4 && target instanceof Element) choose(target);
});

function choose(target: Element | null): void {
  const box = target?.closest('.box');
  if (box) host.postMessage({ kind: 'chosen', box: box.id });
}

// --- elements

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

function show(where: HTMLElement, text: string): void {
  where.textContent = text;
  where.hidden = text === '';
}
