import { type FoldingRange, FoldingRangeKind, type SelectionRange } from 'vscode-languageserver';
import {
  documentLinks,
  foldingRanges,
  type FoldingRange as OwnFoldingRange,
  selectionRange,
} from '../../../compiler/ide.ts';
import type { Feature } from '../session.ts';
import type { Text } from '../text.ts';

/** What follows from how a text is written: what may be folded, how a selection grows, what links lead to. */
export const structure: Feature = (session) => {
  const { connection, workspace } = session;
  connection.onFoldingRanges(
    session.answerText((text) => foldingRanges(text.snapshot).map((each) => foldingRange(text, each))),
  );
  connection.onSelectionRanges(
    session.answerText((text, { positions }) => positions.map((each) => selection(text, text.offset(each)))),
  );
  connection.onDocumentLinks(
    session.answerText((text) =>
      documentLinks(text.snapshot).map(({ span, target }) => ({
        range: text.range(span),
        target: 'url' in target ? target.url : workspace.uri(target.source),
      })),
    ),
  );
  return {
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: { resolveProvider: false },
  };
};

function foldingRange(text: Text, { kind, ...range }: OwnFoldingRange): FoldingRange {
  const { start, end } = text.range(range);
  const named = foldingKinds[kind];
  return {
    startLine: start.line,
    startCharacter: start.character,
    endLine: end.line,
    endCharacter: end.character,
    ...(named !== undefined && { kind: named }),
  };
}

const foldingKinds: Readonly<Record<OwnFoldingRange['kind'], FoldingRangeKind | undefined>> = {
  braces: undefined,
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
};

/** The innermost range, each with the one around it. */
function selection(text: Text, offset: number): SelectionRange {
  const ranges = selectionRange(text.snapshot, offset).map((each) => text.range(each));
  const outermost = { range: ranges.pop() ?? text.range({ start: offset, end: offset }) };
  return ranges.reduceRight<SelectionRange>((parent, range) => ({ range, parent }), outermost);
}
