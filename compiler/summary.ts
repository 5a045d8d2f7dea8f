import { dimText } from './dim.ts';
import type { Graph, LayerNode } from './graph.ts';
import type { CompiledModel } from './kernel/kernel.ts';
import { layerText } from './layer-text.ts';
import type { Shape } from './shape.ts';
import { product } from './shape.ts';
import { signature } from './signature.ts';

/** What a net is made of and what it costs, for one item. A count that depends on an open size is `null`. */
export interface Summary {
  readonly net: string;
  /** `LeNet(image: [3, 32, 32]) -> [10]` */
  readonly signature: string;
  readonly layers: readonly LayerSummary[];
  /** Trained numbers. A weight that several layers share counts once. */
  readonly parameters: number | null;
  /** Multiply-accumulates. */
  readonly macs: number | null;
  /** Bytes that the values of a run need beside input, output and weights; `null` while sizes are open. */
  readonly arena: ArenaSummary | null;
}

export interface LayerSummary {
  readonly path: string;
  /** As one would write it: `conv 3->6 k5`. */
  readonly layer: string;
  /** A size that is open is text, as in `[16, "H / 2", 5]`. */
  readonly output: readonly (number | string)[];
  readonly parameters: number | null;
  readonly macs: number | null;
}

export interface ArenaSummary {
  readonly bytes: number;
  /** The largest sum of values that live at the same time: no plan can do with less. */
  readonly lowerBound: number;
}

/** The model is that of the net where its sizes are fixed. */
export function summarize(graph: Graph, model: CompiledModel | undefined): Summary {
  const counted = new Set<string>();
  const layers = graph.nodes.map((node): LayerSummary => {
    const parameters = parametersOf(node, counted);
    for (const { name } of node.weights) counted.add(name);
    return {
      path: node.path,
      layer: layerText(node),
      output: sizesOf(node.output.type.shape),
      parameters: known(parameters),
      macs: known(node.layer.macs?.(node) ?? 0),
    };
  });
  return {
    net: graph.name,
    signature: signature(graph),
    layers,
    parameters: total(layers.map((layer) => layer.parameters)),
    macs: total(layers.map((layer) => layer.macs)),
    arena: model ? { bytes: 4 * model.arena, lowerBound: 4 * model.arenaLowerBound } : null,
  };
}

function parametersOf(node: LayerNode, counted: ReadonlySet<string>): number {
  return node.weights
    .filter(({ name, spec }) => spec.role === 'parameter' && !counted.has(name))
    .reduce((sum, { spec }) => sum + product(spec.shape), 0);
}

function sizesOf(shape: Shape): readonly (number | string)[] {
  return shape.map((dim) => (typeof dim === 'number' ? dim : dimText(dim)));
}

function known(count: number): number | null {
  return Number.isNaN(count) ? null : count;
}

function total(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}
