import type { Pipeline } from '../../../grammar/ast.ts';
import type { Edit } from '../../fault.ts';
import { beginsLine } from '../comments.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ActionProvider, ActionRequest } from './action.ts';
import { indentationAt, lineEndOf } from './layout.ts';
import { isReadable } from './proof.ts';
import { textAt } from './ranges.ts';
import { bodyAround, pipelineAt } from './tree.ts';

/** Puts each stage of a line on a line of text of its own, or all of them on one. */
export const pipelineLines: ActionProvider = {
  kind: 'refactor.rewrite',
  actions(request) {
    const line = lineAt(request);
    if (!line || line.stages.length < 2 || !isReadable(request.snapshot)) return [];
    const gaps = line.stages.slice(1).map((stage, index) => ({
      ...stage.span,
      start: line.stages[index]!.span.end,
      end: stage.span.start,
    }));
    const { text } = request.snapshot.source;
    // What else stands between stages is a comment.
    if (!gaps.every((gap) => textAt(text, gap).trim() === '|')) return [];
    const isSplit = gaps.some((gap) => /[\r\n]/.test(textAt(text, gap)));
    const between = isSplit ? ' | ' : separator(request.snapshot, line);
    if (between === undefined) return [];
    const edits = gaps.flatMap((span): Edit[] => (textAt(text, span) === between ? [] : [{ span, text: between }]));
    const title = isSplit ? 'Join the stages on one line' : 'Split the stages over lines';
    return [{ title, kind: this.kind, edits }];
  },
};

function lineAt({ snapshot, range }: ActionRequest): Pipeline | undefined {
  const body = bodyAround(snapshot.file, range)?.body;
  return body && pipelineAt(body, range);
}

/** Undefined for a line in the midst of a line of text, and for one that goes over several as it is. */
function separator({ source: { text } }: Snapshot, { span }: Pipeline): string | undefined {
  if (!beginsLine(text, span.start) || /[\r\n]/.test(textAt(text, span))) return undefined;
  return `${lineEndOf(text)}${indentationAt(text, span.start)}  | `;
}
