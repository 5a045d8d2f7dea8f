import { type Because, type Fault, hasErrors, type Outcome } from '../fault.ts';
import type { Graph } from '../graph.ts';
import { solveSizes } from './sizes.ts';
import { rangesOf } from './text.ts';

/**
 * Where an input of another size would do as well as the edit of a fault, the fault says of which. `open` checks the same nets
 * with open sizes; it is only asked where that can help.
 */
export function withOtherSizes(faults: readonly Fault[], open: () => Outcome<readonly Graph[]>): readonly Fault[] {
  if (!faults.some(({ fix }) => fix?.orOtherSizes)) return faults;
  const opened = open();
  return faults.map((fault): Fault => {
    if (!fault.fix?.orOtherSizes) return fault;
    const graph = opened.value.find((each) => standsIn(each, fault));
    const stays = graph && hasErrors(opened.faults.filter((each) => standsIn(graph, each)));
    const ranges = graph && !stays ? rangesOf(solveSizes(graph)) : undefined;
    const other = ranges === undefined ? 'an input of another size' : `an input with ${ranges}`;
    const { alternative } = fault.fix;
    return {
      ...fault,
      fix: { ...fault.fix, alternative: `${alternative === undefined ? '' : `${alternative}, `}or ${other}` },
    };
  });
}

/** Whether a fault is in a net, or in a block that it calls. */
function standsIn({ span: net }: Graph, { span, trace = [] }: Fault): boolean {
  return [span, ...trace.map((each: Because) => each.span)].some(
    ({ source, start, end }) => source === net.source && start >= net.start && end <= net.end,
  );
}
