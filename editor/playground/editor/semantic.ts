import type { LSPPlugin } from '@codemirror/lsp-client';
import type { Text } from '@codemirror/state';
import { Decoration, type DecorationSet } from '@codemirror/view';
import type { SemanticTokens, SemanticTokensLegend, SemanticTokensParams } from 'vscode-languageserver-protocol';
import { serverDecorations } from './asking.ts';

/** Colours by what names mean. */
export const semanticHighlighting = serverDecorations({ ask });

async function ask({ client, uri }: LSPPlugin): Promise<DecorationSet> {
  const doc = client.workspace.getFile(uri)?.doc;
  const tokens = await client.request<SemanticTokensParams, SemanticTokens | null>('textDocument/semanticTokens/full', {
    textDocument: { uri },
  });
  const legend = client.serverCapabilities?.semanticTokensProvider?.legend;
  return tokens && doc && legend ? marks(tokens.data, legend, doc) : Decoration.none;
}

/** Numbers as the protocol packs them, five for each token, as classes: `st-function st-mod-declaration`. */
export function marks(data: readonly number[], legend: SemanticTokensLegend, doc: Text): DecorationSet {
  const found = [];
  let [line, character] = [1, 0];
  for (let at = 0; at + 5 <= data.length; at += 5) {
    const [down, right, length, type, modifiers] = data.slice(at, at + 5) as [number, number, number, number, number];
    line += down;
    character = down === 0 ? character + right : right;
    const from = line <= doc.lines ? doc.line(line).from + character : doc.length;
    if (length === 0 || from + length > doc.length) continue;
    const names = [
      `st-${legend.tokenTypes[type]}`,
      ...legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit)).map((name) => `st-mod-${name}`),
    ];
    found.push(Decoration.mark({ class: names.join(' ') }).range(from, from + length));
  }
  return Decoration.set(found, true);
}
