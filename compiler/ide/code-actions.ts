import type { ActionProvider, ActionRequest, CodeAction } from './actions/action.ts';
import { addLabel } from './actions/add-label.ts';
import { createBlock } from './actions/create-block.ts';
import { extractBlock } from './actions/extract-block.ts';
import { fixAll } from './actions/fix-all.ts';
import { inlineBlock } from './actions/inline-block.ts';
import { introduceRepeat } from './actions/introduce-repeat.ts';
import { pipelineLines } from './actions/pipeline-lines.ts';
import { quickFixes } from './actions/quick-fixes.ts';
import { removeName } from './actions/remove-name.ts';
import { removeUnused } from './actions/remove-unused.ts';
import { convertResidual } from './actions/residual.ts';
import { sizesOfFile, sizesOfStage } from './actions/sizes.ts';
import { unrollRepeat } from './actions/unroll-repeat.ts';
import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

export type { CodeAction } from './actions/action.ts';

/**
 * Everything that can be done with the text in a range, or at the cursor where the range is empty. `only` asks for some kinds, and
 * those within them; without it there is nothing that takes long in a long text, and nothing that is for the whole file. What
 * other texts import is not taken away.
 */
export function codeActions(
  snapshot: Snapshot,
  range: TextRange,
  only?: readonly string[],
  isImported: ActionRequest['isImported'] = () => false,
): readonly CodeAction[] {
  const request: ActionRequest = {
    snapshot,
    range,
    isImported,
    isAsked: (kind) => only?.some((each) => isOf(kind, each)) ?? false,
  };
  const wanted = providers.filter(({ kind }) => !only || only.some((each) => isOf(kind, each)));
  return wanted.flatMap((provider) => provider.actions(request));
}

const providers: readonly ActionProvider[] = [
  quickFixes,
  removeUnused,
  createBlock,
  sizesOfStage,
  extractBlock,
  inlineBlock,
  introduceRepeat,
  unrollRepeat,
  convertResidual,
  addLabel,
  removeName,
  pipelineLines,
  fixAll,
  ...sizesOfFile,
];

/** Whether a kind is another one or one of those that it stands for: `source.fixAll` for `source.fixAll.netc`. */
function isOf(kind: string, general: string): boolean {
  return general === '' || kind === general || kind.startsWith(`${general}.`);
}
