/** Text from anywhere, made fit for a terminal: every column is known and nothing in it can steer the terminal. */

/** One line of text as it is shown. */
export interface DisplayLine {
  readonly text: string;
  /** The column, from 0, at which the UTF-16 unit at this offset of the original begins. */
  columnOf(offset: number): number;
}

const tabWidth = 2;

export function displayLine(line: string): DisplayLine {
  if (/^[ -~]*$/.test(line)) return { text: line, columnOf: (offset) => Math.min(offset, line.length) };
  const columns: number[] = [];
  let text = '';
  let column = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(line)) {
    const shown = segment === '\t' ? ' '.repeat(tabWidth) : visible(segment);
    for (let unit = 0; unit < segment.length; unit++) columns.push(column);
    column += segment === '\t' ? tabWidth : widthOf(shown);
    text += shown;
  }
  return { text, columnOf: (offset) => columns[offset] ?? column };
}

/** Control characters as pictures, and marks that turn the direction of text by their numbers. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (character) => {
    const code = character.codePointAt(0)!;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** The number of columns that a terminal gives to a text without tabs and control characters. */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) width += widthOf(segment);
  return width;
}

/** Scripts whose signs are as wide as they are high, full-width forms, and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;

function widthOf(grapheme: string): number {
  if (/^[ -~]+$/.test(grapheme)) return grapheme.length;
  if (/^\p{Mark}+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : grapheme.startsWith('<U+') ? grapheme.length : 1;
}
