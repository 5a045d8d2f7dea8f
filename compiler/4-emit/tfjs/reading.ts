import type { Graph, LayerNode, Value } from '../../graph.ts';
import { ownActivation } from './activation.ts';

/** The nodes that the results are made of, in the order of the graph, and those that no result needs. */
export function neededNodes(graph: Graph): {
  readonly needed: readonly LayerNode[];
  readonly idle: readonly LayerNode[];
} {
  const wanted = new Set<Value>(graph.outputs.map(({ value }) => value));
  for (const node of [...graph.nodes].reverse()) {
    if (wanted.has(node.output)) for (const input of node.inputs) wanted.add(input);
  }
  return {
    needed: graph.nodes.filter(({ output }) => wanted.has(output)),
    idle: graph.nodes.filter(({ output }) => !wanted.has(output)),
  };
}

/** One of tfjs's own activations, which the layer before it may apply itself. */
export interface FollowingActivation {
  readonly node: LayerNode;
  /** tfjs's name for it. */
  readonly activation: string;
}

/** By the values that one activation reads and nothing else does. Layers that share weights stay as they are. */
export function followingActivations(
  graph: Graph,
  nodes: readonly LayerNode[],
): ReadonlyMap<Value, FollowingActivation> {
  const readers = new Map<Value, (LayerNode | undefined)[]>();
  const read = (value: Value, node?: LayerNode) => readers.set(value, [...(readers.get(value) ?? []), node]);
  for (const node of nodes) for (const input of node.inputs) read(input, node);
  for (const { value } of graph.outputs) read(value);
  const paths = new Map<string, number>();
  for (const { path } of nodes) paths.set(path, (paths.get(path) ?? 0) + 1);

  const following = new Map<Value, FollowingActivation>();
  for (const { output, path } of nodes) {
    const [node, ...others] = readers.get(output) ?? [];
    if (!node?.layer.formula || others.length > 0 || paths.get(path)! > 1) continue;
    const activation = ownActivation(node, node.layer.formula);
    if (activation !== undefined) following.set(output, { node, activation });
  }
  return following;
}
