/** A part of a text, in offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}
