import type { TopLevelSpec } from 'vega-lite';
import type { LayerNode } from '../graph.ts';
import { derive } from '../scalar/derive.ts';
import { compileScalar } from '../scalar/evaluate.ts';
import type { Kink } from '../scalar/kinks.ts';
import type { Scalar } from '../scalar/scalar.ts';
import { type Curve, curveOf, fractionText } from './curve.ts';
import { finishSvg, fonts, inks } from './style.ts';

/**
 * An activation as a picture: the function, its derivative, and its kinks with the slopes on both sides. Gives SVG text;
 * undefined for a layer that is no activation. Vega, which draws it, is loaded when this is called; its expressions are
 * interpreted, as a page may forbid code that is made of text.
 */
export async function plotActivation(node: LayerNode): Promise<string | undefined> {
  const curve = curveOf(node);
  if (!curve) return undefined;
  const [{ compile }, { logger, None, parse, View }, { expressionInterpreter }] = await Promise.all([
    import('vega-lite'),
    import('vega'),
    import('vega-interpreter'),
  ]);
  const quiet = logger(None);
  const { spec } = compile(specification(curve), { logger: quiet });
  const view = new View(parse(spec, {}, { ast: true }), {
    renderer: 'none',
    logger: quiet,
    expr: expressionInterpreter,
  });
  const svg = await view.toSVG();
  view.finalize();
  return finishSvg(svg, `${curve.name} and its derivative`);
}

interface Point {
  readonly x: number;
  readonly y: number;
  /** Lines of different pieces are not joined, so that a jump is seen as one. */
  readonly line: string;
  readonly piece: number;
}

const samples = 400;

function specification({ name, formula, variable, body, kinks }: Curve): TopLevelSpec {
  const [from, to] = rangeOf(kinks);
  const value = (scalar: Scalar) => {
    const compiled = compileScalar(scalar, [variable]);
    return (x: number) => compiled([x]);
  };
  const lines = [
    { line: name, of: value(body) },
    { line: 'its derivative', of: value(derive(body, variable)) },
  ];
  const inside = kinks.filter(({ at, slopes }) => at > from && at < to && slopes.every(isDrawn));
  const edges = [from, ...inside.map(({ at }) => at), to];
  const points = lines.flatMap(({ line, of }) =>
    edges
      .slice(1)
      .flatMap((end, piece) => pieceOf(of, edges[piece]!, end).map(([x, y]): Point => ({ x, y, line, piece }))),
  );
  const turns = inside.map(({ at, value: y, slopes, jump }, index) => ({
    x: at,
    y,
    label: [
      `${variable} = ${fractionText(at)}`,
      jump ? `jumps from ${jump.map(fractionText).join(' to ')}` : `slope ${slopes.map(fractionText).join(', then ')}`,
    ],
    side: sideOf(
      slopes,
      at - (inside[index - 1]?.at ?? Number.NEGATIVE_INFINITY),
      (inside[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at,
    ),
  }));
  const ends = inside.flatMap(({ at, slopes }) => slopes.map((y) => ({ x: at, y })));
  const x = {
    field: 'x',
    type: 'quantitative',
    scale: { domain: [from, to] as [number, number], nice: false },
    title: null,
  } as const;
  const y = { field: 'y', type: 'quantitative', scale: { domain: heights(points), nice: false }, title: null } as const;
  const names = lines.map(({ line }) => line);
  const legend = { title: null, orient: 'top' } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    width: 560,
    height: 340,
    padding: 16,
    background: 'transparent',
    title: { text: name, subtitle: `y = ${formula}`, anchor: 'start', offset: 12 },
    layer: [
      {
        data: { values: [{ y: 0 }] },
        mark: { type: 'rule', color: inks.line.light, clip: true },
        encoding: { y },
      },
      {
        data: { values: points },
        mark: { type: 'line', clip: true },
        encoding: {
          x,
          y,
          color: { field: 'line', scale: { domain: names, range: [inks.accent.light, inks.second.light] }, legend },
          strokeDash: { field: 'line', scale: { domain: names, range: [[], [5, 3]] }, legend },
          detail: { field: 'piece' },
        },
      },
      {
        data: { values: ends },
        mark: { type: 'point', size: 30, strokeWidth: 1.5, color: inks.second.light, opacity: 1 },
        encoding: { x, y },
      },
      {
        data: { values: turns },
        mark: { type: 'point', filled: true, size: 48, color: inks.accent.light, opacity: 1 },
        encoding: { x, y },
      },
      ...sides.map((side) => ({
        data: { values: turns.filter((turn) => turn.side === side) },
        mark: { type: 'text', ...labelPlaces[side], lineHeight: 14, fontSize: 11, color: inks.text.light } as const,
        encoding: { x, y, text: { field: 'label' } },
      })),
    ],
    config: {
      font: fonts,
      view: { stroke: null },
      axis: {
        labelColor: inks.quiet.light,
        gridColor: inks.faint.light,
        domain: false,
        ticks: false,
        labelPadding: 6,
        labelFontSize: 11,
      },
      title: {
        color: inks.text.light,
        subtitleColor: inks.quiet.light,
        fontSize: 15,
        subtitleFontSize: 12,
        subtitlePadding: 6,
      },
      legend: { labelColor: inks.text.light, labelFontSize: 12, labelLimit: 0, symbolStrokeWidth: 2, symbolSize: 200 },
      line: { strokeWidth: 2 },
    },
  };
}

const sides = ['left', 'middle', 'right', 'leftBelow', 'rightBelow'] as const;
type Side = (typeof sides)[number];

const labelPlaces = {
  left: { align: 'right', dx: -10, dy: -22 },
  middle: { align: 'center', dx: 0, dy: -28 },
  right: { align: 'left', dx: 10, dy: -22 },
  leftBelow: { align: 'right', dx: -10, dy: 14 },
  rightBelow: { align: 'left', dx: 10, dy: 14 },
} as const;

/** Where beside a kink its neighbours and the curve leave room for words. */
function sideOf([left, right]: Kink['slopes'], before: number, after: number): Side {
  if (Math.min(before, after) < 3 && before !== after) {
    if (before < after) return right > 0.1 ? 'rightBelow' : 'right';
    return left < -0.1 ? 'leftBelow' : 'left';
  }
  if (right > 0.1) return left < -0.1 ? 'leftBelow' : 'left';
  return left < -0.1 ? 'right' : 'middle';
}

/** From -5 to 5, and beyond a kink by as much as shows where it leads. */
function rangeOf(kinks: readonly Kink[]): readonly [number, number] {
  const near = kinks.filter(({ at }) => Math.abs(at) <= 20).map(({ at }) => at);
  return [Math.min(-5, ...near.map((at) => at - 2)), Math.max(5, ...near.map((at) => at + 2))];
}

/** From the lowest to the highest point, with some room for words at both ends. */
function heights(points: readonly Point[]): [number, number] {
  const [low, high] = points.reduce(([least, most], { y }) => [Math.min(least, y), Math.max(most, y)], [0, 0]);
  const room = Math.max(0.08 * (high - low), 0.1);
  return [low - room, high + room];
}

/** The function between two kinks; at its ends it is what comes from inside of the piece. */
function pieceOf(of: (x: number) => number, from: number, to: number): readonly (readonly [number, number])[] {
  const edge = 1e-9 * (to - from);
  return Array.from({ length: samples + 1 }, (_, index): readonly [number, number] => {
    const x = from + ((to - from) * index) / samples;
    return [x, of(Math.min(Math.max(x, from + edge), to - edge))];
  }).filter(([, y]) => isDrawn(y));
}

/** Numbers that a scale can hold. */
function isDrawn(y: number): boolean {
  return Math.abs(y) < 1e12;
}
