import { MarkupKind } from 'vscode-languageserver';
import { hover } from '../../../compiler/ide.ts';
import type { Feature } from '../session.ts';

export const hovering: Feature = (session) => {
  const kind = session.client.markdown.hover ? MarkupKind.Markdown : MarkupKind.PlainText;
  session.connection.onHover(
    session.answerPlace((text, offset) => {
      const found = hover(text.snapshot, offset);
      return found && { range: text.range(found.span), contents: { kind, value: found.markdown } };
    }),
  );
  return { hoverProvider: true };
};
