import { analyze } from '../../compiler/compile.ts';
import { type Fault, type Fix, severityOf } from '../../compiler/fault.ts';
import type { Graph, Value } from '../../compiler/graph.ts';
import { shapeText } from '../../compiler/shape.ts';
import { lineStarts, positionAt, type Span } from '../../grammar/source.ts';

/** What the grammar and the checker say of a text. */
export function checkText(text: string): { graphs: readonly Graph[]; faults: readonly Fault[] } {
  const { value, faults } = analyze({ name: 'case.net', text });
  return { graphs: value.graphs, faults };
}

/** The text with all offered edits made, where there are any. */
export function repaired(text: string, faults: readonly Fault[]): string | undefined {
  const fixes = faults.flatMap(({ fix }) => fix ?? []);
  return fixes.length === 0 ? undefined : edited(text, fixes);
}

function edited(text: string, fixes: readonly Fix[]): string {
  const edits = fixes.flatMap(({ edits }) => edits).toSorted((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (result, { span, text: replacement }) => result.slice(0, span.start) + replacement + result.slice(span.end),
    text,
  );
}

const expectation = /\s*# (shape|error|warning|hint): .*$/;

/**
 * The text with its expectations as they should be. At the end of a line stand the faults that begin on it, each with
 * the words it points at, `# error: name/unknown «cnov»`, or, where one is asked for, the shape of what is last made on
 * it, `# shape: [6, 28, 28]`.
 */
export function annotate(text: string): string {
  const { graphs, faults } = checkText(text);
  const starts = lineStarts(text);
  const lineOf = (offset: number) => positionAt(starts, offset).line;
  const made = graphs.flatMap(({ inputs, nodes, calls }) => [
    ...[...inputs, ...nodes.map(({ output }) => output)].map(({ span, type }) => ({ span, type })),
    ...calls.map(({ span, output }) => ({ span, type: output.type })),
  ]);
  return text
    .split('\n')
    .map((line, index) => {
      const found = faults
        .filter(({ span }) => lineOf(span.start) === index + 1)
        .map((fault) => `${severityOf(fault)}: ${faultText(text, fault)}`);
      const asked = /# shape: /.test(line) && found.length === 0;
      const notes = asked ? [`shape: ${lastShape(made.filter(({ span }) => lineOf(span.end) === index + 1))}`] : found;
      const code = line.replace(expectation, '');
      return notes.length > 0 ? `${code}  # ${notes.join(', ')}` : code;
    })
    .join('\n');
}

/**
 * Of each fault that has a cause or an edit, the cause with the words that it points at, and the lines that the edit changes:
 *
 *     shape/features «400»
 *       «flatten» gives [576] here: 16 × 6 × 6
 *       - fc1: linear 400->120
 *       + fc1: linear 576->120
 *       or let it be inferred: linear ->120
 */
export function repairsText(text: string): string {
  return checkText(text)
    .faults.toSorted((a, b) => a.span.start - b.span.start)
    .map((fault) => {
      const causes = (fault.because ?? []).map(({ span, message }) => `${pointed(text, span)} ${message}`);
      const changes = fault.fix ? [...changedLines(text, edited(text, [fault.fix])), fault.fix.alternative ?? ''] : [];
      const lines = [...causes, ...changes].filter((line) => line !== '').map((line) => `  ${line}\n`);
      return lines.length > 0 ? `${faultText(text, fault)}\n${lines.join('')}` : '';
    })
    .join('');
}

/** How often each fault is there, by its code and the words that it points at. */
export function countFaults(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fault of checkText(text).faults) {
    const key = faultText(text, fault);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

export function faultText(text: string, fault: Fault): string {
  return `${fault.code} ${pointed(text, fault.span)}`;
}

/** The words at a place, on one line. */
function pointed(text: string, { start, end }: Span): string {
  const words = text.slice(start, end).split('\n');
  return `«${words.map((line) => line.replace(expectation, '').trim()).join(' ')}»`;
}

function changedLines(before: string, after: string): string[] {
  const [old, young] = [before, after].map((text) =>
    text.split('\n').map((line) => line.replace(expectation, '').trim()),
  );
  let first = 0;
  while (first < old!.length && old![first] === young![first]) first++;
  let [oldEnd, youngEnd] = [old!.length, young!.length];
  while (oldEnd > first && youngEnd > first && old![oldEnd - 1] === young![youngEnd - 1])
    [oldEnd, youngEnd] = [oldEnd - 1, youngEnd - 1];
  return [
    ...old!.slice(first, oldEnd).map((line) => `- ${line}`),
    ...young!.slice(first, youngEnd).map((line) => `+ ${line}`),
  ];
}

function lastShape(values: readonly Pick<Value, 'span' | 'type'>[]): string {
  const last = values.toSorted((a, b) => a.span.end - b.span.end).at(-1);
  return last ? shapeText(last.type.shape) : 'unknown';
}
