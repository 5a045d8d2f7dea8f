import type { Block, Body } from '../../grammar/ast.ts';
import type { AnyLayer } from '../layer.ts';
import type { Context } from './context.ts';
import type { Declarations } from './declarations.ts';

/** What a stage applies. `what` describes it: "a built-in layer". */
export type Callee =
  | { readonly kind: 'layer'; readonly layer: AnyLayer; readonly what: string }
  | BlockCallee
  | BodyCallee
  /** `residual { … }`, which is short for `add {} { … }`. */
  | { readonly kind: 'residual'; readonly what: string }
  /** Declared, but nothing more is known: its fault is reported. */
  | { readonly kind: 'unknown'; readonly what: string };

/** A block, and the declarations of its file, among which the names in it are looked up. */
export interface BlockCallee {
  readonly kind: 'block';
  readonly block: Block;
  readonly home: Declarations;
  readonly what: string;
}

/** `act={ leaky_relu slope=0.2 }`: lines that were handed to a block, and where they stand. */
export interface BodyCallee {
  readonly kind: 'body';
  readonly body: Body;
  readonly context: Context;
  readonly what: string;
}
