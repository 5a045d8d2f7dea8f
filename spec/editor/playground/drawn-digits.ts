import type { Point, Stroke } from '../../../editor/playground/digits/normalize.ts';

/** A digit of each kind as strokes on a sheet of 280×280, each by the points that the pen goes through, in smooth curves. */
export const drawnDigits: readonly (readonly Stroke[])[] = [
  [curve([140, 50], [90, 90], [75, 150], [100, 215], [145, 235], [190, 205], [207, 145], [190, 80], [140, 50])],
  [curve([165, 45], [150, 110], [135, 180], [122, 240])],
  [
    curve([85, 95], [110, 55], [165, 50], [190, 90], [165, 140], [115, 190], [80, 228]),
    curve([80, 228], [140, 222], [205, 230]),
  ],
  [
    curve([90, 60], [150, 45], [190, 75], [165, 120], [120, 135]),
    curve([120, 135], [175, 150], [195, 195], [155, 235], [85, 225]),
  ],
  [
    curve([105, 50], [95, 95], [82, 145]),
    curve([82, 145], [140, 146], [205, 138]),
    curve([180, 55], [172, 140], [160, 240]),
  ],
  [
    curve([195, 55], [150, 56], [105, 60]),
    curve([105, 60], [98, 95], [92, 130]),
    curve([92, 130], [145, 115], [190, 150], [185, 205], [135, 235], [80, 220]),
  ],
  [curve([170, 45], [120, 95], [90, 160], [100, 220], [150, 237], [185, 205], [170, 160], [125, 155], [96, 190])],
  [curve([75, 65], [140, 62], [205, 58]), curve([205, 58], [170, 130], [140, 190], [125, 240])],
  [
    curve(
      [185, 75],
      [140, 48],
      [98, 75],
      [110, 115],
      [150, 140],
      [190, 180],
      [175, 228],
      [125, 235],
      [95, 200],
      [125, 155],
      [170, 115],
      [185, 75],
    ),
  ],
  [
    curve([185, 90], [150, 52], [105, 75], [98, 120], [135, 142], [175, 120], [187, 85]),
    curve([187, 85], [180, 150], [165, 240]),
  ],
];

/** A smooth line through points, by Catmull and Rom. */
function curve(...points: readonly (readonly [number, number])[]): Stroke {
  const at = (index: number) => points[Math.min(points.length - 1, Math.max(0, index))]!;
  const steps = 8;
  const line: Point[] = [];
  for (let piece = 0; piece < points.length - 1; piece++) {
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const along = (axis: 0 | 1) => {
        const [a, b, c, d] = [at(piece - 1)[axis], at(piece)[axis], at(piece + 1)[axis], at(piece + 2)[axis]];
        return (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3) / 2;
      };
      line.push({ x: along(0), y: along(1) });
    }
  }
  return line;
}
