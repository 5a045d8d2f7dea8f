import type { Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Snapshot, TextRange } from '../../compiler/ide.ts';
import type { Session } from './session.ts';

/** One version of a text, with its places as the client counts them. */
export class Text {
  readonly snapshot: Snapshot;
  private readonly session: Session;
  private readonly lines: TextDocument;

  constructor(session: Session, snapshot: Snapshot) {
    this.session = session;
    this.snapshot = snapshot;
    this.lines = session.workspace.lines(snapshot.source);
  }

  get name(): string {
    return this.snapshot.source.name;
  }

  get uri(): string {
    return this.session.workspace.uri(this.name);
  }

  offset(position: Position): number {
    return this.session.positions.offset(this.lines, position);
  }

  offsets(range: Range): TextRange {
    return this.session.positions.offsets(this.lines, range);
  }

  position(offset: number): Position {
    return this.session.positions.at(this.lines, offset);
  }

  range(range: TextRange): Range {
    return this.session.positions.range(this.lines, range);
  }
}
