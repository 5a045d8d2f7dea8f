import { DocumentHighlightKind, type Location, type LocationLink } from 'vscode-languageserver';
import { definition, highlights, references } from '../../../compiler/ide.ts';
import type { Feature } from '../session.ts';

/** Where a name is declared, and where it is used. */
export const navigation: Feature = (session) => {
  const { connection } = session;
  connection.onDefinition(
    session.answerPlace((text, offset): LocationLink[] | Location | undefined => {
      const found = definition(text.snapshot, offset);
      const target = found && session.location(found.target);
      if (!target || !session.client.definitionLinks) return target;
      const whole = session.location(found.whole) ?? target;
      return [
        {
          originSelectionRange: text.range(found.origin),
          targetUri: target.uri,
          targetRange: whole.range,
          targetSelectionRange: target.range,
        },
      ];
    }),
  );
  connection.onReferences(
    session.answerPlaceAmongAll((text, offset, others, { context }) => {
      const options = { declaration: context.includeDeclaration };
      return references(text.snapshot, offset, others, options).flatMap((span) => session.location(span) ?? []);
    }),
  );
  connection.onDocumentHighlight(
    session.answerPlace((text, offset) =>
      highlights(text.snapshot, offset).map(({ span, kind }) => ({
        range: text.range(span),
        kind: kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      })),
    ),
  );
  return { definitionProvider: true, referencesProvider: true, documentHighlightProvider: true };
};
