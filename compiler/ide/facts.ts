import type { Stage } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Constant } from '../1-check/constant.ts';
import type { Observer } from '../1-check/observer.ts';
import type { LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import type { ValueType } from '../shape.ts';
import { shapeText } from '../shape.ts';
import type { StageInfo } from './stages.ts';

/** What the checker has found out of a text, by place: the first time that it was known. */
export interface Facts {
  constant(name: Span): Constant | undefined;
  value(name: Span): ValueType | undefined;
  activation(name: Span): AnyLayer | undefined;
  /** The stages of one source that were checked. */
  stagesOf(source: string): readonly StageInfo[];
}

/** An observer that keeps what it hears. */
export function collectFacts(): { readonly observer: Observer; readonly facts: Facts } {
  const constants = new Map<string, Constant>();
  const values = new Map<string, ValueType>();
  const activations = new Map<string, AnyLayer>();
  const stages = new Map<string, { stage: Stage; before?: ValueType; after?: ValueType; varies: boolean }>();
  const nodes = new Map<string, LayerNode[]>();
  const keep = <Fact>(facts: Map<string, Fact>, span: Span, fact: Fact) => {
    const key = keyOf(span);
    if (!facts.has(key)) facts.set(key, fact);
  };
  return {
    observer: {
      constant: (name, value) => keep(constants, name, value),
      value: (name, type) => keep(values, name, type),
      activation: (name, layer) => keep(activations, name, layer),
      flows(stage, before, after) {
        const key = keyOf(stage.span);
        const known = stages.get(key) ?? { stage, varies: false };
        known.varies ||= isOther(known.before, before) || isOther(known.after, after);
        if (before) known.before ??= before;
        if (after) known.after ??= after;
        stages.set(key, known);
      },
      net(all) {
        for (const node of all) {
          const key = keyOf(node.span);
          const before = nodes.get(key);
          if (before) before.push(node);
          else nodes.set(key, [node]);
        }
      },
    },
    facts: {
      constant: (name) => constants.get(keyOf(name)),
      value: (name) => values.get(keyOf(name)),
      activation: (name) => activations.get(keyOf(name)),
      stagesOf: (source) =>
        [...stages]
          .filter(([, { stage }]) => stage.span.source === source)
          .map(([key, info]): StageInfo => ({ ...info, nodes: nodes.get(key) ?? [] })),
    },
  };
}

function keyOf({ source, start, end }: Span): string {
  return `${start} ${end} ${source}`;
}

function isOther(known: ValueType | undefined, now: ValueType | undefined): boolean {
  return known !== undefined && now !== undefined && known !== now && shapeText(known.shape) !== shapeText(now.shape);
}
