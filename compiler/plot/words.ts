import type { BlockCall, Value } from '../graph.ts';
import { layerText } from '../layer-text.ts';
import { textWidth } from '../report/display.ts';
import { typeText } from '../signature.ts';
import type { Box, Frame, Part } from './parts.ts';
import type { Measure, Size } from './places.ts';
import { signWidth } from './style.ts';

/** What a picture of a net says, and how much room that takes, in pixels. */
export const textSize = 13;
export const labelSize = 11;
export const lineHeight = 18;
/** The bar of a frame. */
export const barHeight = 28;
/** Beside and above the words of a box. */
export const inset = { x: 10, y: 7 };

export const measure: Measure = {
  box: (box, outer) => roomFor(wordsOf(box, outer)),
  bar: (frame, outer) => ({ width: roomFor([titleOf(frame, outer).join(gap)]).width, height: barHeight }),
  label: (value) => ({ width: widthOf(labelOf(value), labelSize), height: 14 }),
};

/** Between the path of a frame and the name of its block. */
export const gap = '  ';

/** The room of a box with these lines. */
export function roomFor(lines: readonly string[]): Size {
  const width = Math.max(...lines.map((line) => widthOf(line, textSize)));
  return { width: width + 2 * inset.x, height: lines.length * lineHeight + 2 * inset.y };
}

export function widthOf(text: string, size: number): number {
  return textWidth(text) * signWidth * size;
}

/** What the layer and its activations are, as one would write them, below the path that its weights are called by. */
export function wordsOf({ nodes }: Box, outer: Frame | undefined): readonly string[] {
  const { path, layer, weights } = nodes[0]!;
  const own = pathWithin(path, outer);
  const what = shorten(nodes.map(layerText).join(' | '));
  const isNamed = weights.length > 0 || own.replace(/\d+$/, '') !== layer.name;
  return isNamed ? [shorten(own), what] : [what];
}

/** Where a block is called, and which, with the sizes of its head. */
export function titleOf({ call }: Frame, outer: Frame | undefined): readonly [path: string, block: string] {
  return [shorten(pathWithin(call.path, outer)), shorten(blockText(call))];
}

/** What a box or a frame is, for those who do not see it, and with its whole path. */
export function tipOf(part: Part): string {
  if (part.kind === 'frame') return `${part.call.path}: ${blockText(part.call)}`;
  return shorten(`${part.nodes[0]!.path}: ${part.nodes.map(layerText).join(' | ')}`);
}

/** `DoubleConv 16->32`; a size that depends on symbolic ones is left to be inferred. */
function blockText({ block, sizes }: BlockCall): string {
  if (!sizes) return block;
  const written = (size: number) => (Number.isNaN(size) ? '' : String(size));
  return `${block} ${written(sizes.in)}${sizes.out === undefined ? '' : `->${written(sizes.out)}`}`.trimEnd();
}

/** What an input or a result is called. */
export function nameOf({ name }: { readonly name: string }): string {
  return shorten(name);
}

export function labelOf({ type }: Value): string {
  return typeText(type);
}

/** What a path adds to that of the frame around it. */
function pathWithin(path: string, outer: Frame | undefined): string {
  const prefix = outer ? `${outer.call.path}.` : '';
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

const longest = 100;

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
