/**
 * How well a name goes with what somebody has typed of it, some of its letters in their order: `res50` for `ResNet50`. More is
 * better; undefined where letters are missing.
 */
export function fuzzyScore(query: string, name: string): number | undefined {
  const wanted = query.toLowerCase();
  const letters = name.toLowerCase();
  if (wanted === '') return 0;
  if (wanted.length > letters.length) return undefined;
  let best: number | undefined;
  for (let start = letters.indexOf(wanted[0]!); start >= 0; start = letters.indexOf(wanted[0]!, start + 1)) {
    const score = scoreFrom(start, wanted, letters, query, name);
    if (score === undefined) break;
    best = Math.max(best ?? score, score);
  }
  return best;
}

/** Letters count more where words begin and where they follow each other; one that is skipped counts against it. */
function scoreFrom(start: number, wanted: string, letters: string, query: string, name: string): number | undefined {
  let score = 0;
  let at = start - 1;
  for (const [index, letter] of [...wanted].entries()) {
    const next = letters.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    const follows = index > 0 && next === at + 1;
    score += 1 + (follows ? 4 : 0) + (beginsWord(name, next) ? 5 : 0) + (name[next] === query[index] ? 1 : 0);
    at = next;
  }
  return score - (letters.length - wanted.length) / 10 - start / 10;
}

function beginsWord(name: string, at: number): boolean {
  if (at === 0) return true;
  const [before, here] = [name[at - 1]!, name[at]!];
  if (before === '_') return true;
  return (/[A-Z]/.test(here) && !/[A-Z]/.test(before)) || (/\d/.test(here) && !/\d/.test(before));
}
