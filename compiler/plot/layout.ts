import { type EdgeLabel, Graph, layout, type NodeLabel } from '@dagrejs/dagre';
import type { Value } from '../graph.ts';
import { type Drawing, orderRows } from './order.ts';
import type { Frame, Part } from './parts.ts';
import {
  type Area,
  type Arrow,
  around,
  type End,
  type Fall,
  type Measure,
  middle,
  type Placed,
  type Point,
  type Size,
} from './places.ts';

/** Room between things, in pixels. */
const room = { nodesep: 24, edgesep: 18, ranksep: 38 };
const labelOffset = 8;
const padding = 14;

/** What has a place of its own: an end, a box, or a frame with what is in it. */
interface Spot extends Size {
  /** How far from its left side the line is by which it hangs on what is above it. */
  readonly axis: number;
  readonly takes: readonly Value[];
  readonly gives: readonly Value[];
  readonly isPoint: boolean;
  readonly inside?: Placed & Point;
}

/** A value on its way from one spot to another, both by their indices. */
interface Wire {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
}

/** Finds a place for everything, from top to bottom. What is in a frame is placed on its own, so that drawings are small. */
export function place(
  parts: readonly Part[],
  entries: readonly End[],
  exits: readonly End[],
  measure: Measure,
  frame?: Frame,
): Placed {
  const spots: readonly Spot[] = [
    ...entries.map((end) => ({ ...spotOfEnd(end), gives: [end.value] })),
    ...parts.map((part) => spotOfPart(part, measure, frame)),
    ...exits.map((end) => ({ ...spotOfEnd(end), takes: [end.value] })),
  ];
  const wires = wiresOf(spots);
  const isSaid = ({ from, to }: Wire) => !spots[from]!.isPoint && !spots[to]!.isPoint;

  const drawing: Drawing = new Graph({ multigraph: true });
  drawing.setGraph({ ...room });
  spots.forEach(({ width, height, axis }, index) => {
    drawing.setNode(String(index), { width: 2 * Math.max(axis, width - axis), height });
  });
  wires.forEach((wire, index) => {
    const label = isSaid(wire) ? { ...measure.label(wire.value), labeloffset: labelOffset } : { labeloffset: 0 };
    drawing.setEdge(String(wire.from), String(wire.to), { ...label, labelpos: 'r' }, String(index));
  });
  if (frame) holdEnds(drawing, spots, wires);
  layout(drawing, { customOrder: orderRows, corePath: longestWay(spots, wires).map(String) });
  const nodes = spots.map((_, index) => drawing.node(String(index)));
  const edges = wires.map(({ from, to }, index) => drawing.edge(String(from), String(to), String(index)));

  // Dagre's own size leaves out arrows that pass at the sides, and has room on both sides of an axis.
  const ways = edges.map(({ points }) => points!.slice(1, -1));
  const places = spots.map(({ axis, width, height }, index): Area => {
    const { x, y } = nodes[index]!;
    return { x: x! - axis, y: y! - height / 2, width, height };
  });
  const labels = edges.flatMap(({ x, y, width, height }): readonly Area[] =>
    x === undefined ? [] : [{ x: x - width! / 2, y: Number(y) - height! / 2, width: width!, height: height! }],
  );
  const bends = ways.flat().map(({ x, y }): Area => ({ x, y, width: 0, height: 0 }));
  const all = around([...places, ...labels, ...bends]);

  const areas = places.map((area): Area => ({ ...area, x: area.x - all.x, y: area.y - all.y }));
  const reach = reachOf([...nodes, ...edges]);
  const falls = ways.map((way) =>
    way.map(({ x, y }): Fall => {
      const half = reach.get(y) ?? 0;
      return { x: x - all.x, from: y - all.y - half, to: y - all.y + half };
    }),
  );
  const starts = wires.map(({ from, value }): Point => {
    const { gives, inside } = spots[from]!;
    const { x, y, width, height } = areas[from]!;
    return { x: x + (inside ? inside.x + middle(inside.exits[gives.indexOf(value)]!) : width / 2), y: y + height };
  });
  const ends = wires.map((): Point => ({ x: 0, y: 0 }));
  spots.forEach(({ takes, inside }, to) => {
    const { x, y, width } = areas[to]!;
    const here = wires.flatMap((wire, index) => (wire.to === to ? [index] : []));
    const xs = inside
      ? here.map((index) => inside.x + middle(inside.entries[takes.indexOf(wires[index]!.value)]!))
      : sideBySide(
          here.map((index) => (falls[index]!.at(-1) ?? starts[index]!).x - x),
          width,
        );
    here.forEach((index, order) => {
      ends[index] = { x: x + xs[order]!, y };
    });
  });

  return {
    width: all.width,
    height: all.height,
    entries: areas.slice(0, entries.length),
    parts: parts.map((part, index) => {
      const at = entries.length + index;
      const { inside } = spots[at]!;
      return { part, ...areas[at]!, ...(inside && { inside }) };
    }),
    exits: areas.slice(entries.length + parts.length),
    arrows: wires.map((wire, index): Arrow => {
      const { x, y, width } = edges[index]!;
      const [start, end] = [starts[index]!, ends[index]!];
      return {
        value: wire.value,
        falls: [{ x: start.x, from: start.y, to: start.y }, ...falls[index]!, { x: end.x, from: end.y, to: end.y }],
        hasHead: !spots[wire.to]!.isPoint,
        ...(isSaid(wire) && { label: { x: x! - width! / 2 - all.x, y: Number(y) - all.y } }),
      };
    }),
  };
}

function spotOfEnd({ width, height }: End): Spot {
  return { width, height, axis: width / 2, takes: [], gives: [], isPoint: height === 0 };
}

function spotOfPart(part: Part, measure: Measure, outer: Frame | undefined): Spot {
  const { inputs: takes, outputs: gives } = part;
  if (part.kind === 'box') {
    const size = measure.box(part, outer);
    return { ...size, axis: size.width / 2, takes, gives, isPoint: false };
  }
  const point = (value: Value): End => ({ value, width: 0, height: 0 });
  const placed = place(part.parts, takes.map(point), gives.map(point), measure, part);
  const bar = measure.bar(part, outer);
  const width = Math.max(bar.width, placed.width + 2 * padding);
  const above = bar.height + (takes.length === 0 ? padding : 0);
  const below = gives.length === 0 ? padding : 0;
  const inside = { ...placed, x: (width - placed.width) / 2, y: above };
  const [entry, ...others] = placed.entries;
  const axis = entry && others.length === 0 ? inside.x + middle(entry) : width / 2;
  return { width, height: above + placed.height + below, axis, takes, gives, isPoint: false, inside };
}

function wiresOf(spots: readonly Spot[]): readonly Wire[] {
  const makers = new Map(spots.flatMap(({ gives }, index) => gives.map((value): [Value, number] => [value, index])));
  return spots.flatMap(({ takes }, to) =>
    takes.flatMap((value): readonly Wire[] => {
      const from = makers.get(value);
      return from === undefined ? [] : [{ value, from, to }];
    }),
  );
}

/** Nothing in a frame is above what comes in through its border, or below what goes out. */
function holdEnds(drawing: Drawing, spots: readonly Spot[], wires: readonly Wire[]): void {
  const takers = new Set(wires.map(({ to }) => to));
  const givers = new Set(wires.map(({ from }) => from));
  const strong = wires.length + 1;
  drawing.setNode('top', { width: 0, height: 0 });
  drawing.setNode('bottom', { width: 0, height: 0 });
  spots.forEach(({ isPoint }, index) => {
    const weight = isPoint ? strong : 0;
    if (!takers.has(index)) drawing.setEdge('top', String(index), { weight, labeloffset: 0 });
    if (!givers.has(index)) drawing.setEdge(String(index), 'bottom', { weight, labeloffset: 0 });
  });
}

/** The way through the most spots, which is drawn as a straight line; of several the first. */
function longestWay(spots: readonly Spot[], wires: readonly Wire[]): readonly number[] {
  const lengths = spots.map(() => 0);
  const before = new Map<number, number>();
  // Every spot is behind those that it takes from, and so are the wires to it.
  for (const { from, to } of wires) {
    if (lengths[from]! + 1 <= lengths[to]!) continue;
    lengths[to] = lengths[from]! + 1;
    before.set(to, from);
  }
  const way: number[] = [];
  let at: number | undefined = lengths.indexOf(Math.max(...lengths));
  for (; at !== undefined; at = before.get(at)) way.unshift(at);
  return way;
}

/** How far each row, of spots or of labels, reaches up and down from its middle. */
function reachOf(labels: readonly (NodeLabel | EdgeLabel)[]): ReadonlyMap<number, number> {
  const reach = new Map<number, number>();
  for (const { y, height } of labels) {
    if (typeof y === 'number') reach.set(y, Math.max(reach.get(y) ?? 0, (height ?? 0) / 2));
  }
  return reach;
}

/** Where arrows from these places end above a box: in their order, one that comes from the middle straight down. */
function sideBySide(from: readonly number[], width: number): readonly number[] {
  const order = from.map((_, index) => index).sort((one, other) => from[one]! - from[other]!);
  const straight = order.findIndex((index) => Math.abs(from[index]! - width / 2) < 0.5);
  const pivot = straight < 0 ? (order.length - 1) / 2 : straight;
  const most = Math.max(pivot, order.length - 1 - pivot, 1);
  const step = Math.min(14, (width / 2 - 6) / most);
  const xs: number[] = [];
  order.forEach((index, at) => {
    xs[index] = width / 2 + (at - pivot) * step;
  });
  return xs;
}
