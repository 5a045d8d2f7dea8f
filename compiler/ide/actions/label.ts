import type { Label } from '../../../grammar/ast.ts';
import type { Snapshot } from '../snapshot.ts';
import { textAt } from './ranges.ts';

/** The parts of a label between its dots, computed ones in their braces as they are written. */
export function segmentsOf({ source }: Snapshot, { span, parts }: Label): readonly string[] {
  const written = textAt(source.text, span);
  const text = written.startsWith('"') ? parts.join('') : written;
  const segments = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === '.' && depth === 0) segments.push('');
    else segments.push(segments.pop()! + character);
  }
  return segments;
}

/** A label as it is written: as a string where it begins like no name. Undefined where that cannot be, as it has computed parts. */
export function labelText(segments: readonly string[]): string | undefined {
  const text = segments.join('.');
  if (/^[A-Za-z_]/.test(text)) return text;
  return text.includes('{') ? undefined : JSON.stringify(text);
}
