import type { Graph, Value } from '../graph.ts';

/** The axis of an input that stays as it is written while all others are opened: that of the features. */
export type KeptAxis = 'first' | 'last' | 'none';

/**
 * By the names of the inputs, the axis of their features: the one that the first layer works on whose sizes speak of
 * features, be it the channels of a picture or the last axis of a sequence. Whole numbers have none.
 */
export function keptAxes({ inputs, nodes }: Pick<Graph, 'inputs' | 'nodes'>): ReadonlyMap<string, KeptAxis> {
  return new Map(inputs.map((input) => [input.name, keptAxis(input, nodes)]));
}

function keptAxis(input: Value, nodes: Graph['nodes']): KeptAxis {
  if (input.type.element !== 'f32') return 'none';
  // Values that have the axes of the input in their order, as far as layers go that only know shapes.
  const alike = new Set([input]);
  for (const { layer, inputs, output } of nodes) {
    if (!inputs.some((value) => alike.has(value))) continue;
    if (layer.features) return layer.features;
    if (output.type.shape.length === input.type.shape.length) alike.add(output);
  }
  return 'first';
}
