import type { ActionProvider } from './action.ts';
import { ownName } from './paths.ts';
import { isReadable } from './proof.ts';

/** Writes the name that the weights of a stage have as its label, so that it stays when other stages come and go. */
export const addLabel: ActionProvider = {
  kind: 'refactor.rewrite',
  actions({ snapshot, range }) {
    const info = snapshot.stages.at(range.start);
    const stage = info?.stage;
    if (stage?.kind !== 'call' || stage.label || stage.span.end < range.end || !isReadable(snapshot)) return [];
    const name = ownName(snapshot, info!);
    if (name === undefined) return [];
    const start = { ...stage.span, end: stage.span.start };
    return [{ title: `Add the label \`${name}\``, kind: this.kind, edits: [{ span: start, text: `${name}: ` }] }];
  },
};
