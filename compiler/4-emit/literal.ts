import type { CodeBlockWriter } from 'ts-morph';
import { width } from './text.ts';

/** Plain data as one writes it in TypeScript: on one line where it fits, else a line for each part. */
export function writeLiteral(writer: CodeBlockWriter, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    writer.write(literal(value));
    return;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const entries = Object.entries(value);
  writer.write(open).newLine();
  writer.indent(() => {
    for (const [key, part] of entries) {
      const label = Array.isArray(value) ? '' : `${propertyName(key)}: `;
      writer.write(label);
      const fits = label.length + literal(part).length + 2 * writer.getIndentationLevel() < width;
      if (fits) writer.write(literal(part));
      else writeLiteral(writer, part);
      writer.write(',').newLine();
    }
  });
  writer.write(close);
}

/** On one line. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${propertyName(key)}: ${literal(part)}`)
    .join(', ')} }`;
}

/** A name as the key of an object. */
export function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
