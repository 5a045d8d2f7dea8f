import { distance } from 'fastest-levenshtein';

/** The name that was probably meant: the nearest one that is not too far for a slip of the pen. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const written = name.toLowerCase();
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    // A length that differs by more than the limit needs no measuring, so that hostile names cost nothing.
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const other = candidate.toLowerCase();
    const steps = isSwap(written, other) ? 1 : distance(written, other);
    // Names without a letter in common are not near, however short they are.
    if (steps < Math.min(least, Math.max(name.length, candidate.length))) [best, least] = [candidate, steps];
  }
  return best;
}

/** Whether two neighbours stand in the other order: `cnov` for `conv`. */
function isSwap(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  const at = [...left].findIndex((letter, index) => letter !== right[index]);
  return at >= 0 && left.slice(0, at) + left[at + 1] + left[at] + left.slice(at + 2) === right;
}
