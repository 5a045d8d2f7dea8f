import type { TextRange } from '../../compiler/ide/range.ts';

/** A text with places in it: `<|>` is a cursor, `[|…|]` a range. */
export interface Marked {
  readonly text: string;
  /** The first cursor. */
  readonly offset: number;
  /** All of them. */
  readonly offsets: readonly number[];
  readonly ranges: readonly TextRange[];
}

/** Reads `net Tiny(x: [3]) { lin<|>ear }`; without a cursor the offset is the end of the text. */
export function marked(source: string): Marked {
  const offsets: number[] = [];
  const ranges: TextRange[] = [];
  const open: number[] = [];
  let text = '';
  let from = 0;
  for (const match of source.matchAll(/<\|>|\[\||\|\]/g)) {
    text += source.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === '<|>') offsets.push(text.length);
    else if (match[0] === '[|') open.push(text.length);
    else ranges.push({ start: open.pop()!, end: text.length });
  }
  text += source.slice(from);
  return { text, offset: offsets[0] ?? text.length, offsets, ranges };
}
