import type { Span } from '../../grammar/source.ts';
import type { Definition } from '../1-check/observer.ts';

/** What the names of a text mean. */
export interface Names {
  /** Every name of the text that means something, declarations included, in the order of the text. */
  readonly references: readonly Reference[];
  /** The name that an offset lies in, or right behind. */
  at(offset: number): Reference | undefined;
  /** What an expression or an operand at this offset may name, declared before it: the innermost braces first. */
  visible(offset: number): readonly Definition[];
}

export interface Reference {
  /** The name, or the whole of a short form: `k5`. */
  readonly span: Span;
  readonly definition: Definition;
  readonly isDeclaration: boolean;
}

/** Whether two names mean the same. */
export function isSameDefinition(left: Definition, right: Definition): boolean {
  if (left.span && right.span) return left.span.source === right.span.source && left.span.start === right.span.start;
  return left.span === right.span && left.kind === right.kind && left.name === right.name && left.layer === right.layer;
}
