import type { Span } from '../../grammar/source.ts';
import { counted } from '../faults/words.ts';
import type { Graph } from '../graph.ts';
import { bytesText, numberText } from '../report/numbers.ts';
import { solveSizes } from '../sizes/sizes.ts';
import { sizesText } from '../sizes/text.ts';
import { summarize } from '../summary.ts';
import { errorsOf, graphOf, netNamed } from './nets.ts';
import { planned } from './plan.ts';
import type { Snapshot } from './snapshot.ts';

/** A line above a net. Its words may cost a while, so that they are asked for apart. */
export interface CodeLens {
  /** The name of the net. */
  readonly span: Span;
  readonly net: string;
  /** `cost`: parameters, multiply-accumulates, memory. `whatIf`: an offer to try inputs of another shape. */
  readonly kind: 'cost' | 'whatIf';
}

/** The most requirements that are solved while somebody types. */
const mostRequirements = 100;

export function codeLenses({ file }: Snapshot): readonly CodeLens[] {
  return file.declarations.flatMap((each): CodeLens[] => {
    if (each.kind !== 'net') return [];
    const { text: net, span } = each.name;
    const cost: CodeLens = { span, net, kind: 'cost' };
    return each.inputs.length > 0 ? [cost, { span, net, kind: 'whatIf' }] : [cost];
  });
}

/** The words of a lens; undefined for a net that is not there any more. */
export function lensText(snapshot: Snapshot, { net: name, kind }: Pick<CodeLens, 'net' | 'kind'>): string | undefined {
  const net = netNamed(snapshot, name);
  if (!net) return undefined;
  if (kind === 'whatIf') return `what if the ${net.inputs.length === 1 ? 'input' : 'inputs'} were …`;
  const errors = errorsOf(net, snapshot.faults);
  const graph = graphOf(snapshot, net);
  if (errors.length > 0) return counted(errors.length, 'error');
  return graph ? costs(graph).join(' · ') : 'not known while there are errors elsewhere';
}

/** `62,006 parameters`, `651,720 MACs`, …: what is known of it. */
function costs(graph: Graph): readonly string[] {
  const { parameters, macs } = summarize(graph, undefined);
  const isOpen = graph.symbols.length > 0;
  const arena = planned(graph)?.arena;
  return [
    ...(parameters === null ? [] : [counted(numberText(parameters), 'parameter')]),
    ...(macs === null ? [] : [counted(numberText(macs), 'MAC')]),
    ...(parameters === null ? [] : [`${bytesText(4 * parameters)} of weights`]),
    ...(arena === undefined ? [] : [`${bytesText(4 * arena)} peak memory`]),
    ...(isOpen && graph.requirements.length <= mostRequirements ? [sizesText(solveSizes(graph))] : []),
  ];
}
