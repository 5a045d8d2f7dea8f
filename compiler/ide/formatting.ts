import { endOf } from '../../grammar/lexer.ts';
import { isBraces, type Outline, type OutlineLine } from '../../grammar/outline.ts';
import { parseLayout } from '../../grammar/parse.ts';
import { format } from '../../grammar/print.ts';
import { LeftBrace } from '../../grammar/tokens.ts';
import type { Edit } from '../fault.ts';
import { type Change, changesBetween } from './alignment.ts';
import { bracketPairs } from './brackets.ts';
import { indentationOf } from './indentation.ts';
import { holds, type TextRange } from './range.ts';
import { lineEnd, lineStart, touching } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/** The smallest edits that bring the text, or a part of it, into the canonical layout; none where it does not parse. */
export function formatEdits(snapshot: Snapshot, range?: TextRange): readonly Edit[] {
  const { text } = snapshot.source;
  const changes = changesBetween(text, laidOut(text) ?? text);
  return edits(snapshot, range ? within(snapshot, changes, wholeLines(text, range)) : changes);
}

/**
 * The edits behind a character that was just typed at the offset: `}` lays out what it closes, a new line and a `|` that begins
 * one are put where they belong. The text need not be right elsewhere.
 */
export function formatOnType(snapshot: Snapshot, offset: number, typed: string): readonly Edit[] {
  if (typed === '}') return edits(snapshot, closedChanges(snapshot, offset));
  const indentation = indentationOf(snapshot, offset, typed);
  return indentation ? edits(snapshot, [indentation]) : [];
}

function edits({ source }: Snapshot, changes: readonly Omit<Change, 'of'>[]): readonly Edit[] {
  return changes.map(({ start, end, text }) => ({ span: { source: source.name, start, end }, text }));
}

/** A text as it is laid out; undefined where it does not parse. */
function laidOut(text: string): string | undefined {
  const { value, faults } = format({ name: '', text });
  return faults.length > 0 ? undefined : value;
}

/** The lines that a range touches; a selection that ends where a line begins does not touch that line. */
function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const isBehindLine = end > start && lineStart(text, end) === end;
  return { start: lineStart(text, start), end: isBehindLine ? end - 1 : lineEnd(text, end) };
}

/**
 * The changes in a range. Those of a logical line that move words or break lines belong together: a `|` that leaves one line
 * comes back in another. They are made all or not at all.
 */
function within({ source }: Snapshot, changes: readonly Change[], range: TextRange): readonly Change[] {
  const isInside = (change: Change) => holds(range, change);
  const { outline } = parseLayout(source);
  const torn = new Set<OutlineLine | undefined>();
  for (const change of changes) {
    if (change.of !== 'blanks' && !isInside(change)) torn.add(innermostLine(outline, change));
  }
  return changes
    .filter(isInside)
    .filter((change) => change.of === 'blanks' || !torn.has(innermostLine(outline, change)));
}

/** The logical line that a place lies in, of the innermost braces. */
function innermostLine({ lines }: Outline, place: TextRange): OutlineLine | undefined {
  const line = touching(lines, place, (each) => each).find((each) => holds(each, place));
  const braces = line?.tokens
    .filter(isBraces)
    .find((token) => holds({ start: token.startOffset + 1, end: endOf(token) - 1 }, place));
  return (braces && innermostLine(braces.outline, place)) ?? line;
}

/** From the line of the opening brace to the one that was just typed. */
function closedChanges(snapshot: Snapshot, offset: number): readonly Change[] {
  const { source, tokens, file } = snapshot;
  const closed = bracketPairs(tokens).find(({ close }) => close && endOf(close) === offset);
  if (closed?.open.tokenType !== LeftBrace) return [];
  const range = { start: lineStart(source.text, closed.open.startOffset), end: offset };
  const whole = laidOut(source.text);
  if (whole !== undefined) return within(snapshot, changesBetween(source.text, whole), range);
  // Something else is wrong: the declaration is laid out by itself. What words it may spare depends on the rest of the file.
  const [around] = touching(file.declarations, { start: offset, end: offset }, ({ span }) => span);
  if (!around) return [];
  const { start, end } = around.span;
  const written = source.text.slice(start, end);
  return changesBetween(written, laidOut(written)?.trimEnd() ?? written)
    .map((change) => ({ ...change, start: change.start + start, end: change.end + start }))
    .filter((change) => change.of !== 'words' && range.start <= change.start && change.end <= range.end);
}
