import type { Block, Name, Stage } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import type { BlockCall, LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import type { ValueType } from '../shape.ts';
import type { Constant } from './constant.ts';

/**
 * Hears what the checker finds out of the text as it goes: what names mean and what flows. Editors are built on it, so that
 * there is one set of rules for names and shapes. Observing changes nothing of what is checked.
 */
export interface Observer {
  /** A name is declared here. */
  declares(definition: Definition): void;
  /** A name, or a short form such as `k5`, means what is declared at a place, or something that is built in. */
  refers(at: Span, to: Span | BuiltIn): void;
  /** A stage was checked: with what flowed into it and out of it, as far as that is known. */
  flows(stage: Stage, before: ValueType | undefined, after: ValueType | undefined): void;
  /** A net was checked as far as could be. */
  net(nodes: readonly LayerNode[], calls: readonly BlockCall[]): void;
}

/** What a name stands for. Two names mean the same where their definitions have the same place, or are the same built-in. */
export interface Definition {
  readonly kind: DefinitionKind;
  readonly name: string;
  /** The name where it is declared: for a built-in activation in the prelude; absent for what has no text. */
  readonly span?: Span;
  /** Of a layer, an activation, an `act` and an option: the record. */
  readonly layer?: AnyLayer;
  /** Of a block, or of what its head names. */
  readonly block?: Block;
  /** Of a `let`, a parameter or an index: its value, where there is one that is known. */
  readonly constant?: Constant;
  /** Of a value or an input: its type, where it is known. */
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

/** What has no declaration in a text that somebody wrote. */
export type BuiltIn = Omit<Definition, 'span'> & { readonly kind: 'layer' | 'activation' | 'option' | 'function' };

/** A name as the tree has it, for declarations. */
export type Declared = Pick<Name, 'text' | 'span'>;
