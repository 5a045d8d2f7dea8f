import { lineStarts, type parse, positionAt, type tokenize } from '../compiler/index.ts';

/** A tree of the grammar as indented lines: the kind of a node, its place, what it says, and below it its parts. */
export function treeText(file: ReturnType<typeof parse>['value'], text: string): string {
  const starts = lineStarts(text);
  const lines: string[] = [];
  const visit = (name: string, value: unknown, depth: number): void => {
    const indent = '  '.repeat(depth);
    const label = name === '' ? '' : name === '-' ? '- ' : `${name}: `;
    if (Array.isArray(value)) {
      if (value.length > 0) lines.push(`${indent}${label.trimEnd()}`);
      for (const each of value) visit('-', each, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null) {
      lines.push(`${indent}${label}${JSON.stringify(value)}`);
      return;
    }
    const { kind, span, ...rest } = value as { kind?: string; span?: { start: number } } & Record<string, unknown>;
    const place = span ? positionAt(starts, span.start) : undefined;
    const short = Object.entries(rest).filter(([, part]) => typeof part !== 'object');
    const words = [
      kind,
      ...short.map(([key, part]) => `${key}=${JSON.stringify(part)}`),
      place && `@${place.line}:${place.column}`,
    ];
    lines.push(`${indent}${label}${words.filter((word) => word !== undefined).join(' ')}`);
    for (const [key, part] of Object.entries(rest)) if (typeof part === 'object') visit(key, part, depth + 1);
  };
  visit('', file, 0);
  return lines.join('\n');
}

/** A line for each token: its place, its kind and its text. */
export function tokensText({ tokens, comments }: ReturnType<typeof tokenize>, text: string): string {
  const starts = lineStarts(text);
  return [...tokens, ...comments]
    .sort((left, right) => left.startOffset - right.startOffset)
    .map(({ startOffset, tokenType, image }) => {
      const { line, column } = positionAt(starts, startOffset);
      return `${`${line}:${column}`.padEnd(8)}${tokenType.name.padEnd(16)}${JSON.stringify(image)}`.trimEnd();
    })
    .join('\n');
}
