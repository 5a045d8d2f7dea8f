import type { Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextRange } from '../../compiler/ide.ts';

/** The units in which columns are counted, in the order of our liking: ours are UTF-16 units. */
export const encodings = ['utf-16', 'utf-32', 'utf-8'] as const;
export type Encoding = (typeof encodings)[number];

/** Offsets to positions and back. Positions beyond a line or a text are its end. */
export class Positions {
  private readonly encoding: Encoding;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  at(document: TextDocument, offset: number): Position {
    const position = document.positionAt(offset);
    if (this.encoding === 'utf-16') return position;
    const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
    return { line: position.line, character: this.lengthOf(before) };
  }

  range(document: TextDocument, { start, end }: TextRange): Range {
    return { start: this.at(document, start), end: this.at(document, end) };
  }

  offset(document: TextDocument, position: Position): number {
    return document.offsetAt(this.inUtf16(document, position));
  }

  offsets(document: TextDocument, range: Range): TextRange {
    return { start: this.offset(document, range.start), end: this.offset(document, range.end) };
  }

  inUtf16(document: TextDocument, { line, character }: Position): Position {
    if (this.encoding === 'utf-16') return { line, character };
    let left = character;
    let units = 0;
    for (const point of document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })) {
      left -= this.lengthOf(point);
      if (left < 0) break;
      units += point.length;
    }
    return { line, character: units };
  }

  /** How many units of the client some characters are. */
  lengthOf(text: string): number {
    switch (this.encoding) {
      case 'utf-16':
        return text.length;
      case 'utf-32':
        return [...text].length;
      case 'utf-8':
        return utf8.encode(text).length;
    }
  }
}

const utf8 = new TextEncoder();
