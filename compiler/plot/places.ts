import type { Value } from '../graph.ts';
import type { Box, Frame, Part } from './parts.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle by its upper left corner. */
export interface Area extends Point, Size {}

/** How large things are, which depends on their words; `outer` is the frame that they stand in. */
export interface Measure {
  box(box: Box, outer: Frame | undefined): Size;
  /** The bar above what is in a frame. */
  bar(frame: Frame, outer: Frame | undefined): Size;
  /** What is said beside the arrows of a value. */
  label(value: Value): Size;
}

/** Where a value comes in or goes out: a plate that names it, or a mere point on the border of a frame. */
export interface End extends Size {
  readonly value: Value;
}

/** Where the parts of a net or of a frame are, and the arrows between them, from the upper left corner on. */
export interface Placed extends Size {
  readonly entries: readonly Area[];
  readonly parts: readonly PlacedPart[];
  readonly exits: readonly Area[];
  readonly arrows: readonly Arrow[];
}

export interface PlacedPart extends Area {
  readonly part: Part;
  /** What is in a frame, and where. */
  readonly inside?: Placed & Point;
}

export interface Arrow {
  /** Where it goes straight down; it bends between these. */
  readonly falls: readonly Fall[];
  readonly hasHead: boolean;
  /** The words beside it, by the middle of their left side; none where they stand on the other side of a border. */
  readonly label?: Point;
  readonly value: Value;
}

export interface Fall {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** The smallest rectangle that holds all of these. */
export function around(areas: readonly Area[]): Area {
  const [x, y] = [Math.min(...areas.map((area) => area.x)), Math.min(...areas.map((area) => area.y))];
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  return { x, y, width: right - x, height: bottom - y };
}

export function middle({ x, width }: Area): number {
  return x + width / 2;
}
