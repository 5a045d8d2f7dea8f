import type { BlockCall, Graph, LayerNode, Value } from '../graph.ts';

/** What a picture of a net is made of. */
export type Part = Box | Frame;

/** A layer and the activations that only it feeds. */
export interface Box {
  readonly kind: 'box';
  readonly nodes: readonly LayerNode[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** The call of a block, around what the block was written out as. */
export interface Frame {
  readonly kind: 'frame';
  readonly call: BlockCall;
  readonly parts: readonly Part[];
  /** The values that it takes from outside. */
  readonly inputs: readonly Value[];
  /** Its values that are taken outside. */
  readonly outputs: readonly Value[];
}

/** The parts of a net, each behind those that it takes values from. */
export function partsOf(graph: Graph): readonly Part[] {
  const uses = usesOf([...graph.nodes.flatMap((node) => node.inputs), ...graph.outputs.map(({ value }) => value)]);
  /** The largest part that a layer is in. */
  const partOf = new Map<LayerNode, Part>();
  for (const box of boxesOf(graph, uses)) for (const node of box.nodes) partOf.set(node, box);
  const largest = (nodes: readonly LayerNode[]) => [...new Set(nodes.map((node) => partOf.get(node)!))];
  // Calls within a block come before that of the block.
  for (const call of graph.calls) {
    const nodes = nodesOf(graph, call);
    const taken = usesOf(nodes.flatMap((node) => node.inputs));
    const made = new Set(nodes.map((node) => node.output));
    const frame: Frame = {
      kind: 'frame',
      call,
      parts: largest(nodes),
      inputs: [...taken.keys()].filter((value) => !made.has(value)),
      outputs: [...made].filter((value) => (uses.get(value) ?? 0) > (taken.get(value) ?? 0)),
    };
    for (const node of nodes) partOf.set(node, frame);
  }
  return largest(graph.nodes);
}

function boxesOf(graph: Graph, uses: ReadonlyMap<Value, number>): readonly Box[] {
  /** The innermost call that a layer is in. */
  const home = new Map<LayerNode, BlockCall>();
  for (const call of graph.calls) {
    for (const node of nodesOf(graph, call)) if (!home.has(node)) home.set(node, call);
  }
  /** The layers of each box, by the value that comes out of it. */
  const boxes = new Map<Value, LayerNode[]>();
  for (const node of graph.nodes) {
    const [input, ...others] = node.inputs;
    const before = input && others.length === 0 && uses.get(input) === 1 ? boxes.get(input) : undefined;
    const isOfBox = before && node.layer.formula && home.get(node) === home.get(before[0]!);
    if (isOfBox) boxes.delete(input!);
    boxes.set(node.output, isOfBox ? before : []);
    boxes.get(node.output)!.push(node);
  }
  return [...boxes].map(([output, nodes]) => ({ kind: 'box', nodes, inputs: nodes[0]!.inputs, outputs: [output] }));
}

function nodesOf({ nodes }: Graph, { nodes: { start, end } }: BlockCall): readonly LayerNode[] {
  return nodes.slice(start, end);
}

/** How often each value is taken. */
function usesOf(values: readonly Value[]): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  for (const value of values) uses.set(value, (uses.get(value) ?? 0) + 1);
  return uses;
}

/**
 * How many places a picture has: one for each part, and one for each arrow beside each part that it passes. The time that it
 * takes to draw grows with these.
 */
export function placesOf(parts: readonly Part[], results: readonly Value[]): number {
  const depths = new Map<Value, number>();
  const depthOf = (value: Value) => depths.get(value) ?? 0;
  let places = parts.length;
  for (const { inputs, outputs } of parts) {
    const depth = Math.max(0, ...inputs.map(depthOf)) + 1;
    for (const input of inputs) places += depth - depthOf(input) - 1;
    for (const output of outputs) depths.set(output, depth);
  }
  const last = Math.max(0, ...depths.values());
  for (const result of results) places += last - depthOf(result);
  for (const part of parts) if (part.kind === 'frame') places += placesOf(part.parts, part.outputs);
  return places;
}
