import type { Net, TensorType } from '../../grammar/ast.ts';
import { parse } from '../../grammar/parse.ts';
import { lineStarts, positionAt, type Source } from '../../grammar/source.ts';
import { type AnalyzeOptions, analyze } from '../compile.ts';
import { expressionText } from '../expression-text.ts';
import { type Edit, type Fault, severityOf } from '../fault.ts';
import { counted } from '../faults/words.ts';
import { numberText } from '../report/numbers.ts';
import { faultMessage } from '../report/report.ts';
import { signature, typeText } from '../signature.ts';
import { solveSizes } from '../sizes/sizes.ts';
import { sizesText } from '../sizes/text.ts';
import { summarize } from '../summary.ts';
import { applyEdits } from './edits.ts';
import type { Reference } from './names.ts';
import { errorsOf, netNamed } from './nets.ts';
import { holds } from './range.ts';
import type { Snapshot } from './snapshot.ts';

/** Sizes of nets with more layers take too long for somebody who waits. */
const mostLayers = 1000;

/**
 * What a net would be with inputs of other shapes, as they would be written in its head, in words: what it gives and costs, or
 * what would be wrong first; then the sizes that it takes. Undefined without that net.
 */
export function whatIf(snapshot: Snapshot, name: string, inputs: Readonly<Record<string, string>>): string | undefined {
  const net = netNamed(snapshot, name);
  if (!net) return undefined;
  const sizes = new Map<string, number>();
  const heads = Object.entries(inputs).map(([input, written]) => withInput(snapshot, net, input, written, sizes));
  const problem = heads.find((each) => 'problem' in each)?.problem;
  if (problem !== undefined) return problem;
  const edits = heads.filter((each) => 'edits' in each).flatMap((each) => each.edits);
  const text = applyEdits(snapshot.source.text, [...edits, ...withoutResult(snapshot, net, edits)]);
  const dims = new Map([...(snapshot.options.dims ?? []), ...sizes]);
  const source = { name: snapshot.source.name, text };
  return [answer(source, { ...snapshot.options, dims }, name), accepted(snapshot, name)].filter(Boolean).join('\n');
}

/**
 * The edits that write another shape into a head. A number for a symbolic size is given to all that names it, and goes to `sizes`:
 * the result and the other inputs.
 */
function withInput(
  snapshot: Snapshot,
  net: Net,
  name: string,
  written: string,
  sizes: Map<string, number>,
): { readonly edits: readonly Edit[] } | { readonly problem: string } {
  const input = net.inputs.find((each) => each.name.text === name);
  if (!input) return { problem: `${net.name.text} has no input \`${name}\`.` };
  const text = written.trim().replace(/\s+/g, ' ');
  const type = typeOf(text);
  if (!type) return { problem: `\`${text}\` is no shape; one looks like this: \`[3, 32, 32]\`.` };
  const { span, element, dims } = input.type;
  if (type.element?.text !== element?.text || type.dims.length !== dims.length) {
    return { edits: [{ span, text }] };
  }
  const edits: Edit[] = [];
  for (const [axis, old] of dims.entries()) {
    const now = type.dims[axis]!;
    const isSymbol = snapshot.names.at(old.span.start)?.definition.kind === 'size';
    if (old.kind === 'name' && isSymbol && now.kind === 'number' && (sizes.get(old.text) ?? now.value) === now.value) {
      sizes.set(old.text, now.value);
    } else edits.push({ span: old.span, text: expressionText(now) });
  }
  return { edits };
}

/** Leaves out what the net is declared to give where that names symbolic sizes which no input has any more. */
function withoutResult({ names, source }: Snapshot, { inputs, result }: Net, edits: readonly Edit[]): readonly Edit[] {
  if (!result) return [];
  const sizes = names.references.filter(({ definition }) => definition.kind === 'size');
  const stays = (each: Reference) =>
    inputs.some(({ span }) => holds(span, each.span)) && !edits.some(({ span }) => holds(span, each.span));
  const known = new Set(sizes.filter(stays).map(({ definition }) => definition.name));
  const isLost = sizes.some((each) => holds(result.span, each.span) && !known.has(each.definition.name));
  const start = source.text.lastIndexOf('->', result.span.start);
  return isLost ? [{ span: { ...result.span, start }, text: '' }] : [];
}

function typeOf(text: string): TensorType | undefined {
  const { value, faults } = parse({ name: '', text: `net N(x: ${text}) {}` });
  const [net, ...others] = value.declarations;
  const isOne = faults.length === 0 && others.length === 0 && net?.kind === 'net' && net.inputs.length === 1;
  return isOne ? net.inputs[0]!.type : undefined;
}

function answer(source: Source, options: AnalyzeOptions, name: string): string {
  const { value, faults } = analyze(source, options);
  const net = netNamed(value, name);
  const graph = value.graphs.find((each) => each.name === name);
  const [first] = net ? errorsOf(net, faults) : [];
  const wrong = first ?? (graph ? undefined : faults.find((each) => severityOf(each) === 'error'));
  if (wrong) return `${placeOf(wrong, source)}: ${faultMessage(wrong)}.`;
  if (!graph) return `What ${name} would be is not known.`;
  const { parameters, macs } = summarize(graph, undefined);
  const costs = [
    ...(parameters === null ? [] : [counted(numberText(parameters), 'parameter')]),
    ...(macs === null ? [] : [counted(numberText(macs), 'MAC')]),
  ];
  return `${[signature(graph), ...costs].join(', ')}.`;
}

/** `Line 6`, of the call that leads to the fault, where that is in another file. */
function placeOf(fault: Fault, { name, text }: Source): string {
  const { span } = [fault, ...(fault.trace ?? [])].find((each) => each.span.source === name) ?? fault;
  return span.source === name ? `Line ${positionAt(lineStarts(text), span.start).line}` : span.source;
}

/** The sizes that the net takes, whatever its head says. */
function accepted({ source, options, graphs }: Snapshot, name: string): string | undefined {
  const known = graphs.find((each) => each.name === name);
  if (known && known.nodes.length > mostLayers) return undefined;
  const { value, faults } = analyze(source, { ...options, openSizes: true });
  const net = netNamed(value, name);
  const graph = value.graphs.find((each) => each.name === name);
  if (!net || !graph || graph.symbols.length === 0 || errorsOf(net, faults).length > 0) return undefined;
  const shapes = graph.inputs.map((input) => `${input.name}: ${typeText(input.type)}`).join(', ');
  return `It takes ${shapes} with ${sizesText(solveSizes(graph))}.`;
}
