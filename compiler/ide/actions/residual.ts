import type { Call } from '../../../grammar/ast.ts';
import { residual } from '../../1-check/collect.ts';
import type { Edit } from '../../fault.ts';
import { findLayer } from '../../layers/index.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ActionProvider } from './action.ts';
import { calledBy } from './callee.ts';
import { isReadable } from './proof.ts';
import { textAt } from './ranges.ts';

/** `residual { … }` for `add {} { … }`, which is the same, and back. */
export const convertResidual: ActionProvider = {
  kind: 'refactor.rewrite',
  actions({ snapshot, range }) {
    const stage = snapshot.stages.at(range.start)?.stage;
    if (stage?.kind !== 'call' || stage.span.end < range.end || !isReadable(snapshot)) return [];
    const found = shortened(snapshot, stage) ?? writtenOut(snapshot, stage);
    return found ? [{ title: found.title, kind: this.kind, edits: [found.edit] }] : [];
  },
};

interface Converted {
  readonly title: string;
  readonly edit: Edit;
}

const long = 'add {}';

function shortened(snapshot: Snapshot, call: Call): Converted | undefined {
  const called = calledBy(snapshot, call);
  const [identity, branch, ...others] = call.arguments;
  const isJoin = called?.kind === 'layer' && called.layer === findLayer('add');
  if (!isJoin || identity?.kind !== 'branch' || branch?.kind !== 'branch' || others.length > 0) return undefined;
  const isEmpty = textAt(snapshot.source.text, identity.span).slice(1, -1).trim() === '';
  if (!isEmpty || isDeclared(snapshot, residual.kind)) return undefined;
  const span = { ...call.callee.span, end: identity.span.end };
  return { title: `Convert to \`${residual.kind} { … }\``, edit: { span, text: residual.kind } };
}

function writtenOut(snapshot: Snapshot, { callee, arguments: all }: Call): Converted | undefined {
  const isBranch = all.length === 1 && all[0]!.kind === 'branch';
  const isResidual = callee.text === residual.kind && !isDeclared(snapshot, callee.text);
  if (!isResidual || !isBranch || isDeclared(snapshot, 'add')) return undefined;
  return { title: `Convert to \`${long} { … }\``, edit: { span: callee.span, text: long } };
}

function isDeclared({ names }: Snapshot, name: string): boolean {
  return names.references.some((each) => each.isDeclaration && each.definition.name === name);
}
