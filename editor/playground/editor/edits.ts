import type { LSPClient } from '@codemirror/lsp-client';
import type { Text } from '@codemirror/state';
import type { Position, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';

/** A place in the text; the end where the text is shorter. */
export function offsetOf(doc: Text, { line, character }: Position): number {
  if (line >= doc.lines) return doc.length;
  const { from, to } = doc.line(line + 1);
  return Math.min(to, from + character);
}

/** Does what the server proposes, in every text that is open. The texts must be those that it speaks of. */
export function applyEdit(client: LSPClient, edit: WorkspaceEdit): void {
  for (const [uri, edits] of editsOf(edit)) {
    const file = client.workspace.getFile(uri);
    const doc = file?.getView()?.state.doc ?? file?.doc;
    if (!doc) continue;
    const changes = edits.map(({ range, newText }) => ({
      from: offsetOf(doc, range.start),
      to: offsetOf(doc, range.end),
      insert: newText,
    }));
    client.workspace.updateFile(uri, { changes, userEvent: 'input.complete', scrollIntoView: true });
  }
}

function editsOf({ changes, documentChanges }: WorkspaceEdit): readonly (readonly [string, readonly TextEdit[]])[] {
  const versioned = (documentChanges ?? []).flatMap((change) =>
    'edits' in change
      ? [[change.textDocument.uri, change.edits.filter((edit): edit is TextEdit => 'newText' in edit)] as const]
      : [],
  );
  return [...Object.entries(changes ?? {}), ...versioned];
}
