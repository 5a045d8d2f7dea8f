import { textWidth } from '../compiler/index.ts';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Rows under their titles, in columns two spaces apart. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => textWidth(line[index]!))));
  return lines
    .map((line) =>
      line
        .map((cell, index) => {
          const space = ' '.repeat(widths[index]! - textWidth(cell));
          return columns[index]!.align === 'left' ? cell + space : space + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
