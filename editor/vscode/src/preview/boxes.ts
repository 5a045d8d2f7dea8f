import type { Position, Range } from 'vscode-languageclient/node';
import type { Boxes } from './messages.ts';

/** The boxes that draw the innermost stage around a place. A stage of a block is drawn once for each time that it is written out. */
export function boxesAt(boxes: Boxes, place: Position): readonly string[] {
  const around = boxes.filter(({ range }) => isBefore(range.start, place) && isBefore(place, range.end));
  const innermost = around.reduce<Range | undefined>((best, { range }) => {
    return best === undefined || (isBefore(best.start, range.start) && isBefore(range.end, best.end)) ? range : best;
  }, undefined);
  return around.filter(({ range }) => innermost && isSame(range, innermost)).map(({ id }) => id);
}

/** The text of a box: of a layer with what follows it, where they stand on one line, and of the layer alone otherwise. */
export function rangeOf(boxes: Boxes, id: string): Range | undefined {
  const [first, ...others] = boxes.filter((box) => box.id === id).map(({ range }) => range);
  const last = others.at(-1);
  return first && last && last.end.line === first.start.line && isBefore(first.start, last.end)
    ? { start: first.start, end: last.end }
    : first;
}

const isBefore = (left: Position, right: Position) =>
  left.line < right.line || (left.line === right.line && left.character <= right.character);

const isSame = (left: Range, right: Range) =>
  isBefore(left.start, right.start) &&
  isBefore(right.start, left.start) &&
  isBefore(left.end, right.end) &&
  isBefore(right.end, left.end);
