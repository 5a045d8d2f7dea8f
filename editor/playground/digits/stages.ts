import { type Graph, summarize, type Value } from '../../../compiler/index.ts';

/** A net that gives what each of its layers gives, in their order, with the layers as one would write them. */
export function allStages(graph: Graph): { readonly graph: Graph; readonly layers: readonly string[] } {
  const texts = summarize(graph, undefined).layers.map(({ layer }) => layer);
  const made = new Map<Value, string>(graph.nodes.map(({ output }, index) => [output, texts[index]!]));
  const outputs = [...made.keys()].map((value, index) => ({ name: stageName(index), value, type: value.type }));
  return { graph: { ...graph, outputs }, layers: [...made.values()] };
}

/** The name of a result of such a net: a layer's own may be that of another, or no name. */
function stageName(index: number): string {
  return `stage${index}`;
}
