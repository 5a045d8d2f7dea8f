import { analyze } from '../../compiler/compile.ts';
import { type Fault, severityOf } from '../../compiler/fault.ts';
import type { Graph, Value } from '../../compiler/graph.ts';
import { shapeText } from '../../compiler/shape.ts';
import { lineStarts, positionAt } from '../../grammar/source.ts';

/** What the grammar and the checker say of a text. */
export function checkText(text: string): { graphs: readonly Graph[]; faults: readonly Fault[] } {
  const { value, faults } = analyze({ name: 'case.net', text });
  return { graphs: value.graphs, faults };
}

/** The text with all offered edits made, where there are any. */
export function repaired(text: string, faults: readonly Fault[]): string | undefined {
  const edits = faults.flatMap(({ fix }) => fix?.edits ?? []).toSorted((a, b) => b.span.start - a.span.start);
  if (edits.length === 0) return undefined;
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
        .map((fault) => faultText(text, fault));
      const asked = /# shape: /.test(line) && found.length === 0;
      const notes = asked ? [`shape: ${lastShape(made.filter(({ span }) => lineOf(span.end) === index + 1))}`] : found;
      const code = line.replace(expectation, '');
      return notes.length > 0 ? `${code}  # ${notes.join(', ')}` : code;
    })
    .join('\n');
}

function faultText(text: string, fault: Fault): string {
  const pointed = text.slice(fault.span.start, fault.span.end).replace(/\s+/g, ' ').replace(expectation, '');
  return `${severityOf(fault)}: ${fault.code} «${pointed}»`;
}

function lastShape(values: readonly Pick<Value, 'span' | 'type'>[]): string {
  const last = values.toSorted((a, b) => a.span.end - b.span.end).at(-1);
  return last ? shapeText(last.type.shape) : 'unknown';
}
