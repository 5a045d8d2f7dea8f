import type { Span } from './source.ts';

/** What each syntax fault has found, as plain data. The words stand with those of the other faults, outside the grammar. */
export interface SyntaxEvidence {
  /** Anything that no rule knows better; both texts are for people: "`,`", "a name". */
  'syntax/unexpected': { readonly found: string; readonly expected: string };
  /** `count` closing signs are missing. */
  'syntax/unclosed': { readonly open: string; readonly close: string; readonly count: number };
  /** A closing sign that nothing opened. */
  'syntax/unopened': { readonly close: string };
  /** A line outside of all bodies that declares nothing. `instead` is the keyword with which it would. */
  'syntax/declaration': { readonly found: string; readonly instead?: string };
  'syntax/character': { readonly character: string; readonly name?: string };
  'syntax/string': { readonly written: string };
  'syntax/quotes': { readonly written: string };
  'syntax/comment': { readonly mark: string };
  'syntax/arrow': { readonly written: string };
  'syntax/operator': { readonly written: string; readonly instead: string };
  'syntax/comma': { readonly between: 'stages' | 'arguments' };
  /** `unknown`: there is nothing of this name, so that the parentheses are not what is wrong; `instead` says what there is. */
  'syntax/call': { readonly layer: string; readonly unknown?: true; readonly instead?: string };
  'syntax/assign': { readonly written: string; readonly instead: string; readonly what: string };
  'syntax/negative': { readonly written: string };
  'syntax/number': { readonly written: string; readonly instead?: string };
  'syntax/label': { readonly written: string };
  /** The type of a parameter, with the colon before it. */
  'syntax/annotation': { readonly written: string };
  'syntax/nesting': { readonly limit: number };
  'syntax/size': { readonly length: number; readonly limit: number };
}

export type SyntaxCode = keyof SyntaxEvidence;

/** One mistake in the text. It has the shape of every fault of the compiler, which the grammar does not import. */
export type SyntaxFault = { readonly [Code in SyntaxCode]: SyntaxFaultOf<Code> }[SyntaxCode];

export interface SyntaxFaultOf<Code extends SyntaxCode> extends SyntaxRemedy {
  readonly code: Code;
  readonly span: Span;
  readonly evidence: SyntaxEvidence[Code];
}

/** What helps a reader to see the mistake and to mend it. */
export interface SyntaxRemedy {
  /** Where the cause stands. */
  readonly because?: readonly { readonly span: Span; readonly message: string }[];
  /** The edit that repairs it, where one does. */
  readonly fix?: {
    readonly title: string;
    readonly edits: readonly { readonly span: Span; readonly text: string }[];
  };
}

/** After so many mistakes the rest of a text is not looked at any more: it is no .net file. */
export const faultLimit = 100;

/** Makes a fault; the evidence is typed by the code. */
export function syntaxFault<Code extends SyntaxCode>(
  code: Code,
  span: Span,
  evidence: SyntaxEvidence[Code],
  remedy: SyntaxRemedy = {},
): SyntaxFaultOf<Code> {
  return { code, span, evidence, ...remedy };
}
