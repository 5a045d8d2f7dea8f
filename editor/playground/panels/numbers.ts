/** A count for people; `?` where it depends on a size that is open. */
export function countText(count: number | null): string {
  return count === null ? '?' : count.toLocaleString('en');
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** How many percent of the whole this is, in steps of a tenth. */
export function share(part: number | null, whole: number | null): number {
  return part === null || !whole ? 0 : Math.round((1000 * part) / whole) / 10;
}
