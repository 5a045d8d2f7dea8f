import type { Span } from '../../grammar/source.ts';
import type { Graph } from '../graph.ts';
import { signature } from '../signature.ts';
import type { Frame, Part } from './parts.ts';
import type { Area, Arrow, Placed, Point } from './places.ts';
import { escapeXml, finishSvg, fonts, inks } from './style.ts';
import {
  barHeight,
  gap,
  inset,
  labelOf,
  labelSize,
  lineHeight,
  nameOf,
  textSize,
  tipOf,
  titleOf,
  widthOf,
  wordsOf,
} from './words.ts';

/** A net as a picture. */
export interface ModelPicture {
  readonly svg: string;
  /** The elements of the picture by their `id`, with the places in the text that they draw: frames before what is in them. */
  readonly boxes: readonly { readonly id: string; readonly spans: readonly Span[] }[];
}

const margin = 12;

/** Draws a net whose parts have their places. */
export function draw(graph: Graph, net: Placed): ModelPicture {
  const boxes: { id: string; spans: readonly Span[] }[] = [];
  // Lines go behind boxes, and frames behind lines.
  const frames: string[] = [];
  const lines: string[] = [];
  const cards: string[] = [];
  graph.inputs.forEach((input, index) => {
    cards.push(element([input.span], `${input.name}: ${labelOf(input)}`, plate(nameOf(input), net.entries[index]!)));
  });
  drawPlaced(net, { x: 0, y: 0 });
  graph.outputs.forEach((output, index) => {
    cards.push(plate(nameOf(output), net.exits[index]!));
  });
  const [width, height] = [net.width, net.height].map((length) => Math.ceil(length) + 2 * margin);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}"`,
    ` font-family="${fonts}" font-size="${textSize}">\n`,
    [...frames, ...lines, ...cards].join('\n'),
    '\n</svg>',
  ];
  return { svg: finishSvg(svg.join(''), signature(graph)), boxes };

  function drawPlaced({ parts, arrows }: Placed, corner: Point, outer?: Frame): void {
    for (const arrow of arrows) lines.push(line(arrow, corner));
    for (const { part, inside, ...area } of parts) {
      const here = { ...area, x: area.x + corner.x, y: area.y + corner.y };
      if (part.kind === 'box') {
        cards.push(element(spansOf(part), tipOf(part), card(wordsOf(part, outer), here)));
        continue;
      }
      frames.push(element(spansOf(part), tipOf(part), frame(titleOf(part, outer), here)));
      if (inside) drawPlaced(inside, { x: here.x + inside.x, y: here.y + inside.y }, part);
    }
  }

  function element(spans: readonly Span[], tip: string, content: string): string {
    const id = `box-${boxes.length + 1}`;
    boxes.push({ id, spans });
    return `<g id="${id}"><title>${escapeXml(tip)}</title>${content}</g>`;
  }
}

function spansOf(part: Part): readonly Span[] {
  return part.kind === 'box' ? part.nodes.map(({ span }) => span) : [part.call.span];
}

/** An input or a result. */
function plate(name: string, area: Area): string {
  const at = { x: area.x + inset.x, y: area.y + inset.y };
  const { accent, accentSurface } = inks;
  return rectangle(area, area.height / 2, accentSurface.light, accent.light) + text(name, at, accent.light, bold);
}

/** A layer with its activations. */
function card(words: readonly string[], area: Area): string {
  const rows = words.map((row, index) => {
    const at = { x: area.x + inset.x, y: area.y + inset.y + index * lineHeight };
    return index < words.length - 1 ? text(row, at, inks.text.light, bold) : text(row, at, inks.quiet.light);
  });
  return rectangle(area, 7, inks.surface.light, inks.faint.light) + rows.join('');
}

function frame([path, block]: readonly [path: string, block: string], area: Area): string {
  const radius = 9;
  const [x, y, across] = [area.x, area.y + barHeight, area.width - 2 * radius].map(round);
  const [up, down] = [radius - barHeight, barHeight - radius];
  const corner = (dx: number, dy: number) => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`;
  const bar = `M${x} ${y}v${up}${corner(radius, -radius)}h${across}${corner(radius, radius)}v${down}z`;
  const at = { x: area.x + inset.x, y: area.y + (barHeight - lineHeight) / 2 };
  return [
    rectangle(area, radius, 'none', inks.faint.light),
    `<path d="${bar}" fill="${inks.faint.light}"/>`,
    text(path, at, inks.text.light, bold),
    text(block, { x: at.x + widthOf(path + gap, textSize), y: at.y }, inks.quiet.light),
  ].join('');
}

const head = { length: 7, width: 7 };

/** An arrow with what is said beside it. */
function line({ falls, hasHead, label, value }: Arrow, corner: Point): string {
  const [start, ...others] = falls.map(({ x, from, to }) => ({
    x: x + corner.x,
    from: from + corner.y,
    to: to + corner.y,
  }));
  let way = `M${round(start!.x)} ${round(start!.to)}`;
  let last = start!;
  for (const next of others) {
    // The tip of a head is sharper than the line would be.
    const end = hasHead && next === others.at(-1) ? next.from - head.length + 1 : next.from;
    way += bend(last, { x: next.x, y: end });
    if (next.to > next.from) way += `V${round(next.to)}`;
    last = next;
  }
  const stroke = `<path d="${way}" fill="none" stroke="${inks.line.light}" stroke-width="1.2"/>`;
  const tip = `M${round(last.x)} ${round(last.to)}l${-head.width / 2} ${-head.length}h${head.width}z`;
  const at = label && { x: label.x + corner.x, y: label.y + corner.y - lineHeight / 2 };
  return [
    stroke,
    hasHead ? `<path d="${tip}" fill="${inks.line.light}"/>` : '',
    at ? text(labelOf(value), at, inks.quiet.light, ` font-size="${labelSize}"`) : '',
  ].join('');
}

/** From the end of a fall down to the beginning of the next one, upright at both ends. */
function bend(from: { readonly x: number; readonly to: number }, { x, y }: Point): string {
  if (round(from.x) === round(x)) return `V${round(y)}`;
  const pull = 0.7 * (y - from.to);
  return `C${[from.x, from.to + pull, x, y - pull, x, y].map(round).join(' ')}`;
}

function rectangle({ x, y, width, height }: Area, radius: number, fill: string, stroke: string): string {
  const sides = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return `<rect ${sides} rx="${radius}" fill="${fill}" stroke="${stroke}"/>`;
}

const bold = ' font-weight="bold"';

/** A line of text by the upper left corner of its room. */
function text(words: string, { x, y }: Point, fill: string, more = ''): string {
  const base = y + lineHeight / 2 + 4.5;
  return `<text x="${round(x)}" y="${round(base)}" fill="${fill}"${more} xml:space="preserve">${escapeXml(words)}</text>`;
}

/** Nobody sees less than tenths of pixels. */
function round(length: number): number {
  return Math.round(10 * length) / 10;
}
