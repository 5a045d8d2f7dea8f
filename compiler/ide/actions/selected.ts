import { tokenMatcher } from 'chevrotain';
import type { Line, Pipeline, Stage } from '../../../grammar/ast.ts';
import { endOf } from '../../../grammar/lexer.ts';
import { Bar, LineEnd } from '../../../grammar/tokens.ts';
import type { TextRange } from '../range.ts';
import type { Snapshot } from '../snapshot.ts';
import { type BodyPlace, bodyAround } from './tree.ts';

/** Whole lines of a body, or whole stages of one line. */
export type Selected = BodyPlace &
  (
    | { readonly kind: 'lines'; readonly lines: readonly Line[] }
    | { readonly kind: 'stages'; readonly line: Pipeline; readonly stages: readonly Stage[] }
  );

/** What a part of the text selects, blanks, comments and the bars at its ends aside; undefined where it cuts something. */
export function selected(snapshot: Snapshot, range: TextRange): Selected | undefined {
  const part = trimmed(snapshot, range);
  const place = part && bodyAround(snapshot.file, part);
  if (!place) return undefined;
  const lines = between(place.body.lines, part);
  if (lines) return { ...place, kind: 'lines', lines };
  for (const line of place.body.lines) {
    const stages = line.kind === 'pipeline' ? between(line.stages, part) : undefined;
    if (line.kind === 'pipeline' && stages) return { ...place, kind: 'stages', line, stages };
  }
  return undefined;
}

function trimmed({ tokens }: Snapshot, { start, end }: TextRange): TextRange | undefined {
  const within = tokens.filter(
    (token) =>
      token.startOffset < end && endOf(token) > start && !tokenMatcher(token, LineEnd) && !tokenMatcher(token, Bar),
  );
  const [first, last] = [within[0], within.at(-1)];
  if (!first || !last || first.startOffset < start || endOf(last) > end) return undefined;
  return { start: first.startOffset, end: endOf(last) };
}

/** The row of items that begins and ends where a part of the text does. */
function between<Item extends Line | Stage>(
  items: readonly Item[],
  { start, end }: TextRange,
): readonly Item[] | undefined {
  const first = items.findIndex((item) => startOf(item) === start);
  const last = items.findIndex((item) => item.span.end === end);
  return first >= 0 && last >= first ? items.slice(first, last + 1) : undefined;
}

/** A line may begin with a bar. */
function startOf(item: Line | Stage): number {
  return item.kind === 'pipeline' && !item.name ? item.stages[0]!.span.start : item.span.start;
}
