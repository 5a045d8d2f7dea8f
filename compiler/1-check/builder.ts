import type { Span } from '../../grammar/source.ts';
import type { Requirement } from '../dim.ts';
import type { BlockCall, LayerNode, Value } from '../graph.ts';
import type { ValueType } from '../shape.ts';
import type { Flow } from './flow.ts';

/** A graph while it is built. */
export interface Builder {
  value(name: string, type: ValueType, span: Span): Value;
  /** The name of `name = …` replaces the path; the first one stays. */
  rename(value: Value, name: string): void;
  node(node: LayerNode): void;
  call(call: BlockCall): void;
  require(requirement: Requirement): void;
  /** Somebody reads the value. */
  use(flow: Flow): void;
  /**
   * Counts one more stage, and says how many there are. Blocks and repeats could make nets without end of a few words, so
   * that there may be `mostSteps`.
   */
  step(): number;
  /** The layer that has a weight; undefined where none has one of this name yet. */
  ownerOf(weight: string): LayerNode | undefined;
  /** Adds numbers of weights to those of the net: how many there were, and are. */
  countWeights(count: number): { readonly before: number; readonly after: number };
  readonly nodes: readonly LayerNode[];
  readonly calls: readonly BlockCall[];
  readonly requirements: readonly Requirement[];
  /** Values that nobody reads, wherever their line is written out, in the order in which they were made. */
  unused(): readonly Value[];
}

/** The most stages of a net, once all blocks and repeats are written out. */
export const mostSteps = 50_000;

/** A builder of one graph, which is empty yet. */
export function createBuilder(): Builder {
  const values: (Value & { name: string })[] = [];
  const nodes: LayerNode[] = [];
  const calls: BlockCall[] = [];
  const requirements: Requirement[] = [];
  const required = new Set<string>();
  /** By the ids of the values. */
  const used: boolean[] = [];
  const named = new Set<Value>();
  const owners = new Map<string, LayerNode>();
  /** How many layers `owners` knows of: most nets share no weights, and nobody asks. */
  let owned = 0;
  let weights = 0;
  let steps = 0;
  return {
    value(name, type, span) {
      const value = { id: values.length, name, type, span };
      values.push(value);
      return value;
    },
    rename(value, name) {
      const own = values[value.id]!;
      if (!named.has(own)) own.name = name;
      named.add(own);
    },
    node(node) {
      nodes.push(node);
      for (const { id } of node.inputs) used[id] = true;
    },
    call: (call) => void calls.push(call),
    step() {
      steps += 1;
      return steps;
    },
    ownerOf(weight) {
      for (; owned < nodes.length; owned++) {
        for (const { name } of nodes[owned]!.weights) owners.set(name, nodes[owned]!);
      }
      return owners.get(weight);
    },
    require(requirement) {
      const { left, relation, right } = requirement;
      const key = [left, right].map((dim) => (typeof dim === 'number' ? dim : dim.key)).join(relation);
      if (!required.has(key)) requirements.push(requirement);
      required.add(key);
    },
    use(flow) {
      if (flow.kind === 'known') used[flow.value.id] = true;
    },
    countWeights(count) {
      const before = weights;
      weights += count;
      return { before, after: weights };
    },
    nodes,
    calls,
    requirements,
    unused() {
      const unused = values.filter(({ id }) => !used[id]);
      if (unused.length === 0) return unused;
      // What a block or a repeat makes several times is one line of the text, which is used if any of them is.
      const places = new Set(values.filter(({ id }) => used[id]).map(placeOf));
      return unused.filter((value) => !places.has(placeOf(value)));
    },
  };
}

function placeOf({ span }: Value): string {
  return `${span.source} ${span.start} ${span.end}`;
}
