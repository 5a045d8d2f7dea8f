import type { TextRange } from './range.ts';

/**
 * The items of a list that touch a part of the text. They stand in the order of the text and do not overlap, so that what is
 * asked of a few lines costs no more in a long file.
 */
export function touching<Item>(
  items: readonly Item[],
  { start, end }: TextRange,
  rangeOf: (item: Item) => TextRange,
): readonly Item[] {
  const first = firstIndex(items, (item) => rangeOf(item).end >= start);
  const after = firstIndex(items, (item) => rangeOf(item).start > end);
  return items.slice(first, after);
}

/** The index of the first item of which something is true, that is true of all behind it as well. */
export function firstIndex<Item>(items: readonly Item[], isTrue: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A list cut where two neighbours do not belong together. */
export function runsOf<Item>(
  items: readonly Item[],
  belong: (first: Item, second: Item) => boolean,
): readonly (readonly Item[])[] {
  const runs: Item[][] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && belong(items[index - 1]!, item)) runs.at(-1)!.push(item);
    else runs.push([item]);
  }
  return runs;
}

/** Where the line begins in which an offset lies. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  return start;
}

/** Where it ends, before the sign that ends it. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineEnd(text[end])) end++;
  return end;
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}
