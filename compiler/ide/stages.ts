import type { Stage } from '../../grammar/ast.ts';
import type { LayerNode } from '../graph.ts';
import type { ValueType } from '../shape.ts';

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
}

/** Puts stages into the order of the text. */
export function arrangeStages(found: readonly StageInfo[]): Stages {
  const all = found.toSorted(
    ({ stage: { span: left } }, { stage: { span: right } }) => left.start - right.start || right.end - left.end,
  );
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
}
