import { LSPErrorCodes, MessageType, ResponseError } from 'vscode-languageserver';
import { prepareRename, rename } from '../../../compiler/ide.ts';
import { asks, workspaceEdit } from '../edits.ts';
import type { Feature } from '../session.ts';

export const renaming: Feature = (session) => {
  const { connection, client } = session;
  connection.onPrepareRename(
    session.answerPlace((text, offset) => {
      const found = prepareRename(text.snapshot, offset);
      if (found && 'problem' in found) throw failed(found.problem);
      return found && { range: text.range(found.span), placeholder: found.name };
    }),
  );
  connection.onRenameRequest(
    session.answerPlaceAmongAll((text, offset, others, { newName }) => {
      const found = rename(text.snapshot, offset, newName, others);
      if (!found) return undefined;
      if ('problem' in found) throw failed(found.problem);
      const { edits, warning } = found;
      if (warning !== undefined && !asks(client)) session.say(MessageType.Warning, warning);
      return workspaceEdit(session, edits, warning);
    }),
  );
  return { renameProvider: { prepareProvider: true } };

  function failed(problem: string) {
    return new ResponseError(LSPErrorCodes.RequestFailed, session.words(problem));
  }
};
