/** A part of a text, in offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Whether two places have a part, or an end, in common. */
export function touches(left: TextRange, right: TextRange): boolean {
  return left.start <= right.end && right.start <= left.end;
}

/** Whether a place holds another one. */
export function holds(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
