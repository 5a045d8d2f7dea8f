import type { Call } from '../../../grammar/ast.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Snapshot } from '../snapshot.ts';
import { declaredAbove } from './above.ts';
import type { ActionProvider, CodeAction } from './action.ts';
import { diagnosticsAt } from './quick-fixes.ts';
import { bodyAround } from './tree.ts';

/** Declares the block that a call names and that is not there yet, with what the call gives it. */
export const createBlock: ActionProvider = {
  kind: 'quickfix',
  actions: (request) => diagnosticsAt(request).flatMap((diagnostic) => created(request.snapshot, diagnostic) ?? []),
};

function created(snapshot: Snapshot, diagnostic: Diagnostic): CodeAction | undefined {
  const { source, file, stages } = snapshot;
  const { code, span } = diagnostic.fault;
  if (code !== 'name/unknown' || span.source !== source.name) return undefined;
  const place = bodyAround(file, span);
  const call = stages.at(span.start)?.stage;
  // An operand of a join, for which a branch may be meant, is no call.
  if (!place || call?.kind !== 'call' || call.callee.span.start !== span.start) return undefined;
  return {
    title: `Create the block \`${call.callee.text}\``,
    kind: 'quickfix',
    edits: [declaredAbove(snapshot, place.declaration, `${headOf(call)} {}`)],
    diagnostics: [diagnostic],
  };
}

/** `block Cell in->out (k, act)` of `Cell 3->8 k3 act=relu`. */
function headOf({ callee, arguments: all }: Call): string {
  let sizes = '';
  const parameters = new Set<string>();
  for (const argument of all) {
    switch (argument.kind) {
      case 'sizes':
        sizes = ' in->out';
        break;
      case 'option':
        parameters.add(argument.name.text);
        break;
      case 'positional': {
        const { value } = argument;
        const [, short] = value.kind === 'name' ? (/^([A-Za-z])\d+(?:x\d+)*$/.exec(value.text) ?? []) : [];
        if (short !== undefined) parameters.add(short);
        else if (value.kind === 'name') parameters.add(`${value.text}=false`);
        else if (sizes === '') sizes = ' c';
        break;
      }
      case 'branch':
        break;
    }
  }
  for (const name of ['share=false', ...sizes.split(/\W+/)]) parameters.delete(name);
  const listed = parameters.size > 0 ? ` (${[...parameters].join(', ')})` : '';
  return `block ${callee.text}${sizes}${listed}`;
}
