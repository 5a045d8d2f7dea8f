import type { Block, Call } from '../../../grammar/ast.ts';
import { headNames } from '../../1-check/callable.ts';
import type { Snapshot } from '../snapshot.ts';
import { mentionsIn, sitesIn } from './sites.ts';

/** Whether the names in a block that are not its own mean the same where it is called. */
export function meansTheSame(snapshot: Snapshot, call: Call, block: Block): boolean {
  const own = new Set(headNames(block).map(({ text }) => text));
  const used = new Set<string>();
  for (const site of sitesIn(block.body.lines)) {
    if (site.kind === 'given') own.add(site.name.text);
    else if (site.kind === 'stage') used.add(site.name.text);
    else for (const { name } of mentionsIn(site.expression, false)) used.add(name.text);
  }
  const declared = new Map(snapshot.names.declared.map((each) => [each.name, each]));
  const local = new Set(
    snapshot.names
      .visible(call.span.start)
      .filter((each) => declared.get(each.name) !== each)
      .map(({ name }) => name),
  );
  const isElsewhere = block.span.source !== snapshot.source.name;
  return [...used].every((name) => {
    if (own.has(name)) return true;
    if (local.has(name)) return false;
    return !isElsewhere || isSameElsewhere(snapshot, name, block.span.source);
  });
}

/** Whether a name means the same in another file as in this one: nothing that is declared, or the same. */
function isSameElsewhere({ names, imports }: Snapshot, name: string, source: string): boolean {
  const here = names.declared.find((each) => each.name === name)?.span;
  const file = imports.fileNamed(source);
  for (const declaration of file?.declarations ?? []) {
    switch (declaration.kind) {
      case 'import':
        if (declaration.names.some(({ text }) => text === name)) {
          return here !== undefined && here.source === imports.fileOf(declaration)?.span.source;
        }
        break;
      case 'broken':
        break;
      default:
        if (declaration.name.text === name)
          return here?.source === source && here.start === declaration.name.span.start;
    }
  }
  return here === undefined;
}
