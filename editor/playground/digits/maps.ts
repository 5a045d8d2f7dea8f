import { element } from '../dom.ts';
import { changing, type Stage } from './reading.ts';

/** Colours as red, green and blue, for numbers below 0, of 0 and above. */
interface Scale {
  readonly below: Colour;
  readonly zero: Colour;
  readonly above: Colour;
}

type Colour = readonly [number, number, number];

/** What each layer gives, as pictures: one for each channel, or one for all numbers of a vector. */
export class Maps {
  readonly #place: HTMLElement;
  #shown: readonly Row[] = [];

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  show(stages: readonly Stage[]): void {
    const rows = changing(stages);
    const isSame = rows.length === this.#shown.length && rows.every((stage, index) => fits(this.#shown[index]!, stage));
    if (!isSame) {
      this.#shown = rows.map(rowOf);
      this.#place.replaceChildren(...this.#shown.map(({ dom }) => dom));
    }
    const scale = scaleOf(this.#place);
    for (const [index, stage] of rows.entries()) fill(this.#shown[index]!, stage, scale);
  }
}

interface Row {
  readonly title: string;
  readonly dom: HTMLElement;
  readonly pictures: readonly HTMLCanvasElement[];
}

function titleOf({ layer, shape }: Stage): string {
  return `${layer} → [${shape.join(', ')}]`;
}

function fits({ title }: Row, stage: Stage): boolean {
  return title === titleOf(stage);
}

function rowOf(stage: Stage): Row {
  const { count, width, height } = arrangement(stage.shape);
  const pictures = Array.from({ length: count }, () => {
    const picture = element('canvas', { width, height });
    picture.style.setProperty('--columns', String(width));
    return picture;
  });
  const figure = element(
    'figure',
    { class: count === 1 ? 'stage vector' : 'stage' },
    element('figcaption', {}, element('b', {}, stage.layer), ` [${stage.shape.join(', ')}]`),
    element('div', { class: 'maps', role: 'img', 'aria-label': `What ${stage.layer} gives` }, ...pictures),
  );
  return { title: titleOf(stage), dom: figure, pictures };
}

/** How many pictures a shape makes, and of what size. */
export function arrangement(shape: readonly number[]): { count: number; width: number; height: number } {
  if (shape.length >= 3) {
    const [count = 1, height = 1, ...rest] = shape;
    return { count, height, width: rest.reduce((one, other) => one * other, 1) };
  }
  const size = shape.reduce((one, other) => one * other, 1);
  // The rows of a vector are not too long to be seen.
  const width = size <= 20 ? size : divisorNear(size, 40);
  return { count: 1, width, height: Math.ceil(size / width) };
}

/** The largest divisor up to a limit, so that the last row is full; the limit where that would be narrow. */
function divisorNear(size: number, limit: number): number {
  for (let divisor = limit; divisor > limit / 3; divisor--) if (size % divisor === 0) return divisor;
  return limit;
}

function fill({ pictures }: Row, { data }: Stage, { below, zero, above }: Scale): void {
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  let at = 0;
  for (const picture of pictures) {
    const context = picture.getContext('2d')!;
    const image = context.createImageData(picture.width, picture.height);
    for (let pixel = 0; pixel < image.data.length && at < data.length; pixel += 4, at++) {
      const value = data[at]!;
      const towards = value < 0 ? below : above;
      const strength = Math.abs(value) / largest;
      for (const channel of [0, 1, 2] as const) {
        image.data[pixel + channel] = zero[channel] + (towards[channel] - zero[channel]) * strength;
      }
      image.data[pixel + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }
}

/** The colours of the page, which are others in the dark. */
function scaleOf(place: HTMLElement): Scale {
  const probe = element('span', { hidden: true });
  place.append(probe);
  const colour = (name: string): Colour => {
    probe.style.color = `var(${name})`;
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(probe)
        .color.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    return [red, green, blue];
  };
  const scale = { below: colour('--map-below'), zero: colour('--map-zero'), above: colour('--map-above') };
  probe.remove();
  return scale;
}
