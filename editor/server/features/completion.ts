import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  type MarkupContent,
  MarkupKind,
} from 'vscode-languageserver';
import { type Completion, type CompletionKind, completions } from '../../../compiler/ide.ts';
import type { Client } from '../client.ts';
import type { Feature, Session } from '../session.ts';
import type { Text } from '../text.ts';

export const completion: Feature = (session) => {
  /** What was offered last, of which the client asks for more when one is looked at. */
  let offered: readonly Completion[] = [];
  let offer = 0;
  session.connection.onCompletion(
    session.answerPlace((text, offset) => {
      offered = completions(text.snapshot, offset);
      offer++;
      return offered.map((each, index) => itemOf(session, text, each, `${offer}.${index}`));
    }),
  );
  session.connection.onCompletionResolve(
    session.answer((item: CompletionItem) => {
      const [from, index] = String(item.data).split('.').map(Number);
      const found = from === offer ? offered[index ?? -1] : undefined;
      return { ...item, ...(found && documentation(session.client, found)) };
    }),
  );
  return {
    completionProvider: { resolveProvider: true, triggerCharacters: [...' |=>:(["/,{'] },
  };
};

function itemOf({ client }: Session, text: Text, own: Completion, id: string): CompletionItem {
  const isSnippet = own.isSnippet && client.snippets;
  return {
    label: own.label,
    kind: kinds[own.kind],
    ...(own.detail !== undefined && { detail: own.detail }),
    ...(own.sortText !== undefined && { sortText: own.sortText }),
    ...(own.filterText !== undefined && { filterText: own.filterText }),
    ...(own.isPreferred && { preselect: true }),
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    textEdit: { range: text.range(own.span), newText: own.isSnippet && !isSnippet ? plain(own.text) : own.text },
    ...(client.resolvesDocumentation ? { data: id } : documentation(client, own)),
  };
}

function documentation({ markdown }: Client, { documentation: value }: Completion): { documentation?: MarkupContent } {
  if (value === undefined) return {};
  return { documentation: { kind: markdown.completion ? MarkupKind.Markdown : MarkupKind.PlainText, value } };
}

/** A snippet for editors that have none: placeholders as they stand. */
function plain(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]*)\}|\$\{?\d+\}?|\\([\\$}])/g, (_, words = '', escaped = '') => words + escaped);
}

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  layer: CompletionItemKind.Class,
  activation: CompletionItemKind.Function,
  function: CompletionItemKind.Function,
  block: CompletionItemKind.Module,
  value: CompletionItemKind.Variable,
  constant: CompletionItemKind.Constant,
  option: CompletionItemKind.Property,
  choice: CompletionItemKind.EnumMember,
  size: CompletionItemKind.Value,
  label: CompletionItemKind.Field,
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
  net: CompletionItemKind.Interface,
};
