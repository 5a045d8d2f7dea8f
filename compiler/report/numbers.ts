/** Numbers as people read them, in every shell alike. */

/** `62,006`; an unknown number is `?`. */
export function numberText(value: number | null): string {
  return value === null ? '?' : value.toLocaleString('en');
}

/** `25.1 kB` */
export function bytesText(bytes: number): string {
  for (const [size, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const) {
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  }
  return `${bytes} bytes`;
}
