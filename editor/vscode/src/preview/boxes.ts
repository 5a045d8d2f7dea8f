import type { Position, Range } from 'vscode-languageclient/node';
import type { Boxes } from './messages.ts';

/**
 * The boxes that draw the innermost stage around a place; between the stages of a line, those of the one before. A stage of a
 * block is drawn once for each time that it is written out.
 */
export function boxesAt(boxes: Boxes, place: Position): readonly string[] {
  const ranges = boxes.map(({ range }) => range);
  const around = ranges.filter((range) => isBefore(range.start, place) && isBefore(place, range.end));
  const line = ranges.filter(({ start, end }) => start.line === place.line && end.line === place.line);
  const before = line.filter(({ end }) => isBefore(end, place));
  // The shortest one on the line, or the last one that ends before the place; or the lines that stand around it.
  const here =
    shortest(around.filter((range) => line.includes(range))) ??
    before.reduce<Range | undefined>(
      (last, range) => (last && isBefore(range.end, last.end) ? last : range),
      undefined,
    ) ??
    line[0] ??
    shortest(around);
  return here ? [...new Set(boxes.filter(({ range }) => isSame(range, here)).map(({ id }) => id))] : [];
}

function shortest(ranges: readonly Range[]): Range | undefined {
  return ranges.reduce<Range | undefined>((best, range) => (best && !isWithin(range, best) ? best : range), undefined);
}

/** The text of a box: of a layer with what follows it, where they stand on one line, and of the layer alone otherwise. */
export function rangeOf(boxes: Boxes, id: string): Range | undefined {
  const [first, ...others] = boxes.filter((box) => box.id === id).map(({ range }) => range);
  const last = others.at(-1);
  const isOneLine = first && last && last.end.line === first.start.line && isBefore(first.start, last.end);
  return isOneLine ? { start: first.start, end: last.end } : first;
}

const isBefore = (left: Position, right: Position) =>
  left.line < right.line || (left.line === right.line && left.character <= right.character);

const isWithin = (inner: Range, outer: Range) => isBefore(outer.start, inner.start) && isBefore(inner.end, outer.end);

const isSame = (left: Range, right: Range) => isWithin(left, right) && isWithin(right, left);
