import type { Span } from '../grammar/source.ts';

/**
 * A size that is known, or an expression over symbolic sizes.
 */
export type Dim = number | SymbolicDim;

export interface SymbolicDim {
  readonly kind: 'symbolic';
}

/** What symbolic sizes must satisfy for a net to be right; `netc sizes` solves them. */
export interface Requirement {
  /** `left relation right`. */
  readonly left: Dim;
  readonly relation: 'equal' | 'at least';
  readonly right: Dim;
  /** The stage that asks for it. */
  readonly span: Span;
}
