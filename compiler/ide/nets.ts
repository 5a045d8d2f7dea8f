import type { File, Net } from '../../grammar/ast.ts';
import { type Fault, severityOf } from '../fault.ts';
import type { Graph } from '../graph.ts';
import { touching } from './search.ts';
import type { Snapshot } from './snapshot.ts';

export function netNamed({ file }: { readonly file: File }, name: string): Net | undefined {
  return file.declarations.find((each): each is Net => each.kind === 'net' && each.name.text === name);
}

/** What is wrong with a net: in its own lines, or in those of a block that they call. */
export function errorsOf({ span: net }: Net, faults: readonly Fault[]): readonly Fault[] {
  return faults.filter((fault) => {
    const { source, start } = (fault.trace?.[0] ?? fault).span;
    return severityOf(fault) === 'error' && source === net.source && net.start <= start && start < net.end;
  });
}

/** The graph of a net, where that is known. */
export function graphOf({ graphs }: Snapshot, { span }: Net): Graph | undefined {
  return touching(graphs, span, (graph) => graph.span).find((graph) => graph.span.start === span.start);
}
