import { lineStarts, positionAt } from '../../grammar/source.ts';

/** The lines of a text, from 0, without the signs that end them. */
export interface Lines {
  /** The line that an offset lies in. */
  at(offset: number): number;
  start(line: number): number;
  end(line: number): number;
}

export function linesOf(text: string): Lines {
  const starts = lineStarts(text);
  const end = (line: number) => {
    const next = starts[line + 1];
    if (next === undefined) return text.length;
    return text.slice(next - 2, next) === '\r\n' ? next - 2 : next - 1;
  };
  return {
    at: (offset) => positionAt(starts, offset).line - 1,
    start: (line) => starts[line] ?? text.length,
    end,
  };
}
