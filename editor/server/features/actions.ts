import { type CodeAction, CodeActionKind, CodeActionTriggerKind } from 'vscode-languageserver';
import { codeActions, type CodeAction as OwnAction } from '../../../compiler/ide.ts';
import { workspaceEdit } from '../edits.ts';
import type { Feature, Session } from '../session.ts';
import type { Text } from '../text.ts';
import { diagnosticOf } from './diagnostics.ts';

export const actions: Feature = (session) => {
  session.connection.onCodeAction(
    session.answerText((text, { range, context: { only, triggerKind } }) => {
      // A cursor that only passes by is not shown all that could be done with where it is.
      const isCursor = range.start.line === range.end.line && range.start.character === range.end.character;
      const isAutomatic = triggerKind === CodeActionTriggerKind.Automatic;
      // Whoever asks waits also for what takes a while.
      const wanted = only ?? (isAutomatic ? undefined : [CodeActionKind.QuickFix, CodeActionKind.Refactor]);
      const isImported = (name: string) => session.workspace.isImported(name, text.snapshot);
      return codeActions(text.snapshot, text.offsets(range), wanted, isImported)
        .filter(({ kind }) => only || !isAutomatic || !isCursor || !kind.startsWith(CodeActionKind.Refactor))
        .map((each) => actionOf(session, text, each));
    }),
  );
  return {
    codeActionProvider: {
      codeActionKinds: [
        CodeActionKind.QuickFix,
        CodeActionKind.Refactor,
        CodeActionKind.Source,
        `${CodeActionKind.SourceFixAll}.netc`,
      ],
      resolveProvider: false,
    },
  };
};

function actionOf(
  session: Session,
  text: Text,
  { title, kind, edits, isPreferred, diagnostics }: OwnAction,
): CodeAction {
  return {
    title,
    kind,
    edit: workspaceEdit(session, edits),
    ...(isPreferred && { isPreferred }),
    ...(diagnostics && { diagnostics: diagnostics.map((each) => diagnosticOf(session, text, each)) }),
  };
}
