import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import {
  type DefinitionKind,
  documentSymbols,
  type DocumentSymbol as OwnSymbol,
  workspaceSymbols,
} from '../../../compiler/ide.ts';
import type { Feature, Session } from '../session.ts';
import type { Text } from '../text.ts';

export const symbols: Feature = (session) => {
  const { connection, workspace, client } = session;
  connection.onDocumentSymbol(
    session.answerText((text): DocumentSymbol[] | SymbolInformation[] => {
      const found = documentSymbols(text.snapshot);
      return client.nestedSymbols
        ? found.map((each) => nested(text, each))
        : found.flatMap((each) => flat(session, each, undefined));
    }),
  );
  connection.onWorkspaceSymbol(
    session.answer(async ({ query }, token) => {
      const names = workspace.names();
      await session.checkAll(names, token);
      return workspaceSymbols(workspace.snapshots(names), query).flatMap((each) =>
        information(session, each, undefined),
      );
    }),
  );
  return { documentSymbolProvider: { label: 'netc' }, workspaceSymbolProvider: true };
};

function nested(text: Text, { name, detail, kind, span, selection, children }: OwnSymbol): DocumentSymbol {
  return {
    // An empty name is an error for some clients.
    name: name || '…',
    ...(detail !== undefined && { detail }),
    kind: kinds[kind],
    range: text.range(span),
    selectionRange: text.range(selection),
    children: children.map((each) => nested(text, each)),
  };
}

function flat(session: Session, symbol: OwnSymbol, container: string | undefined): SymbolInformation[] {
  return [
    ...information(session, symbol, container),
    ...symbol.children.flatMap((each) => flat(session, each, symbol.name)),
  ];
}

function information(session: Session, { name, kind, span }: OwnSymbol, container: string | undefined) {
  const location = session.location(span);
  if (!location) return [];
  return [
    { name: name || '…', kind: kinds[kind], location, ...(container !== undefined && { containerName: container }) },
  ];
}

const kinds: Readonly<Record<DefinitionKind, SymbolKind>> = {
  input: SymbolKind.Variable,
  value: SymbolKind.Variable,
  output: SymbolKind.Variable,
  let: SymbolKind.Constant,
  size: SymbolKind.Number,
  index: SymbolKind.Number,
  parameter: SymbolKind.TypeParameter,
  variable: SymbolKind.Variable,
  block: SymbolKind.Class,
  act: SymbolKind.Function,
  net: SymbolKind.Interface,
  label: SymbolKind.Field,
  layer: SymbolKind.Class,
  activation: SymbolKind.Function,
  option: SymbolKind.Property,
  function: SymbolKind.Function,
};
