import { bracketPairs } from './brackets.ts';
import { commentRuns } from './comments.ts';
import { linesOf } from './lines.ts';
import type { TextRange } from './range.ts';
import { runsOf } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/** What may be hidden: from the end of a line, which stays, to the end of a later one. */
export interface FoldingRange extends TextRange {
  readonly kind: 'braces' | 'comment' | 'imports';
}

/** In the order of the text; they nest, and no two begin on one line. */
export function foldingRanges(snapshot: Snapshot): readonly FoldingRange[] {
  const lines = linesOf(snapshot.source.text);
  const found: FoldingRange[] = [];
  const fold = (kind: FoldingRange['kind'], first: number, last: number) => {
    if (first < last) found.push({ kind, start: lines.end(first), end: lines.end(last) });
  };
  for (const { open, close } of bracketPairs(snapshot.tokens)) {
    // The line of the closing bracket stays, as often something follows there.
    if (close) fold('braces', lines.at(open.startOffset), lines.at(close.startOffset) - 1);
  }
  for (const { start, end } of commentRuns(snapshot)) fold('comment', lines.at(start), lines.at(end));
  for (const { start, end } of importRuns(snapshot)) fold('imports', lines.at(start), lines.at(end));
  found.sort((left, right) => left.start - right.start || right.end - left.end);
  return found.filter(({ start }, index) => found[index - 1]?.start !== start);
}

/** Imports that nothing is declared between. */
function importRuns({ file: { declarations } }: Snapshot): readonly TextRange[] {
  const runs = runsOf(declarations, (first, second) => first.kind === 'import' && second.kind === 'import');
  return runs
    .filter(([first]) => first?.kind === 'import')
    .map((run) => ({ start: run[0]!.span.start, end: run.at(-1)!.span.end }));
}
