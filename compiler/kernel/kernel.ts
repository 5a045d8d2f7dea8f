import type { ScalarOperator } from '../scalar/scalar.ts';

/**
 * Kernels: loop nests over flat buffers of f32. The last form that all code targets share; a strategy of `3-lower`
 * builds it, and an emitter of `4-emit` only spells it.
 */
export interface Kernel {
  /** A valid identifier, made from the label of the first layer that it does. */
  readonly name: string;
  /** The layers that it fuses, as one would write them: `conv1: conv 3->6 k5 | relu`. */
  readonly comment: string;
  readonly parameters: readonly KernelParameter[];
  readonly body: readonly Statement[];
}

/** A buffer that the kernel is called with; each has another one. Indices in the kernel are relative to where the caller says it begins. */
export interface KernelParameter {
  readonly name: string;
  readonly size: number;
  /** `both`: what the kernel has written is read by itself later. */
  readonly access: 'read' | 'write' | 'both';
}

export type Statement =
  /** for (variable = from; variable < to; variable += step). `step` is a positive number. */
  | {
      readonly kind: 'loop';
      readonly variable: string;
      readonly from: Index;
      readonly to: Index;
      readonly step: number;
      readonly body: readonly Statement[];
    }
  /** An f32 in a local variable; only a mutable one may be assigned. */
  | { readonly kind: 'local'; readonly name: string; readonly value: Float; readonly mutable: boolean }
  /** An index in a variable that keeps it. */
  | { readonly kind: 'index'; readonly name: string; readonly value: Index }
  | { readonly kind: 'assign'; readonly name: string; readonly value: Float }
  | { readonly kind: 'store'; readonly buffer: string; readonly at: Index; readonly value: Float };

export type Float =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'load'; readonly buffer: string; readonly at: Index }
  /** A load that is `outside` unless every condition holds. */
  | {
      readonly kind: 'guarded';
      readonly conditions: readonly Condition[];
      readonly value: Float;
      readonly outside: number;
    }
  | { readonly kind: 'apply'; readonly op: ScalarOperator; readonly arguments: readonly Float[] }
  /** An index as a number. */
  | { readonly kind: 'number'; readonly value: Index };

/** `0 <= value < limit` */
export interface Condition {
  readonly value: Index;
  readonly limit: number;
}

/** Whole-number arithmetic on loop variables. `divide` rounds down; its right side is a positive constant. */
export type Index =
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  /** A number rounded down, which may be too large for any buffer, and NaN: no condition holds of that. */
  | { readonly kind: 'floor'; readonly value: Float }
  | {
      readonly kind: 'arithmetic';
      readonly operator: 'add' | 'multiply' | 'divide' | 'modulo' | 'min' | 'max';
      readonly left: Index;
      readonly right: Index;
    };

/** A model as calls of kernels over buffers: what `3-lower` makes and every code emitter takes. */
export interface CompiledModel {
  readonly name: string;
  /** The names of the inputs and outputs of the net, in order. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly kernels: readonly Kernel[];
  readonly buffers: readonly Buffer[];
  /** Calls to make once, when the weights are loaded: folded and packed weights. */
  readonly prepare: readonly KernelCall[];
  /** Calls to make for each item. */
  readonly run: readonly KernelCall[];
  /** Elements of the one arena that the values of a run live in. */
  readonly arena: number;
  /** The largest sum of the sizes of values that live at the same time: no plan can need less. */
  readonly arenaLowerBound: number;
}

export interface Buffer {
  /** Unique in the model: the name of the value, with a number where another one has it too. */
  readonly name: string;
  readonly size: number;
  readonly place:
    | { readonly kind: 'input'; readonly index: number }
    | { readonly kind: 'output'; readonly index: number }
    | { readonly kind: 'weight'; readonly name: string }
    /** Computed by `prepare` and kept. */
    | { readonly kind: 'prepared' }
    | { readonly kind: 'arena'; readonly offset: number };
}

export interface KernelCall {
  readonly kernel: string;
  /** Names of buffers, one for each parameter. */
  readonly arguments: readonly string[];
}
