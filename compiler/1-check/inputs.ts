import type { Net, NetInput, TensorType } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Dim, equal, symbol } from '../dim.ts';
import { expressionText } from '../expression-text.ts';
import { fault, replacement } from '../fault.ts';
import type { Value } from '../graph.ts';
import type { Remedy } from '../layer.ts';
import type { ElementType, Shape } from '../shape.ts';
import { nearest } from '../suggest.ts';
import type { CheckOptions } from './check.ts';
import { symbolic } from './constant.ts';
import { type Context, declareValue, environmentOf } from './context.ts';
import { type Environment, evaluateSize } from './evaluate.ts';
import { absent, type Flow, unknown } from './flow.ts';
import type { KeptAxis } from './kept-axis.ts';
import { isSmall } from './limits.ts';
import { mentionedNames } from './mentions.ts';

export interface Inputs {
  /** What the body starts with: the one input, or nothing where there are several. */
  readonly flow: Flow;
  /** Undefined where one of them is unknown. */
  readonly values: readonly Value[] | undefined;
  /** Symbolic sizes that are open. */
  readonly symbols: readonly string[];
  /** All symbolic sizes. */
  readonly sizes: readonly string[];
}

/** Declares the inputs of a net and the symbolic sizes in their shapes. */
export function declareInputs(
  context: Context,
  net: Net,
  options: CheckOptions,
  kept: ReadonlyMap<string, KeptAxis> | undefined,
): Inputs {
  const symbols: string[] = [];
  const sizes: string[] = [];
  const environment = sizeEnvironment();
  const flows = net.inputs.map(declareInput);
  const known = flows.flatMap((flow) => (flow.kind === 'known' ? [flow.value] : []));
  return {
    flow: flows.length === 1 ? flows[0]! : absent,
    values: known.length === flows.length ? known : undefined,
    symbols,
    sizes,
  };

  function declareInput({ name, type, span }: NetInput): Flow {
    const element = elementType(context, type);
    const written = type.dims.map((dim) => evaluateSize(dim, environment));
    const shape = written.every((dim) => dim !== undefined) ? opened(name.text, written, type.span) : undefined;
    const fits = element && shape && isSmall(context, shape, type.span);
    const value = fits ? context.builder.value(name.text, { element, shape }, span) : undefined;
    const remedy = shape && !kept && reordered(name.text, type, shape);
    const flow: Flow = value ? { kind: 'known', value, ...(remedy && { remedy }) } : unknown;
    declareValue(context, name, flow);
    return flow;
  }

  /** A name that stands for nothing is a symbolic size from here on. */
  function sizeEnvironment(): Environment {
    const outer = environmentOf(context, unknown);
    return {
      ...outer,
      constant(reference) {
        const { text, span } = reference;
        if (outer.knows(text) || context.declarations.callee(text)?.kind === 'unknown')
          return outer.constant(reference);
        const size = namedSize(text, span);
        const value = size === undefined ? undefined : symbolic(size);
        context.scope.declare(text, { kind: 'constant', span, value });
        if (value !== undefined) context.observer?.constant(span, value);
        return value;
      },
    };
  }

  /** A size that goes by a name: open, or fixed from outside. Undefined where that is no size. */
  function namedSize(name: string, span: Span): Dim | undefined {
    sizes.push(name);
    const fixed = options.dims?.get(name);
    if (fixed === undefined) {
      symbols.push(name);
      return symbol(name);
    }
    if (Number.isSafeInteger(fixed) && fixed >= 1) return fixed;
    const evidence = { name, wanted: 'a whole number from 1', found: String(fixed) };
    context.report(fault('type/setting', span, evidence));
    return undefined;
  }

  /** The same shape with named sizes for all written ones but that of the axis which is kept. */
  function opened(input: string, shape: Shape, span: Span): Shape | undefined {
    if (!kept) return shape;
    const names = axisNames(kept.get(input) ?? 'first', shape.length);
    const taken = mentionedNames(net.inputs.map(({ type }) => type.dims));
    const dims = shape.map((dim, axis) => {
      const own = names[axis];
      if (own === undefined || typeof dim !== 'number') return dim;
      let name = net.inputs.length > 1 ? `${input}_${own}` : own;
      while (taken.has(name)) name += '_';
      return namedSize(name, span);
    });
    return dims.every((dim) => dim !== undefined) ? dims : undefined;
  }
}

/** An input that is written in another order, or with a batch of one item, can be written as it should be. */
function reordered(name: string, { span, element, dims }: TensorType, shape: Shape): Remedy {
  return (wanted) => {
    const left = shape.map((size, axis) => ({ size, text: expressionText(dims[axis]!) }));
    if (wanted.length === shape.length - 1 && shape[0] === 1) left.shift();
    const texts = wanted.flatMap((size) => {
      const found = left.findIndex((each) => equal(each.size, size) === 'always');
      return left.splice(found, found < 0 ? 0 : 1).map(({ text }) => text);
    });
    const text = `${element?.text ?? ''}[${texts.join(', ')}]`;
    return left.length === 0 && texts.length === wanted.length
      ? replacement(span, text, `${name}: ${text}`)
      : undefined;
  };
}

/** `f32` where none is written; reports one that does not exist. */
export function elementType(context: Pick<Context, 'report'>, { element }: TensorType): ElementType | undefined {
  if (!element) return 'f32';
  const found = elementTypes.find((each) => each === element.text);
  if (found) return found;
  const near = elementsElsewhere[element.text.toLowerCase()] ?? nearest(element.text, elementTypes);
  const evidence = { found: element.text, ...(near && { nearest: near }) };
  const fix = near && replacement(element.span, near);
  context.report(fault('type/element', element.span, evidence, fix ? { fix } : {}));
  return undefined;
}

const elementTypes: readonly ElementType[] = ['f32', 'i32'];

const elementsElsewhere: Readonly<Record<string, ElementType>> = {
  float: 'f32',
  float32: 'f32',
  double: 'f32',
  int: 'i32',
  int32: 'i32',
  int64: 'i32',
  i64: 'i32',
  long: 'i32',
};

/** What each axis of an input is called; undefined for that which is kept. */
function axisNames(kept: KeptAxis, rank: number): readonly (string | undefined)[] {
  if (kept === 'first') return [undefined, ...(spatialNames[rank - 2] ?? numbered(rank - 1))];
  const open = kept === 'last' ? rank - 1 : rank;
  return open === 1 ? ['T'] : numbered(open);
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, axis) => `S${axis + 1}`);
}

/** What the axes behind the channels are called: of a signal, a picture and a volume. */
const spatialNames: readonly (readonly string[])[] = [['L'], ['H', 'W'], ['D', 'H', 'W']];
