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
    const steps = distance(written, candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}
