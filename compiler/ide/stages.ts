import type { Body, File, Pipeline, Stage } from '../../grammar/ast.ts';
import type { BlockCall, LayerNode } from '../graph.ts';
import type { ValueType } from '../shape.ts';
import type { Facts } from './facts.ts';

/** What flows through the stages of a text. */
export interface Stages {
  /** In the order of the text, an outer stage before those within it. */
  readonly all: readonly StageInfo[];
  /** The innermost stage that an offset lies in, or right behind. */
  at(offset: number): StageInfo | undefined;
}

/** A stage with what flows before and behind it. That of a block or a repeat is written out several times, with other shapes. */
export interface StageInfo {
  readonly stage: Stage;
  /** What flows into it, the first time that this is known; likewise `after`. */
  readonly before?: ValueType;
  readonly after?: ValueType;
  /** Whether it has other shapes at other times. */
  readonly varies: boolean;
  /** The layer that it is, once for each time that it is written out; none for a block, a group, a repeat. */
  readonly nodes: readonly LayerNode[];
  /** The call of a block that it is, likewise. */
  readonly calls: readonly BlockCall[];
}

/** Every stage of a file, with the facts that are known of it. */
export function stagesOf(file: File, facts: Facts): Stages {
  const all: StageInfo[] = [];
  for (const declaration of file.declarations) {
    if (declaration.kind !== 'block' && declaration.kind !== 'net') continue;
    if (declaration.kind === 'block') {
      for (const { default: value } of declaration.parameters) if (value?.kind === 'body') visit(value);
    }
    visit(declaration.body);
  }
  return {
    all,
    at(offset) {
      let low = 0;
      let high = all.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (all[middle]!.stage.span.start <= offset) low = middle + 1;
        else high = middle;
      }
      // Stages nest, so that the last one which starts before and has not ended is the innermost.
      for (let index = low - 1; index >= 0; index--) if (all[index]!.stage.span.end >= offset) return all[index];
      return undefined;
    },
  };

  function visit(body: Body): void {
    for (const stage of pipelinesOf(body).flatMap(({ stages }) => stages)) {
      all.push({ stage, varies: false, nodes: [], calls: [], ...facts.stage(stage.span) });
      for (const inner of bodiesOf(stage)) visit(inner);
    }
  }
}

function pipelinesOf({ lines }: Body): readonly Pipeline[] {
  return lines.flatMap((line) => (line.kind === 'pipeline' ? [line] : []));
}

/** The braces of a stage, in the order of the text. */
export function bodiesOf(stage: Stage): readonly Body[] {
  switch (stage.kind) {
    case 'group':
    case 'repeat':
      return [stage.body];
    case 'if':
      return [stage.then, ...(stage.else ? [stage.else] : [])];
    case 'call':
      return stage.arguments.flatMap((argument) => {
        if (argument.kind === 'branch') return [argument.body];
        return argument.kind === 'option' && argument.value.kind === 'body' ? [argument.value] : [];
      });
  }
}
