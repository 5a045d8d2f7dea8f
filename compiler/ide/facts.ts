import type { Stage } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Constant } from '../1-check/constant.ts';
import type { Observer } from '../1-check/observer.ts';
import type { BlockCall, LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import { type Shape, shapeText, type ValueType } from '../shape.ts';

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

/** An observer, and what it has heard. */
export function collectFacts(): { readonly observer: Observer; readonly facts: Facts } {
  const constants = new Map<string, Constant>();
  const values = new Map<string, ValueType>();
  const activations = new Map<string, AnyLayer>();
  const stages = new Map<string, HeardStage>();
  const keep = <Fact>(facts: Map<string, Fact>, span: Span, fact: Fact) => {
    const key = keyOf(span);
    if (!facts.has(key)) facts.set(key, fact);
  };
  const stageAt = (span: Span) => {
    const key = keyOf(span);
    const known = stages.get(key) ?? { varies: false, nodes: [], calls: [] };
    stages.set(key, known);
    return known;
  };
  return {
    observer: {
      constant: (name, value) => keep(constants, name, value),
      value: (name, type) => keep(values, name, type),
      activation: (name, layer) => keep(activations, name, layer),
      flows(stage: Stage, before, after) {
        const known = stageAt(stage.span);
        known.varies ||= isOther(known.before, before) || isOther(known.after, after);
        if (before) known.before ??= before;
        if (after) known.after ??= after;
      },
      net(nodes, calls) {
        for (const node of nodes) stageAt(node.span).nodes.push(node);
        for (const call of calls) stageAt(call.span).calls.push(call);
      },
    },
    facts: {
      constant: (name) => constants.get(keyOf(name)),
      value: (name) => values.get(keyOf(name)),
      activation: (name) => activations.get(keyOf(name)),
      stage: (stage) => stages.get(keyOf(stage)),
    },
  };
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
  if (known === undefined || now === undefined || known === now) return false;
  return known.element !== now.element || !isSameShape(known.shape, now.shape);
}

function isSameShape(left: Shape, right: Shape): boolean {
  return left === right || shapeText(left) === shapeText(right);
}
