import type { Body, Declaration, File, Line, Stage } from '../../grammar/ast.ts';
import type { BlockCall, LayerNode } from '../graph.ts';
import type { ValueType } from '../shape.ts';
import type { Facts } from './facts.ts';
import { firstIndex } from './search.ts';

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
  for (const body of file.declarations.flatMap(bodiesIn)) visit(body);
  return {
    all,
    at(offset) {
      const behind = firstIndex(all, ({ stage }) => stage.span.start > offset);
      // Stages nest, so that the last one which starts before and has not ended is the innermost.
      for (let index = behind - 1; index >= 0; index--) if (all[index]!.stage.span.end >= offset) return all[index];
      return undefined;
    },
  };

  function visit({ lines }: Body): void {
    for (const stage of stagesIn(lines)) {
      all.push({ stage, varies: false, nodes: [], calls: [], ...facts.stage(stage.span) });
      for (const inner of bodiesOf(stage)) visit(inner);
    }
  }
}

/** The braces of a declaration, in the order of the text: lines that are handed over by default, and its own. */
export function bodiesIn(declaration: Declaration): readonly Body[] {
  switch (declaration.kind) {
    case 'net':
      return [declaration.body];
    case 'block': {
      const defaults = declaration.parameters.flatMap(({ default: value }) => (value?.kind === 'body' ? [value] : []));
      return [...defaults, declaration.body];
    }
    default:
      return [];
  }
}

/** The stages of some lines, but for those within them. */
export function stagesIn(lines: readonly Line[]): readonly Stage[] {
  return lines.flatMap((line) => (line.kind === 'pipeline' ? line.stages : []));
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
