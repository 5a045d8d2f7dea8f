/**
 * The sizes of a shape within so many characters: `[16, H/2+1, …]`. It loses blanks first, then what is longest, so that one
 * sees how many axes there are as long as that fits.
 */
export function shapeLabel(sizes: readonly string[], most: number): string {
  const full = textOf(sizes);
  if (full.length <= most) return full;
  const short = sizes.map((size) => size.replace(/ ([-+*/]) /g, '$1'));
  for (;;) {
    if (textOf(short).length <= most) return textOf(short);
    const longest = Math.max(...short.map((size) => size.length));
    if (longest <= 1) break;
    short[short.findLastIndex((size) => size.length === longest)] = '…';
  }
  let kept = sizes.length - 1;
  while (kept > 0 && textOf([...sizes.slice(0, kept), '…']).length > most) kept--;
  return textOf([...sizes.slice(0, kept), '…']);
}

function textOf(sizes: readonly string[]): string {
  return `[${sizes.join(', ')}]`;
}
