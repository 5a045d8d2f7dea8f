import type { Edit } from '../../fault.ts';
import { inOrder } from './ranges.ts';

/** A text that is edited again and again, and what all of that makes of the text as it was. */
export interface Draft {
  readonly text: string;
  /** Makes edits that do not overlap, at places of the text as it is now. */
  edited(edits: readonly Edit[]): Draft;
  /** The edits that lead from the first text to this one. */
  readonly edits: readonly Edit[];
}

/** Part of a draft, and where it stood at first; absent for what has been written since. */
interface Piece {
  readonly text: string;
  readonly from?: number;
}

export function draft(source: string, text: string): Draft {
  return draftOf([{ text, from: 0 }]);

  function draftOf(pieces: readonly Piece[]): Draft {
    return {
      text: pieces.map((each) => each.text).join(''),
      get edits() {
        return editsOf(pieces);
      },
      edited(edits) {
        const next: Piece[] = [];
        let end = 0;
        for (const { span, text: written } of inOrder(edits)) {
          next.push(...slice(pieces, end, span.start), { text: written });
          end = span.end;
        }
        return draftOf([...next, ...slice(pieces, end, Number.POSITIVE_INFINITY)]);
      },
    };
  }

  function editsOf(pieces: readonly Piece[]): readonly Edit[] {
    const edits: Edit[] = [];
    let end = 0;
    let written = '';
    const close = (start: number) => {
      if (start > end || written !== '') edits.push({ span: { source, start: end, end: start }, text: written });
      written = '';
    };
    for (const piece of pieces) {
      if (piece.from === undefined) {
        written += piece.text;
        continue;
      }
      close(piece.from);
      end = piece.from + piece.text.length;
    }
    close(text.length);
    return edits;
  }
}

/** The pieces of a part of the text, cut at its ends. */
function slice(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  let offset = 0;
  return pieces.flatMap(({ text, from }): Piece[] => {
    const first = Math.max(0, start - offset);
    const last = Math.min(text.length, end - offset);
    offset += text.length;
    if (first >= last) return [];
    return [{ text: text.slice(first, last), ...(from !== undefined && { from: from + first }) }];
  });
}
