import type { Span } from '../../grammar/source.ts';
import { residual } from '../1-check/collect.ts';
import { severityOf } from '../fault.ts';
import type { Graph, LayerNode } from '../graph.ts';
import { typeText } from '../signature.ts';
import { fieldLines, macLines, parameterLines, weightLines } from './costs.ts';
import { bullets, code, paragraphs } from './markdown.ts';
import type { Snapshot } from './snapshot.ts';
import type { StageInfo } from './stages.ts';

/** What a stage does where it stands: what flows through it, how its shape came about, what it costs. */
export function stageWords(snapshot: Snapshot, info: StageInfo): string {
  const times = timesOf(snapshot, info);
  const [nodes] = times;
  const node = info.nodes[0];
  return paragraphs(
    flowText(info),
    times.length > 1 ? `Written out ${times.length} times, ${othersText(info)}.` : undefined,
    bullets([
      ...(node && !isFaulty(snapshot, node.span) ? workingLines(node) : []),
      ...(nodes ? [...parameterLines(nodes), ...macLines(nodes)] : []),
      ...(node ? fieldLines(snapshot, node) : []),
      ...(nodes ? weightLines(nodes) : []),
    ]),
  );
}

/** `[3, 32, 32] → [6, 28, 28]`; of what joins values, all that it joins. */
export function flowText({ stage, nodes, before, after }: StageInfo): string | undefined {
  if (!after) return before && `${code(typeText(before))} arrives here.`;
  const joins = stage.kind === 'call' && stage.callee.text !== residual.kind ? nodes[0]?.inputs : undefined;
  const inputs = joins?.map(({ type }) => type) ?? (before ? [before] : []);
  return code(`${inputs.map(typeText).join(', ')} → ${typeText(after)}`.trimStart());
}

function othersText({ varies, nodes }: StageInfo): string {
  const first = nodes[0] ? `the first time as ${code(nodes[0].path)}` : 'here the first time';
  return varies ? `${first}, and with other shapes at other times` : first;
}

/** For each time that a stage is written out the layers that it is: one, or those of a block. */
function timesOf({ graphs }: Snapshot, { stage, nodes }: StageInfo): readonly (readonly LayerNode[])[] {
  if (nodes.length > 0) return nodes.map((node) => [node]);
  return graphs.flatMap((graph) => callsAt(graph, stage.span));
}

/** The layers of each call of a block that a stage makes. */
function callsAt({ calls, nodes }: Graph, stage: Span): readonly (readonly LayerNode[])[] {
  return calls
    .filter(({ span }) => span.source === stage.source && span.start === stage.start && span.end === stage.end)
    .map((call) => nodes.slice(call.nodes.start, call.nodes.end));
}

function workingLines({ layer, ...node }: LayerNode): readonly string[] {
  const lines = layer.working?.(node) ?? [];
  return lines.map((line) => {
    const [what, how] = line.split(': ', 2) as [string, string | undefined];
    return how === undefined ? line : `${what}: ${how.includes('=') ? code(how) : how}`;
  });
}

/** Where something is wrong the shape is what it would be if it were mended, and follows from nothing. */
function isFaulty({ faults }: Snapshot, { source, start, end }: Span): boolean {
  return faults.some(
    (fault) =>
      severityOf(fault) === 'error' &&
      fault.span.source === source &&
      fault.span.start >= start &&
      fault.span.end <= end,
  );
}
