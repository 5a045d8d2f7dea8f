import type { AnnotatedTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Edit } from '../../compiler/index.ts';
import type { Client } from './client.ts';
import type { Session } from './session.ts';

/** Edits of several texts, each for the version that is open. A warning is something to agree to, where the client can ask. */
export function workspaceEdit(session: Session, edits: readonly Edit[], warning?: string): WorkspaceEdit {
  const { client, workspace } = session;
  const isAsked = warning !== undefined && asks(client);
  const byUri = new Map<
    string,
    { readonly version: number | null; readonly edits: (TextEdit | AnnotatedTextEdit)[] }
  >();
  for (const { span, text: newText } of edits) {
    const location = session.location(span);
    if (!location) continue;
    const { uri, range } = location;
    const changes = byUri.get(uri) ?? { version: workspace.version(span.source), edits: [] };
    changes.edits.push({ range, newText, ...(isAsked && { annotationId }) });
    byUri.set(uri, changes);
  }
  if (!client.documentChanges)
    return { changes: Object.fromEntries([...byUri].map(([uri, each]) => [uri, each.edits])) };
  return {
    documentChanges: [...byUri].map(([uri, { version, edits: changes }]) => ({
      textDocument: { uri, version },
      edits: changes,
    })),
    ...(isAsked && {
      changeAnnotations: { [annotationId]: { label: session.words(warning), needsConfirmation: true } },
    }),
  };
}

/** Whether the client asks before it makes edits that have a warning. */
export function asks({ documentChanges, annotations }: Client): boolean {
  return documentChanges && annotations;
}

const annotationId = 'warning';
