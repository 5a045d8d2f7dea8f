import type { NumberLiteral, SizeLiteral } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Callable } from './callable.ts';

/** The long name of an option that is written in either form. */
export function longName(layer: Callable, written: string): string | undefined {
  if (Object.hasOwn(layer.options, written)) return written;
  return Object.keys(layer.options).find((name) => layer.options[name]!.short === written);
}

/** `k5` and `k3x5`, one letter and then a number or a size; undefined where the layer has no such option. */
export function shortForm(
  layer: Callable,
  text: string,
  span: Span,
): { readonly option: string; readonly value: NumberLiteral | SizeLiteral } | undefined {
  const [, letter, digits] = /^([A-Za-z])(\d+(?:x\d+)*)$/.exec(text) ?? [];
  const option = letter && longName(layer, letter);
  if (!option || !digits) return undefined;
  const values = digits.split('x').map(Number);
  return values.length === 1
    ? { option, value: { kind: 'number', span, value: values[0]!, text: digits } }
    : { option, value: { kind: 'size', span, values } };
}

/** The letter of what looks like a short form. */
export function shortLetter(text: string): string | undefined {
  return /^([A-Za-z])\d+(x\d+)*$/.exec(text)?.[1];
}

/** The options that are written by their name alone. */
export function flagNames(layer: Callable): readonly string[] {
  return Object.keys(layer.options).filter((name) => layer.options[name]!.type === 'boolean');
}
