import { type CodeLens, type Command, InlayHintKind, MarkupKind } from 'vscode-languageserver';
import { codeLenses, inlayHints, lensText, type CodeLens as OwnLens } from '../../../compiler/ide.ts';
import type { WhatIfArguments } from '../protocol.ts';
import type { Feature, Session } from '../session.ts';

/** What stands between the words of a text and above its nets. */
export const hints: Feature = (session) => {
  const { connection } = session;
  connection.languages.inlayHint.on(
    session.answerText((text, { range }) => {
      const { enable, shapes, sizes } = session.settings.inlayHints;
      if (!enable) return [];
      return inlayHints(text.snapshot, text.offsets(range))
        .filter(({ kind }) => (kind === 'shape' ? shapes : sizes))
        .map(({ offset, label, kind, tooltip, isPadded }) => ({
          position: text.position(offset),
          label,
          kind: kind === 'shape' ? InlayHintKind.Type : InlayHintKind.Parameter,
          ...(tooltip !== undefined && { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
          ...(isPadded && { paddingLeft: true }),
        }));
    }),
  );
  connection.onCodeLens(
    session.answerText((text): CodeLens[] => {
      if (!session.settings.codeLens.enable) return [];
      return codeLenses(text.snapshot).map((each) => ({
        range: text.range(each.span),
        data: { uri: text.uri, net: each.net, kind: each.kind } satisfies LensData,
      }));
    }),
  );
  connection.onCodeLensResolve(
    session.answer((lens: CodeLens): CodeLens => {
      const { uri, net, kind } = lens.data as LensData;
      const title = lensText(session.text(uri).snapshot, { net, kind });
      return title === undefined ? lens : { ...lens, command: commandOf(session, uri, net, kind, title) };
    }),
  );
  return { inlayHintProvider: true, codeLensProvider: { resolveProvider: true } };
};

interface LensData extends Pick<OwnLens, 'net' | 'kind'> {
  readonly uri: string;
}

/** Costs lead to the table of all layers, where the client has one; without a command they are words. */
function commandOf({ client }: Session, uri: string, net: string, kind: OwnLens['kind'], title: string): Command {
  const command = kind === 'whatIf' ? 'netc.whatIf' : 'netc.summary';
  if (command === 'netc.summary' && !client.options.commands?.includes(command)) return { title, command: '' };
  return { title, command, arguments: [uri, net] satisfies WhatIfArguments };
}
