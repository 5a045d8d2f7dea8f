import type { TextRange } from './range.ts';

/** A part of a text that becomes another one. */
export interface Change extends TextRange {
  readonly text: string;
  /** `blanks`: as many lines as before, but for empty ones. `breaks`: one line becomes two, or two one. `words`: other words. */
  readonly of: 'blanks' | 'breaks' | 'words';
}

/** How far the two texts are searched for the place where they go on alike. */
const farthest = 60;
/** Words that are alike by chance seldom come in such rows. */
const enough = 3;

/**
 * The changes that make one text of another, which has nearly the same words with other blanks: one for each place, in the order
 * of the text, so that cursors, folds and marks stay where they are. The blanks behind the end of a line, the empty lines
 * and the indentation of the next one are places of their own.
 */
export function changesBetween(before: string, after: string): readonly Change[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  const changes: Change[] = [];
  let [start, nowStart] = [0, 0];
  const gap = (end: number, nowEnd: number) => {
    changes.push(...changesInGap(before, { start, end }, after.slice(nowStart, nowEnd)));
  };
  let [index, nowIndex] = [0, 0];
  while (index < old.length && nowIndex < now.length) {
    const found = resume(old, index, now, nowIndex);
    if (!found) break;
    [index, nowIndex] = found;
    const [word, nowWord] = [old[index++]!, now[nowIndex++]!];
    gap(word.start, nowWord.start);
    [start, nowStart] = [word.end, nowWord.end];
  }
  gap(before.length, after.length);
  return changes;
}

interface Word extends TextRange {
  readonly text: string;
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/\w+|[^\s\w]/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
}

/** The nearest place from which on the words are alike again. */
function resume(
  old: readonly Word[],
  index: number,
  now: readonly Word[],
  nowIndex: number,
): readonly [index: number, nowIndex: number] | undefined {
  const isAlike = (left: number, right: number) => old[left]?.text === now[right]?.text;
  const areAlike = (left: number, right: number, count: number) => {
    for (let step = 0; step < count; step++) if (!isAlike(left + step, right + step)) return false;
    return true;
  };
  if (isAlike(index, nowIndex)) return [index, nowIndex];
  for (let distance = 1; distance <= farthest; distance++) {
    for (let skipped = 0; skipped <= distance; skipped++) {
      const [left, right] = [index + skipped, nowIndex + distance - skipped];
      if (left < old.length && right < now.length && areAlike(left, right, enough)) return [left, right];
    }
  }
  return undefined;
}

/** What is between two words, which may be words that only one of the texts has there. */
function changesInGap(text: string, { start, end }: TextRange, instead: string): readonly Change[] {
  const written = text.slice(start, end);
  if (written === instead) return [];
  if (/\S/.test(written + instead)) return trimmed(text, { start, end, text: instead, of: 'words' });
  const lines = blankLines.exec(written);
  const otherLines = blankLines.exec(instead);
  if (!lines || !otherLines)
    return trimmed(text, { start, end, text: instead, of: lines || otherLines ? 'breaks' : 'blanks' });
  const places = lines.slice(1);
  let from = start;
  return otherLines.slice(1).flatMap((now, place) => {
    const change: Change = { start: from, end: from + places[place]!.length, text: now, of: 'blanks' };
    from = change.end;
    return trimmed(text, change);
  });
}

/** What is before the first line end, the line ends with what is between them, and what is behind. */
const blankLines = /^([^\S\r\n]*)([\r\n](?:\s*[\r\n])?)([^\S\r\n]*)$/;

/** Without what stays at both ends; nothing where all stays. A line end of two signs is not torn. */
function trimmed(text: string, { start, end, text: instead, of }: Change): readonly Change[] {
  const most = Math.min(end - start, instead.length);
  let before = 0;
  while (before < most && text[start + before] === instead[before]) before++;
  let behind = 0;
  while (behind < most - before && text[end - 1 - behind] === instead.at(-1 - behind)) behind++;
  const tears = (offset: number) => text[offset - 1] === '\r' && text[offset] === '\n';
  if (before > 0 && tears(start + before)) before--;
  if (behind > 0 && tears(end - behind)) behind--;
  const change = { start: start + before, end: end - behind, text: instead.slice(before, instead.length - behind), of };
  return change.start === change.end && change.text === '' ? [] : [change];
}
