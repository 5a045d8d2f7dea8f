/** What the pen drew while it was down, in any unit; y grows downwards. */
export type Stroke = readonly Point[];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Rows and columns of the pictures that the network reads. */
export const side = 28;

/** As MNIST was made: a digit, with its ink, fits a box of 20×20, and its centre of mass is the middle of the 15th pixel. */
const box = 20;
const middle = side / 2 + 0.5;

/** Half the width of the line, and how wide its edge is, in pixels of the picture: those of MNIST's pens on average. */
const pen = { radius: 1.25, edge: 1.6 };

/**
 * A drawing as MNIST would have it: 28×28 numbers from 0 (paper) to 1 (ink). However large it is drawn, and wherever, its size,
 * its place and the width of its line become those of the digits that the network was trained on. `extent` is the size of
 * the sheet: what is much smaller is not made as large as a digit, so that a dot stays one. Undefined without a stroke.
 */
export function normalize(strokes: readonly Stroke[], extent: number): Float32Array | undefined {
  const points = strokes.flat();
  if (points.length === 0) return undefined;
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [least(xs), largest(xs), least(ys), largest(ys)];
  const scale = (box - 2 * pen.radius) / Math.max(right - left, bottom - top, extent / 5);
  const place = (dx: number, dy: number) =>
    strokes.map((stroke) =>
      stroke.map(({ x, y }) => ({
        x: (x - (left + right) / 2) * scale + middle + dx,
        y: (y - (top + bottom) / 2) * scale + middle + dy,
      })),
    );
  const centred = centreOfMass(ink(place(0, 0)));
  return ink(place(middle - centred.x, middle - centred.y));
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other));
}

function largest(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other));
}

/** How dark each pixel is, by the way from its middle to the nearest line. */
function ink(strokes: readonly Stroke[]): Float32Array {
  const picture = new Float32Array(side * side);
  const reach = pen.radius + pen.edge / 2;
  for (const stroke of strokes) {
    for (const [index, to] of stroke.entries()) {
      const from = stroke[Math.max(0, index - 1)]!;
      const [left, right] = reached(from.x, to.x);
      const [top, bottom] = reached(from.y, to.y);
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          const distance = toSegment({ x: column + 0.5, y: row + 0.5 }, from, to);
          const dark = Math.min(1, Math.max(0, (reach - distance) / pen.edge));
          const at = row * side + column;
          picture[at] = Math.max(picture[at]!, dark);
        }
      }
    }
  }
  return picture;

  function reached(one: number, other: number): readonly [number, number] {
    return [
      Math.max(0, Math.floor(Math.min(one, other) - reach)),
      Math.min(side - 1, Math.ceil(Math.max(one, other) + reach)),
    ];
  }
}

function toSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

function centreOfMass(picture: Float32Array): Point {
  let [mass, x, y] = [0, 0, 0];
  for (const [index, dark] of picture.entries()) {
    mass += dark;
    x += dark * ((index % side) + 0.5);
    y += dark * (Math.floor(index / side) + 0.5);
  }
  return { x: x / mass, y: y / mass };
}
