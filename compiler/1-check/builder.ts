import type { Span } from '../../grammar/source.ts';
import type { Requirement } from '../dim.ts';
import type { LayerNode, Value } from '../graph.ts';
import type { ValueType } from '../shape.ts';
import type { Flow } from './flow.ts';

/** A graph while it is built. */
export interface Builder {
  value(name: string, type: ValueType, span: Span): Value;
  /** The name of `name = …` replaces the path; the first one stays. */
  rename(value: Value, name: string): void;
  node(node: LayerNode): void;
  require(requirement: Requirement): void;
  /** Somebody reads the value. */
  use(flow: Flow): void;
  /** Adds numbers of weights to those of the net: how many there were, and are. */
  countWeights(count: number): { readonly before: number; readonly after: number };
  readonly nodes: readonly LayerNode[];
  readonly requirements: readonly Requirement[];
  /** Values that nobody reads, in the order in which they were made. */
  unused(): readonly Value[];
}

/** A builder of one graph, which is empty yet. */
export function createBuilder(): Builder {
  const values: (Value & { name: string })[] = [];
  const nodes: LayerNode[] = [];
  const requirements = new Map<string, Requirement>();
  const used = new Set<Value>();
  const named = new Set<Value>();
  let weights = 0;
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
      for (const input of node.inputs) used.add(input);
    },
    require(requirement) {
      const { left, relation, right } = requirement;
      const key = [left, right].map((dim) => (typeof dim === 'number' ? dim : dim.key)).join(relation);
      if (!requirements.has(key)) requirements.set(key, requirement);
    },
    use(flow) {
      if (flow.kind === 'known') used.add(flow.value);
    },
    countWeights(count) {
      const before = weights;
      weights += count;
      return { before, after: weights };
    },
    nodes,
    get requirements() {
      return [...requirements.values()];
    },
    unused: () => values.filter((value) => !used.has(value)),
  };
}
