import type { Net, Pipeline } from '../../../grammar/ast.ts';
import type { Span } from '../../../grammar/source.ts';
import type { Edit } from '../../fault.ts';
import type { LayerNode } from '../../graph.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { applyEdits } from '../edits.ts';
import { holds } from '../range.ts';
import { type Snapshot, variant } from '../snapshot.ts';
import type { ActionProvider, CodeAction } from './action.ts';
import { extentOf, hasComment } from './lines.ts';
import { namesFromInside } from './mentions.ts';
import { titleWith } from './proof.ts';
import { diagnosticsAt } from './quick-fixes.ts';
import { bodyAround, pipelineAt } from './tree.ts';

/** Takes away what nothing uses: a line, the beginning of one, or an input. */
export const removeUnused: ActionProvider = {
  kind: 'quickfix',
  actions: (request) =>
    diagnosticsAt(request)
      .filter(({ isUnnecessary }) => isUnnecessary)
      .flatMap((diagnostic) => removal(request.snapshot, diagnostic) ?? []),
};

function removal(snapshot: Snapshot, diagnostic: Diagnostic): CodeAction | undefined {
  const { span } = diagnostic.fault;
  if (span.source !== snapshot.source.name) return undefined;
  const found = unusedInput(snapshot, span) ?? unusedLine(snapshot, span);
  // What is not computed is named by nobody, but its label, or a symbolic size, may be.
  if (!found || namesFromInside(snapshot, found.span).length > 0) return undefined;
  const edits = [{ span: found.span, text: '' }];
  const isPreferred = keepsPaths(snapshot, edits[0]!);
  const title = titleWith(found.title, { names: isPreferred ? 'same' : 'others' });
  return { title, kind: 'quickfix', edits, isPreferred, diagnostics: [diagnostic] };
}

/** Whether all layers that stay have the paths that they had: without labels they are counted. */
function keepsPaths(snapshot: Snapshot, edit: Edit): boolean {
  const { graphs } = variant(snapshot, applyEdits(snapshot.source.text, [edit]));
  const isRemoved = ({ span }: LayerNode) => span.source === edit.span.source && holds(edit.span, span);
  const before = snapshot.graphs.map(({ nodes }) => nodes.filter((node) => !isRemoved(node)));
  const pathsOf = (nodes: readonly LayerNode[]) =>
    nodes.flatMap(({ path, weights }) => (weights.length > 0 ? path : []));
  return String(before.map(pathsOf)) === String(graphs.map(({ nodes }) => pathsOf(nodes)));
}

interface Removed {
  readonly title: string;
  readonly span: Span;
}

function unusedInput(snapshot: Snapshot, { start, end }: Span): Removed | undefined {
  for (const net of snapshot.file.declarations) {
    if (net.kind !== 'net') continue;
    const index = net.inputs.findIndex(({ span }) => span.start === start && span.end === end);
    const span = index < 0 ? undefined : inputExtent(net, index);
    if (span && !hasComment(snapshot, span)) {
      return { title: `Remove the input \`${net.inputs[index]!.name.text}\``, span };
    }
  }
  return undefined;
}

/** An input with the comma that parts it from the others; undefined for the only one. */
function inputExtent({ inputs }: Net, index: number): Span | undefined {
  const { span } = inputs[index]!;
  const [before, after] = [inputs[index - 1], inputs[index + 1]];
  if (before) return { ...span, start: before.span.end };
  return after && { ...span, end: after.span.start };
}

function unusedLine(snapshot: Snapshot, unused: Span): Removed | undefined {
  const body = bodyAround(snapshot.file, unused)?.body;
  const line = body && pipelineAt(body, unused);
  const index = line ? line.stages.findIndex(({ span }) => span.start === unused.start && span.end === unused.end) : -1;
  if (!body || !line || index < 0) return undefined;
  const next = line.stages[index + 1];
  // What follows reads nothing, so that all before it is for nobody.
  if (next) return { title: 'Remove what nothing uses', span: { ...line.stages[0]!.span, end: next.span.start } };
  // The last line of braces flows out of them, and is used or not where these are.
  if (line === body.lines.at(-1)) return undefined;
  return { title: titleOf(line), span: extentOf(snapshot, body, line) };
}

function titleOf({ name }: Pipeline): string {
  return name ? `Remove \`${name.text}\`` : 'Remove the line';
}
