import type { CodeBlockWriter } from 'ts-morph';

export const width = 120;

/** Between parts that may stand on lines of their own: after a comma, or an operator between two operands. */
const breaks = /(?<=,| [-+*/%<>=&|?:]{1,3}) /;

/** Writes a statement of code without texts or comments, broken where it is too long for a line. */
export function writeStatement(writer: CodeBlockWriter, text: string): void {
  const room = width - 2 * writer.getIndentationLevel() - 2;
  const [first, ...others] = filled(text.split(breaks), room, 2);
  writer.writeLine(first!);
  writer.indent(() => {
    for (const other of others) writer.writeLine(other);
  });
}

/** Writes a list between brackets and what follows it: `const [a, b] = …`. */
export function writeList(writer: CodeBlockWriter, open: string, parts: readonly string[], close: string): void {
  const line = `${open}${parts.join(', ')}${close}`;
  const indentation = 2 * writer.getIndentationLevel();
  if (indentation + line.length <= width) {
    writer.writeLine(line);
    return;
  }
  const lines = filled(
    parts.map((part) => `${part},`),
    width - indentation - 2,
    0,
  );
  writer.writeLine(open);
  writer.indent(() => {
    for (const each of lines) writer.writeLine(each);
  });
  writer.writeLine(close);
}

/** Writes what stands before a declaration. */
export function writeDocComment(writer: CodeBlockWriter, text: string): void {
  const lines = docText(text).split('\n');
  if (lines.length === 1) {
    writer.writeLine(`/** ${lines[0]} */`);
    return;
  }
  writer.writeLine('/**');
  for (const line of lines) writer.writeLine(` * ${line}`);
  writer.writeLine(' */');
}

/** A text, which people may have written, in lines that fit into a comment and cannot end it. */
export function docText(text: string): string {
  const room = width - 2 - '/**  */'.length;
  const lines = text.replaceAll('*/', '* /').split('\n');
  return lines.flatMap((line) => filled(oneLine(line).split(' '), room, 0)).join('\n');
}

/** For texts that people wrote, such as names of files. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** Parts joined by spaces to lines that are no longer than the width, if no part is; the first may have more room. */
function filled(parts: readonly string[], room: number, more: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    const limit = lines.length === 1 ? room + more : room;
    if (line !== undefined && line.length + 1 + part.length <= limit) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(part);
  }
  return lines;
}
