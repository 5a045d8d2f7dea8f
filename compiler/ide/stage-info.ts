import type { Stage } from '../../grammar/ast.ts';
import { firstIndex } from './search.ts';
import type { StageInfo, Stages } from './stages.ts';

/** What is known of a stage of the tree; undefined where it was never checked. */
export function stageInfo({ all }: Stages, { span }: Stage): StageInfo | undefined {
  const first = firstIndex(all, ({ stage }) => stage.span.start >= span.start);
  for (let index = first; index < all.length; index++) {
    const info = all[index]!;
    if (info.stage.span.start > span.start) return undefined;
    if (info.stage.span.end === span.end) return info;
  }
  return undefined;
}
