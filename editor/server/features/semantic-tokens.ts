import { type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver';
import { semanticTokens, type TextRange, tokenModifiers, tokenTypes } from '../../../compiler/ide.ts';
import { nameOf } from '../names.ts';
import type { Feature, Session } from '../session.ts';
import type { Text } from '../text.ts';

export const colours: Feature = (session) => {
  const { connection, documents } = session;
  /** What each open text was given last, so that only what is different is sent. */
  const given = new Map<string, SemanticTokensBuilder>();
  documents.synced.onDidClose(({ document }) => given.delete(nameOf(document.uri)));
  connection.languages.semanticTokens.on(
    session.answerText((text) => {
      const builder = new SemanticTokensBuilder();
      fill(builder, session, text);
      if (documents.get(text.name)) given.set(text.name, builder);
      return builder.build();
    }),
  );
  connection.languages.semanticTokens.onDelta(
    session.answerText((text, { previousResultId }) => {
      const builder = given.get(text.name) ?? new SemanticTokensBuilder();
      builder.previousResult(previousResultId);
      fill(builder, session, text);
      if (documents.get(text.name)) given.set(text.name, builder);
      return builder.buildEdits();
    }),
  );
  connection.languages.semanticTokens.onRange(
    session.answerText((text, { range }): SemanticTokens => {
      const builder = new SemanticTokensBuilder();
      fill(builder, session, text, text.offsets(range));
      return builder.build();
    }),
  );
  return {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  };
};

function fill(builder: SemanticTokensBuilder, { positions, client }: Session, text: Text, range?: TextRange): void {
  const { snapshot } = text;
  // Over a grammar of the editor's own, only what names mean is news.
  const found = semanticTokens(snapshot, range, { namesOnly: client.coloursSyntax });
  for (const { start, end, type, modifiers } of found) {
    const { line, character } = text.position(start);
    const length = positions.lengthOf(snapshot.source.text.slice(start, end));
    const bits = modifiers.reduce((sum, each) => sum | (1 << tokenModifiers.indexOf(each)), 0);
    builder.push(line, character, length, tokenTypes.indexOf(type), bits);
  }
}
