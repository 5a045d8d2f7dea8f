import type { Argument, Call, Expression } from '../../../grammar/ast.ts';
import { mentionedNames } from '../../1-check/mentions.ts';
import type { Edit } from '../../fault.ts';
import { holds } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';
import type { StageInfo } from '../stages.ts';
import type { ActionProvider, ActionRequest, CodeAction } from './action.ts';
import { calledBy, isInferred, sizeBefore } from './callee.ts';
import { givenTo } from './given.ts';
import { isProvable, isReadable, prove } from './proof.ts';
import { bodyAround } from './tree.ts';

/** Writes sizes that are inferred, and leaves out what is written though it can be inferred. */
interface SizeChange {
  readonly title: string;
  readonly kind: string;
  edit(snapshot: Snapshot, info: StageInfo): Edit | undefined;
}

const writing: SizeChange = { title: 'Write inferred sizes', kind: 'source.writeSizes.netc', edit: writtenSize };
const leavingOut: SizeChange = { title: 'Leave inferred sizes out', kind: 'source.leaveSizesOut.netc', edit: leftOut };

/** Of all layers and blocks of the file. */
export const sizesOfFile: readonly ActionProvider[] = [writing, leavingOut].map(({ title, kind, edit }) => ({
  kind,
  actions(request) {
    const { snapshot } = request;
    if (!request.isAsked(kind) || !isProvable(request, kind)) return [];
    const edits = snapshot.stages.all.flatMap((info) => edit(snapshot, info) ?? []);
    const proof = edits.length > 0 ? prove(snapshot, edits) : undefined;
    return proof && proof.names !== 'others' ? [{ title, kind, edits: proof.edits }] : [];
  },
}));

/** Of the one at the cursor. */
export const sizesOfStage: ActionProvider = {
  kind: 'refactor.rewrite',
  actions({ snapshot, range }: ActionRequest): readonly CodeAction[] {
    const info = snapshot.stages.at(range.start);
    if (!info || info.stage.span.end < range.end || !isReadable(snapshot)) return [];
    return [
      { title: 'Write the inferred size', edit: writtenSize(snapshot, info) },
      { title: 'Leave the inferred size out', edit: leftOut(snapshot, info) },
    ].flatMap(({ title, edit }) => (edit ? [{ title, kind: 'refactor.rewrite', edits: [edit] }] : []));
  },
};

type Sizes = Extract<Argument, { readonly kind: 'sizes' }>;

/** `linear 84->10` for `linear ->10`, where it is the same number each time that the line is written out. */
function writtenSize(snapshot: Snapshot, info: StageInfo): Edit | undefined {
  const { stage } = info;
  const called = stage.kind === 'call' && !isFaulty(snapshot, stage) ? calledBy(snapshot, stage) : undefined;
  if (stage.kind !== 'call' || !called) return undefined;
  const sizes = sizesOf(stage);
  const insert = (offset: number, text: string): Edit => ({
    span: { ...stage.span, start: offset, end: offset },
    text,
  });
  if (sizes) {
    const number = sizes.in ? undefined : sizeBefore(info);
    return number === undefined ? undefined : insert(sizes.arrow.start, String(number));
  }
  // A head with one size takes it without a name.
  const only = called.kind === 'block' && !called.block.sizes?.out ? called.block.sizes?.in.text : undefined;
  const isLeftOut = only !== undefined && called.kind === 'block' && givenTo(called.block, stage)?.has(only) === false;
  const number = isLeftOut ? sizeBefore(info) : undefined;
  return number === undefined ? undefined : insert(stage.callee.span.end, ` ${number}`);
}

/** `linear ->10` for `linear 84->10`, where the same number is inferred. */
function leftOut(snapshot: Snapshot, info: StageInfo): Edit | undefined {
  const { stage } = info;
  const called = stage.kind === 'call' && !isFaulty(snapshot, stage) ? calledBy(snapshot, stage) : undefined;
  if (stage.kind !== 'call' || !called) return undefined;
  const sizes = sizesOf(stage);
  const written = sizes?.out ? sizes.in : undefined;
  // What stands before an arrow is read as its size.
  if (!sizes || !written || stage.arguments[0] !== sizes || saysTheAxis(snapshot, stage, written)) return undefined;
  // What depends on symbolic sizes is a requirement where it is written.
  const isOptional = called.kind === 'block' || called.layer.sizes === 'both';
  return isOptional && isInferred(snapshot, info)
    ? { span: { ...written.span, end: sizes.arrow.start }, text: '' }
    : undefined;
}

/** Whether something is wrong with a call, which may be its size. */
function isFaulty({ faults }: Snapshot, { callee, span }: Call): boolean {
  return faults.some(
    (fault) => fault.span.source === span.source && holds({ start: callee.span.start, end: span.end }, fault.span),
  );
}

function sizesOf({ arguments: all }: Call): Sizes | undefined {
  return all.find((argument): argument is Sizes => argument.kind === 'sizes');
}

/** Whether a size is what a block calls its own: by it one sees which axis the size of the block speaks of. */
function saysTheAxis({ file }: Snapshot, { span }: Call, size: Expression): boolean {
  const declaration = bodyAround(file, span)?.declaration;
  const own = declaration?.kind === 'block' ? declaration.sizes?.in.text : undefined;
  return own !== undefined && mentionedNames([size]).has(own);
}
