import type { Block, Body, Call, Line } from '../../../grammar/ast.ts';
import { isShare } from '../../1-check/share.ts';
import type { Edit } from '../../fault.ts';
import { applyEdits } from '../edits.ts';
import { isSameDefinition } from '../names.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ActionProvider, ActionRequest, CodeAction } from './action.ts';
import { boundNames } from './bound-names.ts';
import { type CallInfo, calledBy, isCall } from './callee.ts';
import { braced, laidOut, oneLine, writtenAt } from './layout.ts';
import { startWithComments, wholeLines } from './lines.ts';
import { ownName } from './paths.ts';
import { isProvable, prove, titleWith } from './proof.ts';
import { areApart, inOrder, textAt } from './ranges.ts';
import { meansTheSame } from './same-names.ts';
import { substitution } from './substitute.ts';
import { bodyAround, pipelineAt } from './tree.ts';

/** A call of a block becomes what the block is made of; or all of them do, and the block goes. */
export const inlineBlock: ActionProvider = {
  kind: 'refactor.inline',
  actions(request) {
    if (!isProvable(request, this.kind)) return [];
    return [one(request), all(request)].flatMap((found) => {
      const proof = found && prove(request.snapshot, found.edits);
      if (!proof) return [];
      const title = titleWith(found.title, proof);
      return [{ title, kind: this.kind, edits: proof.edits }];
    });
  },
};

type Inlined = Pick<CodeAction, 'title' | 'edits'>;

function one({ snapshot, range }: ActionRequest): Inlined | undefined {
  const info = snapshot.stages.at(range.start);
  if (!info || !isCall(info) || info.stage.span.end < range.end) return undefined;
  const called = calledBy(snapshot, info.stage);
  const edit = called?.kind === 'block' ? inlined(snapshot, info, called.block) : undefined;
  return edit && { title: 'Inline block', edits: [edit] };
}

/** At the name of a block of this file, or where it is called. */
function all({ snapshot, range, isImported }: ActionRequest): Inlined | undefined {
  const { definition } = snapshot.names.at(range.start) ?? {};
  const block = definition?.kind === 'block' ? definition.block : undefined;
  if (!definition || !block || block.span.source !== snapshot.source.name) return undefined;
  const names = new Set(
    snapshot.names.references.flatMap((each) =>
      !each.isDeclaration && isSameDefinition(each.definition, definition) ? [each.span.start] : [],
    ),
  );
  const calls = snapshot.stages.all.filter(isCall).filter(({ stage }) => names.has(stage.callee.span.start));
  // A block may also be handed over by its name.
  if (calls.length === 0 || calls.length < names.size) return undefined;
  const edits = calls.flatMap((call) => inlined(snapshot, call, block) ?? []);
  if (edits.length < calls.length || isImported(block.name.text)) return undefined;
  const removed = [...edits, { span: declarationExtent(snapshot, block), text: '' }];
  if (!areApart(removed)) return undefined;
  return { title: `Inline all calls of \`${block.name.text}\` and remove it`, edits: inOrder(removed) };
}

/** A declaration with its comments and a blank line that parts it from the next one. */
function declarationExtent({ source: { text } }: Snapshot, { span }: Block): Block['span'] {
  const start = startWithComments(text, span.start);
  const { end } = wholeLines(text, { start, end: span.end }) ?? span;
  return { ...span, start, end: end + /^(?:[^\S\r\n]*(?:\r\n|\n|\r))*/.exec(text.slice(end))![0].length };
}

/** The edit that puts the lines of a block in the place of a call; undefined where they would mean something else there. */
function inlined(snapshot: Snapshot, info: CallInfo, block: Block): Edit | undefined {
  const call = info.stage;
  const home = snapshot.sources.find(({ name }) => name === block.span.source);
  if (!home || call.arguments.some(isShare) || !meansTheSame(snapshot, call, block)) return undefined;
  const bound = boundNames(snapshot, info, block, home.text);
  if (!bound) return undefined;
  const { substitutes, lets } = bound;
  const edits = substitution(home.text, block.body.lines, substitutes);
  const written = applyEdits(home.text.slice(0, block.body.span.end - 1), edits)
    .slice(block.body.span.start + 1)
    .trim();
  const lines = laidOut([...lets, written].join('\n'));
  if (lines === undefined) return undefined;
  const label = labelOf(snapshot, info);
  const isBare = label === undefined && lets.length === 0 && !needsBraces(snapshot, call, block.body, lines);
  const text = isBare ? lines : braced(label === undefined ? '' : `${label}: `, lines);
  return { span: call.span, text: writtenAt(snapshot, call.span.start, text) };
}

/** Whether the lines of a block cannot stand as they are where it is called, but for a scope of paths that they need. */
function needsBraces(snapshot: Snapshot, call: Call, { lines }: Body, written: string): boolean {
  if (lines.length === 0 || !lines.every(isUnnamed)) return true;
  const body = bodyAround(snapshot.file, call.span)?.body;
  const line = body && pipelineAt(body, call.span);
  const isWholeLine = line !== undefined && !line.name && line.stages.length === 1;
  return !isWholeLine && (lines.length > 1 || oneLine(written) === undefined);
}

function isUnnamed(line: Line): boolean {
  return line.kind === 'pipeline' && !line.name;
}

/** The label that keeps the names of weights: that of the call, or else the path that the call has wherever it is written out. */
function labelOf(snapshot: Snapshot, info: CallInfo): string | undefined {
  const { label } = info.stage;
  return label ? textAt(snapshot.source.text, label.span) : ownName(snapshot, info);
}
