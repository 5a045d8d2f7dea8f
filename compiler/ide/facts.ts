import type { Span } from '../../grammar/source.ts';
import type { Constant } from '../1-check/constant.ts';
import type { Observer } from '../1-check/observer.ts';
import type { BlockCall, LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import { isSameType, type ValueType } from '../shape.ts';
import { once } from './once.ts';

/** What the checker has found, by place: the first time that it was known. */
export interface Facts {
  constant(name: Span): Constant | undefined;
  value(name: Span): ValueType | undefined;
  activation(name: Span): AnyLayer | undefined;
  stage(stage: Span): StageFacts | undefined;
}

export interface StageFacts {
  readonly before?: ValueType;
  readonly after?: ValueType;
  /** Whether other shapes flow at other times that the line is written out. */
  readonly varies: boolean;
  /** The layer that the stage is, once for each time. */
  readonly nodes: readonly LayerNode[];
  /** The call of a block that it is, likewise. */
  readonly calls: readonly BlockCall[];
}

/**
 * An observer, and what it has heard, which is sorted by place when the check is over and somebody asks: most checks are of
 * versions of a text that nobody asks about.
 */
export function collectFacts(): { readonly observer: Observer; readonly facts: Facts } {
  const heard: HeardInOrder = { constants: [], values: [], activations: [], flows: [], nets: [] };
  const sorted = once(() => sortedByPlace(heard));
  return {
    observer: {
      constant: (name, value) => void heard.constants.push({ span: name, fact: value }),
      value: (name, type) => void heard.values.push({ span: name, fact: type }),
      activation: (name, layer) => void heard.activations.push({ span: name, fact: layer }),
      flows: ({ span }, before, after) => void heard.flows.push({ span, before, after }),
      net: (nodes, calls) => void heard.nets.push({ nodes, calls }),
    },
    facts: {
      constant: (name) => sorted().constants.get(keyOf(name)),
      value: (name) => sorted().values.get(keyOf(name)),
      activation: (name) => sorted().activations.get(keyOf(name)),
      stage: (stage) => sorted().stages.get(keyOf(stage)),
    },
  };
}

/** In the order in which it was heard. */
interface HeardInOrder {
  readonly constants: Located<Constant>[];
  readonly values: Located<ValueType>[];
  readonly activations: Located<AnyLayer>[];
  readonly flows: {
    readonly span: Span;
    readonly before?: ValueType | undefined;
    readonly after?: ValueType | undefined;
  }[];
  readonly nets: { readonly nodes: readonly LayerNode[]; readonly calls: readonly BlockCall[] }[];
}

interface Located<Fact> {
  readonly span: Span;
  readonly fact: Fact;
}

function sortedByPlace({ constants, values, activations, flows, nets }: HeardInOrder) {
  const stages = new Map<string, HeardStage>();
  const stageAt = (span: Span) => {
    const key = keyOf(span);
    const known = stages.get(key) ?? { varies: false, nodes: [], calls: [] };
    stages.set(key, known);
    return known;
  };
  for (const { span, before, after } of flows) {
    const known = stageAt(span);
    known.varies ||= isOther(known.before, before) || isOther(known.after, after);
    if (before) known.before ??= before;
    if (after) known.after ??= after;
  }
  for (const { nodes, calls } of nets) {
    for (const node of nodes) stageAt(node.span).nodes.push(node);
    for (const call of calls) stageAt(call.span).calls.push(call);
  }
  return { constants: first(constants), values: first(values), activations: first(activations), stages };
}

function first<Fact>(heard: readonly Located<Fact>[]): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const { span, fact } of heard) {
    const key = keyOf(span);
    if (!facts.has(key)) facts.set(key, fact);
  }
  return facts;
}

interface HeardStage {
  before?: ValueType;
  after?: ValueType;
  varies: boolean;
  readonly nodes: LayerNode[];
  readonly calls: BlockCall[];
}

function keyOf({ source, start, end }: Span): string {
  return `${start} ${end} ${source}`;
}

/** Whether two types that are both known differ. */
export function isOther(known: ValueType | undefined, now: ValueType | undefined): boolean {
  return known !== undefined && now !== undefined && !isSameType(known, now);
}
