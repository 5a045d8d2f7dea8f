/** How many percent of the whole this is, in steps of a tenth. */
export function shareOf(part: number | null, whole: number | null): number {
  return part === null || !whole ? 0 : Math.round((1000 * part) / whole) / 10;
}
