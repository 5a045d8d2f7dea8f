import { textWidth } from './report/display.ts';

/**
 * A table whose columns line up, so that it reads well as plain text too. Columns that are empty are left out. A bar in a
 * cell is escaped, unless the table is only shown as the text that it is.
 */
export function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[], bar = '\\|'): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', bar)));
  const kept = titles.map((_, column) => column).filter((column) => escaped.some((row) => row[column] !== ''));
  const lines = [titles, ...escaped].map((row) => kept.map((column) => row[column]!));
  const widths = kept.map((_, column) => Math.max(3, ...lines.map((line) => textWidth(line[column]!))));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - textWidth(cell))).join(' | ')} |`;
  const [head, ...body] = lines.map(text);
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n');
}
