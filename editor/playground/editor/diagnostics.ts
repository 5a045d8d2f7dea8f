import { type Action, type Diagnostic as Lint, setDiagnostics } from '@codemirror/lint';
import type { LSPClient, LSPClientExtension, LSPPlugin } from '@codemirror/lsp-client';
import type { EditorView } from '@codemirror/view';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
} from 'vscode-languageserver-protocol';
import { element, words } from '../dom.ts';
import { codeActions } from './actions.ts';
import { asking } from './asking.ts';
import { applyEdit, offsetOf } from './edits.ts';

/** What is wrong in a text, as the page shows it: where it is now, and what mends it. */
export type Problem = Lint & { readonly actions: readonly Action[] };

/** What the server finds wrong, as CodeMirror's diagnostics: at once, and again with the fixes as their actions. */
export const serverDiagnostics: LSPClientExtension = {
  clientCapabilities: {
    textDocument: {
      diagnostic: { relatedInformation: true, tagSupport: { valueSet: [1] }, codeDescriptionSupport: true },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } },
        isPreferredSupport: true,
      },
    },
  },
  editorExtension: asking({ ask: askDiagnostics, take: show }),
};

async function askDiagnostics({ client, uri }: LSPPlugin): Promise<readonly Diagnostic[]> {
  const report = await client.request<DocumentDiagnosticParams, DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  return report.kind === 'full' ? report.items : [];
}

async function show(said: readonly Diagnostic[], plugin: LSPPlugin, isCurrent: () => boolean): Promise<void> {
  set(plugin, said, []);
  if (said.length === 0) return;
  const whole = { from: 0, to: plugin.syncedDoc.length };
  const fixes = await codeActions(plugin, whole, said, 'quickfix').catch(() => []);
  if (isCurrent() && fixes.length > 0) set(plugin, said, fixes);
}

function set(plugin: LSPPlugin, said: readonly Diagnostic[], fixes: readonly CodeAction[]): void {
  const { state } = plugin.view;
  const problems = said.map((diagnostic): Problem => {
    const own = fixes.filter(({ diagnostics }) => diagnostics?.some((other) => isSame(diagnostic, other)));
    return {
      from: offsetOf(state.doc, diagnostic.range.start),
      to: offsetOf(state.doc, diagnostic.range.end),
      severity: severities[(diagnostic.severity ?? 1) - 1]!,
      ...(diagnostic.tags?.includes(1) && { markClass: 'unnecessary' }),
      ...(diagnostic.code !== undefined && { source: String(diagnostic.code) }),
      message: messageOf(diagnostic),
      renderMessage: () => tooltipOf(plugin, diagnostic),
      actions: own.map(({ title }) => ({
        name: title,
        apply: (_, from, to) => void mend(plugin, diagnostic, title, { from, to }),
      })),
    };
  });
  plugin.view.dispatch(setDiagnostics(state, problems));
}

/** In the order of the protocol, whose information is what netc calls a hint. */
const severities = ['error', 'warning', 'hint', 'hint'] as const;

function isSame(left: Diagnostic, right: Diagnostic): boolean {
  return left.code === right.code && JSON.stringify(left.range) === JSON.stringify(right.range);
}

/** Takes a fix. The text may have changed since it was proposed, so that it is asked for again. */
async function mend(
  plugin: LSPPlugin,
  diagnostic: Diagnostic,
  title: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const { client, view } = plugin;
  client.sync();
  const doc = view.state.doc;
  const range = { start: plugin.toPosition(from), end: plugin.toPosition(to) };
  const actions = await codeActions(plugin, { from, to }, [{ ...diagnostic, range }], 'quickfix');
  const edit = actions.find((action) => action.title === title)?.edit;
  if (edit && view.state.doc.eq(doc)) applyEdit(client, edit);
  view.focus();
}

/** What it says; ours are never Markdown. */
export function messageOf({ message }: Diagnostic): string {
  return typeof message === 'string' ? message : message.value;
}

function tooltipOf({ view, client, uri }: LSPPlugin, diagnostic: Diagnostic): HTMLElement {
  const { code, relatedInformation } = diagnostic;
  const causes = (relatedInformation ?? []).map(({ message: cause, location }) => {
    const place = location.uri === uri ? `Line ${location.range.start.line + 1}` : location.uri.split('/').at(-1)!;
    const go = () => void goTo(client, view, location.uri, location.range.start);
    return element(
      'li',
      {},
      element('button', { type: 'button', class: 'link', click: go }, place),
      ' ',
      ...words(cause),
    );
  });
  return element(
    'div',
    { class: 'fault' },
    element('p', {}, ...words(messageOf(diagnostic))),
    ...(causes.length > 0 ? [element('ul', {}, ...causes)] : []),
    ...(code === undefined ? [] : [element('code', { class: 'code' }, String(code))]),
  );
}

async function goTo(client: LSPClient, shown: EditorView, uri: string, position: Diagnostic['range']['start']) {
  const isShown = client.workspace.getFile(uri)?.getView() === shown;
  const view = isShown ? shown : await client.workspace.displayFile(uri);
  if (!view) return;
  view.dispatch({ selection: { anchor: offsetOf(view.state.doc, position) }, scrollIntoView: true });
  view.focus();
}
