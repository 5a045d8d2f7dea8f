import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { diagnostics, type Diagnostic as OwnDiagnostic } from '../../../compiler/ide.ts';
import { prelude, type Severity } from '../../../compiler/index.ts';
import { Checks } from '../checks.ts';
import { faultPage } from '../manual.ts';
import { nameOf } from '../names.ts';
import type { Feature, Session } from '../session.ts';
import { Text } from '../text.ts';

/** What is wrong with a text: sent after each change, or given to clients that ask for it. */
export const diagnosing: Feature = (session) => {
  if (!session.client.pullsDiagnostics) {
    push(session);
    return {};
  }
  pull(session);
  return { diagnosticProvider: { identifier: 'netc', interFileDependencies: true, workspaceDiagnostics: true } };
};

function push(session: Session): void {
  const { connection, documents, workspace, client } = session;
  const sent = new Map<string, { readonly version: number; readonly state: string | undefined }>();
  const checks = new Checks(session, (name) => {
    const open = documents.get(name);
    if (!open) return;
    const { uri, version } = open;
    const state = workspace.state(name);
    const before = sent.get(name);
    if (before?.version === version && before.state === state) return;
    const items = itemsOf(session, name);
    sent.set(name, { version, state });
    void connection.sendDiagnostics({ uri, diagnostics: items, ...(client.diagnostics.versions && { version }) });
    // Nobody asks anew about a text that is another one only by what it imports.
    if (before?.version === version) session.refresh();
  });
  session.changed.event((name) => {
    const names = documents.names();
    checks.add(name !== undefined && documents.get(name) ? [name, ...names] : names);
  });
  documents.synced.onDidClose(({ document: { uri } }) => {
    sent.delete(nameOf(uri));
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
}

function pull(session: Session): void {
  const { connection, documents, workspace } = session;
  connection.languages.diagnostics.on(
    session.answer(
      ({ textDocument, previousResultId }) => report(session, nameOf(textDocument.uri), previousResultId),
      retrigger,
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    session.answer(async ({ previousResultIds }, token) => {
      const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      const names = session.settings.diagnostics.workspace ? workspace.names() : documents.names();
      await session.checkAll(names, token);
      const items = names.map((name) => {
        const uri = workspace.uri(name);
        const found = { uri, version: workspace.version(name), ...report(session, name, before.get(uri)) };
        before.delete(uri);
        return found;
      });
      // What is not there any more has no faults.
      return { items: [...items, ...[...before.keys()].map((uri) => ({ uri, version: null, ...full([]) }))] };
    }, retrigger),
  );
  // A client asks about the text that it has changed. Of those that import it, it is told.
  const checks = new Checks(session, (name) => {
    if (workspace.isStale(name)) session.refresh();
  });
  session.changed.event((changed) => checks.add(documents.names().filter((name) => name !== changed)));
}

/** What is shown stays until a newer text has been checked, for which the client asks by itself. */
function retrigger() {
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'the text has changed', { retriggerRequest: true });
}

function report(
  session: Session,
  name: string,
  previous: string | undefined,
): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
  const state = session.workspace.state(name);
  if (state !== undefined && state === previous)
    return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: state };
  return full(itemsOf(session, name), state);
}

function full(items: Diagnostic[], resultId?: string): FullDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items, ...(resultId !== undefined && { resultId }) };
}

function itemsOf(session: Session, name: string): Diagnostic[] {
  const known = session.workspace.snapshot(name);
  if ('why' in known) return session.documents.get(name) ? [unreadable(known.why)] : [];
  // What is built in stands in the prelude again, for people to read.
  if (known.source.text === prelude) return [];
  const text = new Text(session, known);
  return diagnostics(known).map((each) => diagnosticOf(session, text, each));
}

export function diagnosticOf(session: Session, text: Text, own: OwnDiagnostic): Diagnostic {
  const { related, links } = session.client.diagnostics;
  const page = links ? faultPage(session, own.code) : undefined;
  const causes = own.related.flatMap(({ span, message }) => {
    const location = session.location(span);
    return location ? [{ location, message: session.words(message) }] : [];
  });
  return {
    range: text.range(own.span),
    severity: severities[own.severity],
    source: 'netc',
    code: own.code,
    message: session.words(own.message),
    ...(own.isUnnecessary && { tags: [DiagnosticTag.Unnecessary] }),
    ...(page !== undefined && { codeDescription: { href: page } }),
    ...(related && causes.length > 0 && { relatedInformation: causes }),
  };
}

function unreadable(why: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return { range: { start, end: start }, severity: DiagnosticSeverity.Error, source: 'netc', message: why };
}

/** A hint of the protocol is hardly seen, and ours are for people. */
const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Information,
};
