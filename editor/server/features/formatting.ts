import type { TextEdit } from 'vscode-languageserver';
import { formatEdits, formatOnType } from '../../../compiler/ide.ts';
import type { Edit } from '../../../compiler/index.ts';
import type { Feature } from '../session.ts';
import type { Text } from '../text.ts';

/** Options such as the size of tabs are not asked for: there is one layout. */
export const formatting: Feature = (session) => {
  const { connection } = session;
  connection.onDocumentFormatting(session.answerText((text) => textEdits(text, formatEdits(text.snapshot))));
  connection.onDocumentRangeFormatting(
    session.answerText((text, { range }) => textEdits(text, formatEdits(text.snapshot, text.offsets(range)))),
  );
  connection.onDocumentOnTypeFormatting(
    session.answerPlace((text, offset, { ch }) => textEdits(text, formatOnType(text.snapshot, offset, ch))),
  );
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n', '|'] },
  };
};

function textEdits(text: Text, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text: newText }) => ({ range: text.range(span), newText }));
}
