import type { Argument } from '../../grammar/ast.ts';
import type { SyntaxFault } from '../../grammar/fault.ts';
import { parse } from '../../grammar/parse.ts';
import { show } from './show.ts';

/** What a file means, one declaration a line. */
export function meaningOf(text: string): string {
  return parse({ name: 'test.net', text }).value.declarations.map(show).join('\n');
}

export function faultsOf(text: string): readonly SyntaxFault[] {
  return parse({ name: 'test.net', text }).faults;
}

/** The text after the edits of a fault's fix, or undefined where it has none. */
export function repaired(text: string, fault: SyntaxFault): string | undefined {
  return fault.fix?.edits
    .toReversed()
    .reduce((current, edit) => current.slice(0, edit.span.start) + edit.text + current.slice(edit.span.end), text);
}

/** A text in which `‹` and `›` mark a place: the text without the marks, and the place. */
export function marked(text: string): { readonly text: string; readonly start: number; readonly end: number } {
  const [before, inside, after] = text.split(/[‹›]/);
  if (inside === undefined || after === undefined) throw new Error(`no place is marked in ${text}`);
  return { text: before! + inside + after, start: before!.length, end: before!.length + inside.length };
}

/** A line in the body of a net. */
export const inNet = (line: string): string => `net Test(x: [3]) {\n  ${line}\n}\n`;

/**
 * A tree as plain data without places and words as they were written, in which what the formatter may choose is written in one way: sizes come first, and
 * `k=5` is `k5`.
 */
export function normalized(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(normalized);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => !layout.has(key));
  const plain = Object.fromEntries(entries.map(([key, value]) => [key, normalized(value)]));
  if (plain.kind === 'call') plain.arguments = (plain.arguments as Argument[]).map(shortened).toSorted(sizesFirst);
  return plain;
}

const layout = new Set(['span', 'arrow', 'written']);

function shortened(argument: Argument): unknown {
  if (argument.kind !== 'option' || argument.name.text.length > 1) return argument;
  const { value } = argument;
  const written = value.kind === 'number' ? value.text : value.kind === 'size' ? value.values.join('x') : '';
  if (!/^\d/.test(written) || /[.e]/i.test(written)) return argument;
  return { kind: 'positional', value: { kind: 'name', text: argument.name.text + written } };
}

const sizesFirst = (a: unknown, b: unknown) => Number(isSizes(b)) - Number(isSizes(a));
const isSizes = (argument: unknown) => (argument as Argument).kind === 'sizes';
