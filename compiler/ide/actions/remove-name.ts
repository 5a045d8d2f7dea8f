import { isSameDefinition } from '../names.ts';
import { holds } from '../range.ts';
import type { ActionProvider } from './action.ts';
import { isReadable } from './proof.ts';
import { bodyAround, pipelineAt } from './tree.ts';

/** Takes the name of a value away that nobody names: the flow goes on without it. */
export const removeName: ActionProvider = {
  kind: 'refactor.rewrite',
  actions({ snapshot, range }) {
    const body = bodyAround(snapshot.file, range)?.body;
    const line = body && pipelineAt(body, range);
    const { name, stages } = line ?? {};
    if (!name || range.end > name.span.end || !isReadable(snapshot)) return [];
    // A name that is wrong is for its fault to mend.
    if (snapshot.faults.some(({ span }) => span.source === name.span.source && holds(name.span, span))) return [];
    const definition = snapshot.names.at(name.span.start)?.definition;
    const isNamed = snapshot.names.references.some(
      (each) => !definition || (!each.isDeclaration && isSameDefinition(each.definition, definition)),
    );
    if (isNamed) return [];
    const span = { ...name.span, end: stages![0]!.span.start };
    return [{ title: `Remove the name \`${name.text}\``, kind: this.kind, edits: [{ span, text: '' }] }];
  },
};
