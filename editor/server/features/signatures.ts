import { MarkupKind } from 'vscode-languageserver';
import { signatureHelp } from '../../../compiler/ide.ts';
import type { Feature } from '../session.ts';

export const signatures: Feature = (session) => {
  const { markdown, signatures: can } = session.client;
  const kind = markdown.signature ? MarkupKind.Markdown : MarkupKind.PlainText;
  const documented = (value: string | undefined) => value !== undefined && { documentation: { kind, value } };
  session.connection.onSignatureHelp(
    session.answerPlace((text, offset) => {
      const found = signatureHelp(text.snapshot, offset);
      if (!found) return undefined;
      const { label, documentation, parameters, active } = found;
      const signature = {
        label,
        ...documented(documentation),
        parameters: parameters.map(({ range: { start, end }, documentation: words }) => ({
          label: can.offsets ? ([start, end] satisfies [number, number]) : label.slice(start, end),
          ...documented(words),
        })),
      };
      // An index behind the last one is none for those who know no other way.
      const activeParameter = active ?? (can.noneActive ? null : parameters.length);
      return { signatures: [signature], activeSignature: 0, activeParameter };
    }),
  );
  return { signatureHelpProvider: { triggerCharacters: [...' (,=>'] } };
};
