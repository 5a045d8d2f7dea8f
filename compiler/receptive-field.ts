import { evaluate } from './dim.ts';
import type { Graph, LayerNode, Value } from './graph.ts';
import { fixed, type OptionValue } from './layer.ts';
import { type SizeRange, solveSizes } from './sizes/sizes.ts';
import { everywhere, hull, type Region, regionsRead, reshapeRegion } from './tensor/region.ts';
import type { Meaning } from './tensor/tensor.ts';

/** What an element of a value depends on in one input of its net. */
export interface ReceptiveField {
  readonly input: Value;
  /** For each axis of the input. */
  readonly axes: readonly FieldAxis[];
}

export interface FieldAxis {
  /** How many places, as if the input had no borders; infinitely many stand for all that there are. */
  readonly size: number;
  /** How far apart are the places of neighbours; absent where there are none, or where they have the same. */
  readonly stride?: number;
}

/**
 * The receptive field of a value in each input that it follows from. It is read off the meanings of the layers, backwards
 * from one element. A net of symbolic sizes is looked at with some that fit; undefined where none are known.
 */
export function receptiveFields(graph: Graph, value: Value): readonly ReceptiveField[] | undefined {
  const open = sizesThatFit(graph);
  if (!open) return undefined;
  const shapeOf = ({ type }: Value) => type.shape.map((dim) => evaluate(dim, open));
  const shape = shapeOf(value);
  const end = graph.nodes.findIndex(({ output }) => output === value) + 1;
  const earlier = graph.nodes.slice(0, end).reverse();
  const meanings = new Map<LayerNode, Meaning>();

  const first = shape.map((size) => Math.floor(size / 4));
  const here = fieldsOf(first);
  const neighbours = shape.map((size, axis) => {
    const step = stepWithin(size);
    return { step, fields: step === 0 ? here : fieldsOf(first.with(axis, first[axis]! + step)) };
  });
  return graph.inputs.flatMap((input): ReceptiveField[] => {
    const region = here.get(input);
    if (!region) return [];
    const sizes = shapeOf(input);
    const strides = neighbours.map(({ step, fields }) =>
      region.map(([low], axis) => Math.abs((fields.get(input)?.[axis]?.[0] ?? low) - low) / step),
    );
    // What moves along several axes of the input at once does not slide over it.
    const sliding = strides.filter((each) => each.filter((stride) => stride > 0).length === 1);
    const axes = region.map(([low, high], axis): FieldAxis => {
      if (sizes[axis] === 1 || !Number.isFinite(high - low)) return { size: Infinity };
      const stride = Math.max(0, ...sliding.map((each) => each[axis]!));
      return { size: high - low + 1, ...(stride > 0 && { stride }) };
    });
    return [{ input, axes }];
  });

  /** The regions of all values that one element follows from. */
  function fieldsOf(element: readonly number[]): ReadonlyMap<Value, Region> {
    const regions = new Map<Value, Region>([[value, element.map((at) => [at, at])]]);
    for (const node of earlier) {
      const region = regions.get(node.output);
      if (region) readNode(node, region, regions);
    }
    return regions;
  }

  function readNode(node: LayerNode, region: Region, regions: Map<Value, Region>): void {
    const meaning = meaningOf(node);
    const result = shapeOf(node.output);
    const steps = new Map<number, Region>([[meaning.length - 1, region]]);
    for (const [index, expression] of [...meaning.entries()].reverse()) {
      const { axes, scan } = expression;
      // What follows from all times before it follows from all.
      const own = scan === undefined ? steps.get(index) : axes.map(() => everywhere);
      const shape = index === meaning.length - 1 && scan === undefined ? result : axes;
      if (!own) continue;
      regionsRead(expression, own, shape, ({ from }, read, view) => {
        if (from.kind === 'step') {
          const other = meaning[from.index]!.axes;
          steps.set(from.index, hull(steps.get(from.index), reshapeRegion(read, view, other)));
        } else if (from.kind === 'input') {
          const operand = node.inputs[from.index]!;
          regions.set(operand, hull(regions.get(operand), reshapeRegion(read, view, shapeOf(operand))));
        }
      });
    }
  }

  function meaningOf(node: LayerNode): Meaning {
    const known = meanings.get(node);
    if (known) return known;
    const meaning = node.layer.lower(withSizes(node, open!));
    meanings.set(node, meaning);
    return meaning;
  }
}

/** How far a neighbour is gone away from, so that steps of a fraction of a place come out whole. */
function stepWithin(size: number): number {
  return [96, 48, 24, 12, 6, 4, 2, 1].find((step) => step <= size / 2) ?? 0;
}

/** A large value for each symbol with which the net is right. */
function sizesThatFit(graph: Graph): ReadonlyMap<string, number> | undefined {
  const values = new Map<string, number>();
  if (graph.symbols.length === 0) return values;
  const { parts, tied } = solveSizes(graph);
  for (const { symbols, choices } of parts) {
    if (!choices[0]) return undefined;
    for (const name of symbols) values.set(name, largeOf(choices[0][name]!));
  }
  for (const { symbol, equals } of tied) values.set(symbol, evaluate(equals, values));
  return values;
}

/** The largest size that is no larger than a picture, or the smallest one. */
function largeOf(ranges: readonly SizeRange[]): number {
  const most = 256;
  const sizes = ranges.map(({ from, to = Infinity, step }) => {
    return from + Math.max(0, Math.floor((Math.min(to, most) - from) / step)) * step;
  });
  return Math.max(...sizes.filter((size) => size <= most), Math.min(...sizes));
}

/** The node as it would be with numbers in the place of symbols. */
function withSizes(node: LayerNode, values: ReadonlyMap<string, number>): LayerNode {
  if (values.size === 0) return node;
  const typed = (value: Value): Value => ({
    ...value,
    type: { ...value.type, shape: value.type.shape.map((dim) => evaluate(dim, values)) },
  });
  const option = (value: OptionValue): OptionValue =>
    typeof value === 'object' && !('kind' in value) ? value.map((dim) => evaluate(dim, values)) : value;
  const inputs = node.inputs.map(typed);
  const received = inputs[0] && fixed(inputs[0].type.shape).at(node.layer.features === 'last' ? -1 : 0);
  const { sizes } = node;
  return {
    ...node,
    inputs,
    output: typed(node.output),
    options: Object.fromEntries(Object.entries(node.options).map(([name, value]) => [name, option(value)])),
    ...(sizes && { sizes: { ...sizes, in: Number.isNaN(sizes.in) ? (received ?? sizes.in) : sizes.in } }),
  };
}
