import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { nameOf } from './names.ts';
import type { Positions } from './positions.ts';

/** The texts that are open in the editor, saved or not, by the names that the compiler has for them. */
export class Documents {
  readonly synced: TextDocuments<TextDocument>;
  private readonly named = new Map<string, TextDocument>();

  constructor(positions: Positions) {
    this.synced = new TextDocuments({
      create: (uri, languageId, version, text) => {
        if (typeof uri !== 'string' || typeof text !== 'string') throw new TypeError('a document is a URI and a text');
        return TextDocument.create(uri, languageId, version, text);
      },
      // Each change speaks of the text that the one before it has left.
      update: (document, changes, version) => {
        for (const change of changes) {
          const range = 'range' in change && {
            start: positions.inUtf16(document, change.range.start),
            end: positions.inUtf16(document, change.range.end),
          };
          TextDocument.update(document, [range ? { range, text: change.text } : { text: change.text }], version);
        }
        return document;
      },
    });
    this.synced.onDidOpen(({ document }) => this.named.set(nameOf(document.uri), document));
    this.synced.onDidClose(({ document }) => this.named.delete(nameOf(document.uri)));
  }

  listen(connection: Connection): void {
    this.synced.listen(connection);
  }

  get(name: string): TextDocument | undefined {
    return this.named.get(name);
  }

  /** The text that was opened last comes last. */
  names(): readonly string[] {
    return [...this.named.keys()];
  }
}
