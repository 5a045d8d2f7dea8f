import type { Span } from './source.ts';

/**
 * The tree of a .net file. It says what was written, not what it means: whether `x` is a value, a `let` or a flag,
 * and whether `k5` is an option or a name, is for the checker to find.
 *
 * The parser recovers: a line that it does not understand is `Broken`, and no other node is ever half-filled.
 */
export interface File {
  readonly kind: 'file';
  readonly span: Span;
  readonly declarations: readonly Declaration[];
}

export type Declaration = Import | Let | Act | Block | Net | Broken;

/**
 * Text that could not be understood; its fault is reported. What it declares exists, but nothing more is known of it;
 * in a body, the flow after it is unknown. Both lists are there so that one mistake does not bring others.
 */
export interface Broken {
  readonly kind: 'broken';
  readonly span: Span;
  /** The names that it was going to declare: `x` of `x = conv 3->>6`. */
  readonly declares: readonly Name[];
  /** Every name that stands in it, so that nothing it uses is called unused. */
  readonly mentions: readonly Name[];
}

/** An identifier at its place. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** The text of the `##` lines before a declaration, without the marks. */
export type Doc = string;

// --- declarations

/** `import A, B from "./file.net"` */
export interface Import {
  readonly kind: 'import';
  readonly span: Span;
  readonly names: readonly Name[];
  readonly from: StringLiteral;
}

/** `let name = expression`, at the top of a file or in a body. */
export interface Let {
  readonly kind: 'let';
  readonly span: Span;
  readonly doc?: Doc;
  readonly name: Name;
  readonly value: Expression;
}

/** `act name(x, slope = 0.01, learn weight = 0.25) = expression` */
export interface Act {
  readonly kind: 'act';
  readonly span: Span;
  readonly doc?: Doc;
  readonly name: Name;
  readonly variable: Name;
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

/** `block Name in->out (mid, k = 3) { … }` */
export interface Block {
  readonly kind: 'block';
  readonly span: Span;
  readonly doc?: Doc;
  readonly name: Name;
  /** One name (`block SqueezeExcite c`), or both sides of an arrow, or none. */
  readonly sizes?: BlockSizes;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}

export interface BlockSizes {
  readonly span: Span;
  readonly in: Name;
  readonly out?: Name;
}

export interface Parameter {
  readonly span: Span;
  readonly name: Name;
  /** Only in an `act`: a trained value, stored under its name. */
  readonly learn: boolean;
  readonly default?: Expression | Body;
}

/** `net Name(image: [3, 32, 32]) -> [10] { … }` */
export interface Net {
  readonly kind: 'net';
  readonly span: Span;
  readonly doc?: Doc;
  readonly name: Name;
  readonly inputs: readonly NetInput[];
  readonly result?: NetResult;
  readonly body: Body;
}

export interface NetInput {
  readonly span: Span;
  readonly name: Name;
  readonly type: TensorType;
}

/** `-> [10]` is one unnamed output; `-> (distance: [1], code: [64])` are named ones. */
export interface NetResult {
  readonly span: Span;
  readonly outputs: readonly { readonly name?: Name; readonly type: TensorType }[];
}

/** `[3, 32, 32]`, `i32[T]`: a shape without the batch, with an element type that is f32 by default. */
export interface TensorType {
  readonly span: Span;
  readonly element?: Name;
  readonly dims: readonly Expression[];
}

// --- bodies

export interface Body {
  readonly kind: 'body';
  readonly span: Span;
  readonly lines: readonly Line[];
}

export type Line = Pipeline | Let | Return | Broken;

/** `name = stage | stage | …`; the name, if any, is of the value at the end of the line. */
export interface Pipeline {
  readonly kind: 'pipeline';
  readonly span: Span;
  readonly name?: Name;
  readonly stages: readonly Stage[];
}

/** `return a, b` */
export interface Return {
  readonly kind: 'return';
  readonly span: Span;
  readonly names: readonly Name[];
}

export type Stage = Call | Group | Repeat | If;

interface StageBase {
  readonly span: Span;
  readonly label?: Label;
}

/** `conv 3->6 k5 bias=false`, `add x { … }`, or a bare name that may turn out to be a value. */
export interface Call extends StageBase {
  readonly kind: 'call';
  readonly callee: Name;
  readonly arguments: readonly Argument[];
  /**
   * The words of the callee and the arguments: two calls with the same have the same arguments, at other places. Absent where
   * braces stand in it, and where the line has been read as other words than it has.
   */
  readonly written?: string;
}

/** `{ … }`; `{}` is the identity. */
export interface Group extends StageBase {
  readonly kind: 'group';
  readonly body: Body;
}

/** `repeat n as i { … }` */
export interface Repeat extends StageBase {
  readonly kind: 'repeat';
  readonly count: Expression;
  readonly index?: Name;
  readonly body: Body;
}

/** `if condition { … } else { … }`; `else if` is an `else` body with one `if` stage. */
export interface If extends StageBase {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly then: Body;
  readonly else?: Body;
}

/** `features.{i}.conv1`, `layer_{i}` or `"0.1"`: texts, with their dots, and expressions, one behind the other. */
export interface Label {
  readonly span: Span;
  readonly parts: readonly (string | Expression)[];
}

// --- arguments

/**
 * What follows the name of a layer, in the order written:
 * `positional` (a number, a name, a shape, `k5`, a flag), `sizes` (`3->6`, `->10`, `3->`), `option` (`k=5`), `branch` (`{ … }`).
 */
export type Argument =
  | { readonly kind: 'positional'; readonly span: Span; readonly value: Expression }
  | {
      readonly kind: 'sizes';
      readonly span: Span;
      readonly in?: Expression;
      readonly out?: Expression;
      readonly arrow: Span;
    }
  | { readonly kind: 'option'; readonly span: Span; readonly name: Name; readonly value: Expression | Body }
  | { readonly kind: 'branch'; readonly span: Span; readonly body: Body };

// --- expressions

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | Reference
  | ShapeLiteral
  | SizeLiteral
  | Unary
  | Binary
  | Conditional
  | FunctionCall
  | Index
  | Parenthesized;

/** `text` is as written, so that the formatter can keep `1e-5`. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
  readonly text: string;
}
export interface StringLiteral {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
}
export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}
export interface Reference {
  readonly kind: 'name';
  readonly span: Span;
  readonly text: string;
}
/** `[65, 192]` */
export interface ShapeLiteral {
  readonly kind: 'shape';
  readonly span: Span;
  readonly items: readonly Expression[];
}
/** `3x5`, a kernel of 3 by 5. (`k3x5` is a name to the parser.) */
export interface SizeLiteral {
  readonly kind: 'size';
  readonly span: Span;
  readonly values: readonly number[];
}
export interface Unary {
  readonly kind: 'unary';
  readonly span: Span;
  readonly operator: '-' | 'not';
  readonly operand: Expression;
}
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';
export interface Binary {
  readonly kind: 'binary';
  readonly span: Span;
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
/** `condition ? then : else` */
export interface Conditional {
  readonly kind: 'conditional';
  readonly span: Span;
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
}
/** `max(8, c / 4)` */
export interface FunctionCall {
  readonly kind: 'function';
  readonly span: Span;
  readonly callee: Name;
  readonly arguments: readonly Expression[];
  /** Named arguments of an `act` used as a function: `leaky_relu(x, slope=0.2)`. */
  readonly options: readonly { readonly name: Name; readonly value: Expression }[];
}
/** `dims[0]` */
export interface Index {
  readonly kind: 'index';
  readonly span: Span;
  readonly object: Expression;
  readonly index: Expression;
}
export interface Parenthesized {
  readonly kind: 'parenthesized';
  readonly span: Span;
  readonly inner: Expression;
}
