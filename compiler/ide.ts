/**
 * What editors need of the compiler, as functions of a snapshot of a text: `snapshot` makes one, and the others answer with
 * plain data, offsets in UTF-16 units. The language server and the playground are thin shells over this file.
 */

export { Interrupted } from './1-check/interrupt.ts';
export { type CodeAction, codeActions } from './ide/code-actions.ts';
export { type CodeLens, codeLenses, lensText } from './ide/code-lens.ts';
export { type Completion, type CompletionKind, completions } from './ide/completion.ts';
export { type Definitions, definition } from './ide/definition.ts';
export { type Diagnostic, diagnostics } from './ide/diagnostics.ts';
export { type FoldingRange, foldingRanges } from './ide/folding.ts';
export { formatEdits, formatOnType } from './ide/formatting.ts';
export { type Highlight, highlights } from './ide/highlights.ts';
export { type Hover, hover } from './ide/hover.ts';
export { type InlayHint, inlayHints } from './ide/inlay-hints.ts';
export { type DocumentLink, documentLinks } from './ide/links.ts';
export { createMemo, type Memo } from './ide/memo.ts';
export { type Definition, type DefinitionKind, isSameDefinition, type Names, type Reference } from './ide/names.ts';
export { planned } from './ide/plan.ts';
export type { TextRange } from './ide/range.ts';
export { references } from './ide/references.ts';
export { prepareRename, type Rename, rename } from './ide/rename.ts';
export { selectionRange } from './ide/selection.ts';
export { type SemanticToken, semanticTokens, tokenModifiers, tokenTypes } from './ide/semantic-tokens.ts';
export { type SignatureHelp, signatureHelp } from './ide/signature-help.ts';
export { type Snapshot, snapshot, variant } from './ide/snapshot.ts';
export type { StageInfo, Stages } from './ide/stages.ts';
export { type DocumentSymbol, documentSymbols, workspaceSymbols } from './ide/symbols.ts';
export { whatIf } from './ide/what-if.ts';
