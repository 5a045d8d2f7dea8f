import { type InitializeParams, MarkupKind } from 'vscode-languageserver';
import { type Encoding, encodings } from './positions.ts';
import type { InitializationOptions } from './protocol.ts';

/** What the client can do, of all that makes a difference to the server. */
export interface Client {
  readonly encoding: Encoding;
  readonly options: InitializationOptions;
  /** It asks for diagnostics, so that none are sent unasked. */
  readonly pullsDiagnostics: boolean;
  readonly diagnostics: { readonly related: boolean; readonly links: boolean; readonly versions: boolean };
  readonly configuration: boolean;
  readonly watchesFiles: boolean;
  readonly changesConfiguration: boolean;
  readonly virtualDocuments: boolean;
  readonly documentChanges: boolean;
  readonly annotations: boolean;
  readonly snippets: boolean;
  /** Documentation of a completion may come later. */
  readonly resolvesDocumentation: boolean;
  readonly markdown: { readonly hover: boolean; readonly completion: boolean; readonly signature: boolean };
  /** A parameter of a signature may be given by offsets; none of them may be the active one. */
  readonly signatures: { readonly offsets: boolean; readonly noneActive: boolean };
  readonly definitionLinks: boolean;
  readonly nestedSymbols: boolean;
  /** It knows the colours of words and signs by itself. */
  readonly coloursSyntax: boolean;
  readonly refreshes: {
    readonly diagnostics: boolean;
    readonly inlayHints: boolean;
    readonly semanticTokens: boolean;
    readonly codeLens: boolean;
  };
}

export function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const { general, textDocument: text = {}, workspace = {} } = capabilities;
  const options: InitializationOptions =
    typeof initializationOptions === 'object' && initializationOptions !== null ? initializationOptions : {};
  const isMarkdown = (formats: readonly MarkupKind[] | undefined) => formats?.includes(MarkupKind.Markdown) ?? false;
  const has = (capability: unknown) => capability === true;
  const { completionItem } = text.completion ?? {};
  return {
    // UTF-16 is what everybody speaks who names nothing.
    encoding: encodings.find((each) => general?.positionEncodings?.includes(each)) ?? 'utf-16',
    options,
    pullsDiagnostics: text.diagnostic !== undefined,
    diagnostics: {
      related: has(text.diagnostic?.relatedInformation) || has(text.publishDiagnostics?.relatedInformation),
      links: has(text.diagnostic?.codeDescriptionSupport) || has(text.publishDiagnostics?.codeDescriptionSupport),
      versions: has(text.publishDiagnostics?.versionSupport),
    },
    configuration: has(workspace.configuration),
    watchesFiles: has(workspace.didChangeWatchedFiles?.dynamicRegistration),
    changesConfiguration: has(workspace.didChangeConfiguration?.dynamicRegistration),
    virtualDocuments: workspace.textDocumentContent !== undefined || has(options.virtualDocuments),
    documentChanges: has(workspace.workspaceEdit?.documentChanges),
    annotations: workspace.workspaceEdit?.changeAnnotationSupport !== undefined,
    snippets: has(completionItem?.snippetSupport),
    resolvesDocumentation: completionItem?.resolveSupport?.properties.includes('documentation') ?? false,
    markdown: {
      hover: isMarkdown(text.hover?.contentFormat),
      completion: isMarkdown(completionItem?.documentationFormat),
      signature: isMarkdown(text.signatureHelp?.signatureInformation?.documentationFormat),
    },
    signatures: {
      offsets: has(text.signatureHelp?.signatureInformation?.parameterInformation?.labelOffsetSupport),
      noneActive: has(text.signatureHelp?.signatureInformation?.noActiveParameterSupport),
    },
    definitionLinks: has(text.definition?.linkSupport),
    nestedSymbols: has(text.documentSymbol?.hierarchicalDocumentSymbolSupport),
    coloursSyntax: has(text.semanticTokens?.augmentsSyntaxTokens),
    refreshes: {
      diagnostics: has(workspace.diagnostics?.refreshSupport),
      inlayHints: has(workspace.inlayHint?.refreshSupport),
      semanticTokens: has(workspace.semanticTokens?.refreshSupport),
      codeLens: has(workspace.codeLens?.refreshSupport),
    },
  };
}
