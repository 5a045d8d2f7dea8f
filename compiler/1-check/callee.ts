import type { Block, Body } from '../../grammar/ast.ts';
import type { AnyLayer } from '../layer.ts';
import { isLayer } from './constant.ts';
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

/** What a stage applies by this name: a layer that a parameter holds comes before those that are declared. */
export function calleeOf({ scope, declarations }: Context, name: string): Callee | undefined {
  const entry = scope.find(name);
  if (entry?.kind === 'constant' && entry.value !== undefined && isLayer(entry.value)) return entry.value.callee;
  const declared = declarations.callee(name);
  if (declared || entry?.kind !== 'constant' || entry.value !== undefined) return declared;
  return { kind: 'unknown', what: 'a parameter' };
}
