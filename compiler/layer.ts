import type { Span } from '../grammar/source.ts';
import type { Dim, Requirement } from './dim.ts';
import type { EvidenceOf, FaultOf, Fix } from './fault.ts';
import type { FaultCode } from './faults/index.ts';
import type { LayerNode, Value } from './graph.ts';
import type { Scalar } from './scalar/scalar.ts';
import type { ElementType, Shape, ValueType } from './shape.ts';
import type { Meaning } from './tensor/tensor.ts';

/**
 * All that netc knows of one layer. Argument parsing, shape check, manual, hover, weights, costs, lowering and every
 * target read this record, and nothing else in the compiler knows a layer by its name.
 */
export interface Layer<Options extends OptionSpecs = OptionSpecs> {
  /** The name it is printed with. */
  readonly name: string;
  /** Other names that are accepted and printed as `name`. */
  readonly synonyms?: readonly string[];
  /** For the manual, e.g. `torch.nn.Conv2d`. */
  readonly torch?: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown for the manual: the formula, the shape rule, the source (paper, specification). */
  readonly description: string;
  /** `one`: the flow alone. `join`: the flow, then value names and branches. `none`: it makes a value of its own. */
  readonly operands: 'none' | 'one' | 'join';
  /** Whether `in->out` is written: `both`, `none`, or `all` where `in` cannot be left out, as it does not follow from what arrives. */
  readonly sizes: 'both' | 'all' | 'none';
  /** Of a layer with sizes, the axis that they speak of: the first one of a picture, or the last one of a sequence. */
  readonly features?: 'first' | 'last';
  readonly options: Options;
  /** The order in which arguments without a name fill options: `maxpool 2` fills `kernel`. */
  readonly positional?: readonly string[];
  /**
   * The shape rule. It reports what is wrong through `call` and gives the best type that it can all the same, as if
   * the written sizes were right, so that one mistake gives one fault; undefined where nothing sensible is left.
   */
  infer(call: LayerCall<ValuesOf<Options>>): Inferred | undefined;
  /**
   * The arithmetic of the shape rule with the numbers of this call, a line for each size that follows from others:
   * `height: (32 + 2·0 - 5) / 1 + 1 = 28`. All sides of `=` are the same number; symbolic sizes stand as they are printed.
   */
  working?(node: TypedNode<Options>): readonly string[];
  /** The tensors that it owns, with PyTorch's names and layouts, in PyTorch's order. */
  weights?(node: PlacelessNode<Options>): readonly WeightSpec[];
  /** Multiply-accumulates for one item. A layer without a reduction of products has none. */
  macs?(node: TypedNode<Options>): number;
  /** What it computes, once and for all targets. Shapes are all fixed here. */
  lower(node: TypedNode<Options>): Meaning;
  /** Of an activation, the formula that `lower` applies to each number: for plots, derivatives and `netc explain`. */
  readonly formula?: Formula;
  /** How tfjs builds it. An activation is built from its formula; any other layer without a row is refused by name. */
  readonly tfjs?: TfjsRow<Options>;
  /** Small nets for the manual and the generic spec: body text with the shape of the one input. */
  readonly examples: readonly LayerExample[];
}

/** An activation as a function of one number: `x > 0 ? x : slope * x`. */
export interface Formula {
  /** The name of the number that the layer receives. */
  readonly variable: string;
  /** Over that variable, the names of the options and the names of the weights. */
  readonly body: Scalar;
  /** As it was written, for people. */
  readonly text: string;
  /** Where it was written; of a built-in one in `prelude.net`. */
  readonly span: Span;
}

/** A layer of any options, as tables and nodes hold it. The functions of the record are methods so that this is allowed. */
export type AnyLayer = Layer<OptionSpecs>;

/** Makes a layer record; exists so that the type of `options` flows into the functions and the names of the record. */
export function layer<const Options extends OptionSpecs>(
  record: Layer<Options> & { readonly positional?: readonly (keyof Options & string)[] },
): Layer<Options> {
  return record;
}

/** A node whose options have the types that the layer's specs give. Its weights are what the layer is asked for. */
export interface TypedNode<Options extends OptionSpecs> extends Omit<LayerNode, 'options' | 'layer' | 'weights'> {
  readonly options: ValuesOf<Options>;
}

/** A node without what depends on where it stands in the text and in the net. */
export interface PlacelessNode<Options extends OptionSpecs> extends Pick<TypedNode<Options>, 'options' | 'sizes'> {
  readonly inputs: readonly Pick<Value, 'type'>[];
  readonly output: Pick<Value, 'type'>;
}

export interface LayerExample {
  /** Shape of the one input of the net. */
  readonly input: readonly number[];
  /** Its elements, where they are not `f32`. */
  readonly element?: ElementType;
  /** Lines of a body: `conv 3->4 k3 p=same`. */
  readonly body: string;
}

/** An example as a whole file. */
export function exampleText({ input, element = 'f32', body }: LayerExample): string {
  return `net Example(x: ${element === 'f32' ? '' : element}[${input.join(', ')}]) {\n${body}\n}\n`;
}

// --- options

/** What an option may hold once it is resolved. A `size` has one number, or one for each spatial axis; a `shape` may be symbolic. */
export type OptionValue = number | boolean | string | readonly number[] | Shape | Initializer | undefined;

export interface OptionSpec<Value extends OptionValue = OptionValue> {
  readonly type:
    | 'integer'
    | 'number'
    | 'numbers'
    | 'boolean'
    | 'word'
    | 'size'
    | 'padding'
    | 'shape'
    | 'axis'
    | 'axes'
    | 'initializer';
  /** The one letter that `k5` is written with. */
  readonly short?: string;
  /** Absent: the option must be written. `undefined` as a value of its own is allowed by `optional`. */
  readonly default?: Value;
  /** It may be left out, and then is undefined. */
  readonly optional?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Of a `shape`: one size may be `-1`, which follows from the others. */
  readonly wildcard?: boolean;
  /** The words that a `word` or a `padding` takes. */
  readonly choices?: readonly string[];
  /** One sentence for the manual. */
  readonly doc: string;
  /** Never there; it carries the type of the value. */
  readonly value?: Value;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type ValuesOf<Options extends OptionSpecs> = {
  readonly [Name in keyof Options]: Options[Name] extends OptionSpec<infer Value> ? Value : never;
};

type Details<Value extends OptionValue> = Omit<OptionSpec<Value>, 'type' | 'value'>;

export const integer = (details: Details<number>): OptionSpec<number> => ({ type: 'integer', ...details });
export const real = (details: Details<number>): OptionSpec<number> => ({ type: 'number', ...details });
export const flag = (details: Details<boolean>): OptionSpec<boolean> => ({ type: 'boolean', ...details });
/** `5`, `3x5` or `[3, 5]`; broadcast it with `perAxis`. */
export const size = (details: Details<readonly number[]>): OptionSpec<readonly number[]> => ({
  type: 'size',
  ...details,
});
export const optionalSize = (
  details: Details<readonly number[] | undefined>,
): OptionSpec<readonly number[] | undefined> => ({ type: 'size', optional: true, ...details });
/** A size, `same`, `valid`, or `[top, bottom, left, right]`. */
export const padding = (details: Details<readonly number[] | string>): OptionSpec<readonly number[] | string> => ({
  type: 'padding',
  ...details,
});
export const optionalInteger = (details: Details<number | undefined>): OptionSpec<number | undefined> => ({
  type: 'integer',
  optional: true,
  ...details,
});
/** One of its `choices`. */
export const word = (details: Details<string>): OptionSpec<string> => ({ type: 'word', ...details });
/** `[0.485, 0.456]`, or one number, which is a list of one. */
export const reals = (details: Details<readonly number[]>): OptionSpec<readonly number[]> => ({
  type: 'numbers',
  ...details,
});
export const axis = (details: Details<number>): OptionSpec<number> => ({ type: 'axis', ...details });
/** One axis or a list of them, each counted from either end. */
export const axes = (details: Details<readonly number[]>): OptionSpec<readonly number[]> => ({
  type: 'axes',
  ...details,
});
export const optionalAxes = (
  details: Details<readonly number[] | undefined>,
): OptionSpec<readonly number[] | undefined> => ({ type: 'axes', optional: true, ...details });
export const shapeOption = (details: Details<Shape>): OptionSpec<Shape> => ({
  type: 'shape',
  ...details,
});
export const optionalShape = (details: Details<Shape | undefined>): OptionSpec<Shape | undefined> => ({
  type: 'shape',
  optional: true,
  ...details,
});
/** `zeros`, `ones`, `constant(0.5)`, `uniform(0.1)` or `normal(0.02)`. */
export const initializer = (details: Details<Initializer>): OptionSpec<Initializer> => ({
  type: 'initializer',
  ...details,
});

// --- the shape rule

/** What a shape rule sees of one call. */
export interface LayerCall<Values> {
  /** The name as it was written, for messages. */
  readonly written: string;
  /** The span of the layer's name. */
  readonly span: Span;
  /** The whole stage with its label: a stage that an edit inserts stands before it. */
  readonly stage: Span;
  readonly operands: readonly Operand[];
  readonly options: Values;
  /** The sizes that were written, each with its span. */
  readonly sizes: { readonly in?: Written; readonly out?: Written; readonly arrow?: Span };
  /** Where an option was written, or the layer's name where it was not. */
  spanOf(option: keyof Values & string): Span;
  /** Reports; faults found here get the calls that led to the block, if any. */
  fault<Code extends FaultCode>(
    code: Code,
    span: Span,
    evidence: EvidenceOf<Code>,
    extra?: Pick<FaultOf<Code>, 'because' | 'fix'>,
  ): void;
  /** Records what symbolic sizes must satisfy. A requirement that no size can satisfy is for `fault`. */
  require(requirement: Requirement): void;
}

export interface Written {
  readonly value: number;
  readonly span: Span;
}

export interface Operand {
  readonly type: ValueType;
  /** The stage that made it, for "gives [576] here". */
  readonly span: Span;
  /** What that stage said of its result: `16 × 6 × 6`. */
  readonly note?: string;
  readonly remedy?: Remedy;
  /** Of a written operand of a join, how it stands there. The flow has none. */
  readonly place?: Place;
}

/** The edit after which a value has another shape: of the call that made it, or of one before. Undefined where none does. */
export type Remedy = (wanted: Shape) => Fix | undefined;

/** A written operand of a join: a name, or a branch with its braces. */
export interface Place {
  readonly span: Span;
  /** `x`, `{}` or `{ … }`; nothing for the identity of `residual { … }`. */
  readonly text: string;
  /** Of a branch that ends with a stage, the place behind it. */
  readonly end?: Span;
}

export interface Inferred {
  readonly type: ValueType;
  /**
   * The `in` size that was written or inferred, for layers with sizes; likewise `out`. One that depends on symbolic
   * sizes is `NaN`, and so are the sizes of weights and the costs that follow from it.
   */
  readonly sizes?: { readonly in: number; readonly out: number };
  /** How the shape came about, in a few signs: `16 × 6 × 6`. */
  readonly note?: string;
  /** How the call could give another shape. */
  readonly remedy?: Remedy;
}

// --- weights

export interface WeightSpec {
  /** PyTorch's name within the layer: `weight`, `running_mean`; empty for a tensor that bears the layer's path itself. */
  readonly name: string;
  readonly shape: readonly number[];
  /** `parameter`: trained, counted. `buffer`: stored and read. `ignored`: may stand in a checkpoint and is not read. */
  readonly role: 'parameter' | 'buffer' | 'ignored';
  /** PyTorch's default initialisation. */
  readonly init: Initializer;
}

export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly bound: number }
  | { readonly kind: 'normal'; readonly deviation: number };

// --- targets

/**
 * How a layer is spelt in tfjs, whose pictures have their channels last; see `4-emit/tfjs`. A value has its axes in one of
 * two orders there, and the emitter lays them anew where a layer wants the other one.
 */
export interface TfjsRow<Options extends OptionSpecs> {
  /** The order in which its operands and its result have their axes; `any` takes them as they come. */
  channels(node: TypedNode<Options>): TfjsChannels | 'any';
  /** Why tfjs cannot have the layer with these options, where it cannot: "it has no ceil mode". */
  refuses?(node: TypedNode<Options>): string | undefined;
  /** Layers in sequence, the first of which takes the operands. `channels` is what `any` has become. */
  build(node: TypedNode<Options>, channels: TfjsChannels): readonly TfjsLayer[];
}

/** `first`: the order of PyTorch, `[C, H, W]`. `last`: `[H, W, C]`. Of a single axis they are the same. */
export type TfjsChannels = 'first' | 'last';

export interface TfjsLayer {
  /** A constructor of `tf.layers`, or a class of `4-emit/tfjs/support`, which begin with a capital letter. */
  readonly layer: string;
  /** Its configuration without the name: plain data. Sizes and axes are counted as tfjs does, with the batch first. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its weights, in tfjs's order; one that is null is no tensor of the file and stays as it begins. */
  readonly weights?: readonly (TfjsWeight | null)[];
  /** Whether its configuration may have an `activation`. */
  readonly activates?: boolean;
}

export interface TfjsWeight {
  /** PyTorch's name within the layer. */
  readonly name: string;
  /** PyTorch's axes in tfjs's order: `[2, 3, 1, 0]` makes `[height, width, in, out]` of `[out, in, height, width]`. */
  readonly axes: readonly number[];
  /** The key of the configuration that says how it begins; absent where that is PyTorch's way already. */
  readonly initializer?: string;
}

/** A size for each of `rank` axes: one number serves all. */
export function perAxis(size: readonly number[], rank: number): readonly number[] {
  return size.length === 1 ? new Array<number>(rank).fill(size[0]!) : size;
}

/** The numbers of a shape that is known to be fixed, as it is wherever code is made. */
export function fixed(shape: readonly Dim[]): readonly number[] {
  return shape.map((dim) => {
    if (typeof dim !== 'number') throw new Error('a symbolic size reached a phase that needs fixed ones');
    return dim;
  });
}
