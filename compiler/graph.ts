import type { Doc } from '../grammar/ast.ts';
import type { Span } from '../grammar/source.ts';
import type { Requirement } from './dim.ts';
import type { AnyLayer, OptionValue, WeightSpec } from './layer.ts';
import type { ValueType } from './shape.ts';

/**
 * A checked net: layers applied to values, in an order in which every value is made before it is used. Blocks,
 * repeats, branches and names are gone; what a person wrote is still found through `path` and `span`.
 */
export interface Graph {
  readonly name: string;
  readonly doc?: Doc;
  readonly source: string;
  readonly span: Span;
  readonly inputs: readonly Value[];
  readonly nodes: readonly LayerNode[];
  readonly outputs: readonly Output[];
  /** Where blocks were called, calls within a block before that of the block. */
  readonly calls: readonly BlockCall[];
  /** Symbolic dimensions that are still open, in the order of the inputs. Targets need this to be empty. */
  readonly symbols: readonly string[];
  /** What the symbolic dimensions must satisfy. */
  readonly requirements: readonly Requirement[];
}

/** An input of the net, or what a node gives. Values are compared by identity; `id` is unique in the graph. */
export interface Value {
  readonly id: number;
  /** The input's name, the name that was given with `name = …`, or the path of the node. */
  readonly name: string;
  readonly type: ValueType;
  /** The text that made it. */
  readonly span: Span;
}

/** A result of the net. */
export interface Output {
  readonly name: string;
  readonly value: Value;
  /** Its type as the net declares it, in the words of its author, or else that of the value: the requirements make both the same. */
  readonly type: ValueType;
}

/** One layer at one place. */
export interface LayerNode {
  /** Unique in the net; the prefix of the weights' names, without the last dot. */
  readonly path: string;
  readonly layer: AnyLayer;
  /** Every option of the layer, defaults filled in, by its long name. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** The feature sizes of `in->out`, written or inferred; only for layers that have them. */
  readonly sizes?: { readonly in: number; readonly out: number };
  readonly inputs: readonly Value[];
  readonly output: Value;
  /** Full names, `conv1.weight`, in the layer's order. Nodes that share a path share them. */
  readonly weights: readonly GraphWeight[];
  readonly span: Span;
}

/** A block that was written out at one place. */
export interface BlockCall {
  /** The name of the block. */
  readonly block: string;
  /** The path of the call, which those of its layers begin with. */
  readonly path: string;
  /** What flowed into it and out of it. */
  readonly input: Value;
  readonly output: Value;
  /** The layers that it was written out as, those of calls within it included: of the graph's nodes, from `start` up to `end`. */
  readonly nodes: { readonly start: number; readonly end: number };
  /** The feature sizes of its head, written or inferred; `NaN` where they are symbolic. A head with one name has only `in`. */
  readonly sizes?: { readonly in: number; readonly out?: number };
  /** The stage that calls it. */
  readonly span: Span;
}

export interface GraphWeight {
  /** The key in the safetensors file. */
  readonly name: string;
  readonly spec: WeightSpec;
}

export interface OwnedWeight extends GraphWeight {
  readonly node: LayerNode;
}

/** Every weight once, in the order of the layers, with the first layer that has it. */
export function weightsOf({ nodes }: Graph): readonly OwnedWeight[] {
  const byName = new Map<string, OwnedWeight>();
  for (const node of nodes) {
    for (const weight of node.weights) if (!byName.has(weight.name)) byName.set(weight.name, { ...weight, node });
  }
  return [...byName.values()];
}
