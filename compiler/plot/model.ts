import type { Graph, Value } from '../graph.ts';
import { draw, type ModelPicture } from './draw.ts';
import { partsOf, placesOf } from './parts.ts';
import { measure, nameOf, roomFor } from './words.ts';

export type { ModelPicture } from './draw.ts';

/** Beyond these, finding places takes more than a moment, and nobody could read the result. */
const mostPlaces = 2000;

/**
 * A net as a diagram, from top to bottom: a box for each layer with the activations that follow it, a frame for each call of a
 * block, and the shape of each value beside its arrow. Undefined for a net that is too large. Dagre, which finds the places, is
 * loaded when this is called.
 */
export async function plotModel(graph: Graph): Promise<ModelPicture | undefined> {
  const parts = partsOf(graph);
  const results = graph.outputs.map(({ value }) => value);
  if (placesOf(parts, results) > mostPlaces) return undefined;
  const { place } = await import('./layout.ts');
  const plate = (named: { readonly name: string }, value: Value) => ({ value, ...roomFor([nameOf(named)]) });
  const entries = graph.inputs.map((input) => plate(input, input));
  const exits = graph.outputs.map((output) => plate(output, output.value));
  return draw(graph, place(parts, entries, exits, measure));
}
