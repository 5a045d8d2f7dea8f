/** One character typed or deleted: what stands between two offsets is replaced. */
export interface Keystroke {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What somebody presses who goes through a text from its beginning to its end: a letter behind a word, a digit behind a
 * number, a new line, or the last sign of a word; and takes it back. The text is the same afterwards.
 */
export function keystrokes(text: string, places: number): readonly Keystroke[] {
  const code = text.replaceAll(/(?:#|\/\/|\/\*\*| \*).*/g, (comment) => ' '.repeat(comment.length));
  return Array.from({ length: places }, (_, index) => {
    const from = Math.floor((index * text.length) / places);
    const [pattern, typed] = habits[index % habits.length]!;
    const match = pattern.exec(code.slice(from)) ?? pattern.exec(code)!;
    const offset = match.index + match[0].length + (pattern.exec(code.slice(from)) ? from : 0);
    if (typed === undefined) return taken(offset - 1, text[offset - 1]!);
    return [
      { start: offset, end: offset, text: typed },
      { start: offset, end: offset + typed.length, text: '' },
    ];
  }).flat();
}

const habits: readonly (readonly [after: RegExp, typed?: string])[] = [
  [/[A-Za-z_]\w+/, 'x'],
  [/\b\d+/, '1'],
  [/[A-Za-z_]\w+/],
  [/\S(?=\n)/, '\n'],
];

/** A sign is deleted and typed again. */
function taken(offset: number, sign: string): readonly Keystroke[] {
  return [
    { start: offset, end: offset + 1, text: '' },
    { start: offset, end: offset, text: sign },
  ];
}
