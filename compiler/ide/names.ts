import type { Block } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { Constant } from '../1-check/constant.ts';
import type { AnyLayer } from '../layer.ts';
import type { ValueType } from '../shape.ts';

/** What a name stands for. Two names mean the same where their definitions have the same place, or are the same built-in. */
export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** The name where it is declared: for a built-in activation in the prelude; absent for what has no text. */
  readonly span?: Span;
  /** Of a layer, an activation, an `act` and an option of these: the record. */
  readonly layer?: AnyLayer;
  /** Of a block, and of what its head names. */
  readonly block?: Block;
  /** Of a `let`, a parameter or an index: its value, the first time that it is known. */
  readonly constant?: Constant;
  /** Of a value or an input: its type, the first time that it is known. */
  readonly type?: ValueType;
  /** The `##` comment before it. */
  readonly doc?: string;
}

export type DefinitionKind =
  | 'input'
  | 'value'
  | 'output'
  | 'let'
  /** A symbolic size of an input. */
  | 'size'
  /** `i` of `repeat 3 as i`. */
  | 'index'
  /** Of a block's head, its sizes included, or of an `act`. */
  | 'parameter'
  /** `x` of `act f(x)`. */
  | 'variable'
  | 'block'
  | 'act'
  | 'net'
  | 'label'
  /** Built in. */
  | 'layer'
  | 'activation'
  | 'option'
  | 'function';

/** What the names of a text mean. */
export interface Names {
  /** Every name of the text that means something, declarations included, in the order of the text. */
  readonly references: readonly Reference[];
  /** The name that an offset lies in, or right behind. */
  at(offset: number): Reference | undefined;
  /** What is declared at the top of the text, imported names included, in its order. */
  readonly declared: readonly Definition[];
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
