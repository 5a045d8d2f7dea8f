import type { Fix } from '../../fault.ts';
import { type Diagnostic, diagnostics } from '../diagnostics.ts';
import { touches } from '../range.ts';
import type { ActionProvider, ActionRequest, CodeAction } from './action.ts';
import { inOrder } from './ranges.ts';

/** The edits of the faults here, each with its other ways. What is wrong in a block is also mended at the call that led there. */
export const quickFixes: ActionProvider = {
  kind: 'quickfix',
  actions: (request) =>
    diagnosticsAt(request).flatMap((diagnostic): CodeAction[] => {
      const { fix } = diagnostic.fault;
      if (!fix) return [];
      const others = fix.alternatives ?? [];
      return [fix, ...others].map((each) => ({
        ...mending(diagnostic, each),
        ...(others.length === 0 && { isPreferred: true }),
      }));
    }),
};

function mending(diagnostic: Diagnostic, { title, edits }: Fix): CodeAction {
  return { title, kind: 'quickfix', edits: inOrder(edits), diagnostics: [diagnostic] };
}

/** What is wrong at the range, or in a block because of a call there. */
export function diagnosticsAt({ snapshot, range }: ActionRequest): readonly Diagnostic[] {
  const { name } = snapshot.source;
  return diagnostics(snapshot).filter(({ span, fault }) =>
    [span, ...(fault.trace ?? []).map((call) => call.span)].some(
      (place) => place.source === name && touches(place, range),
    ),
  );
}
