import {
  axes,
  flag,
  type Inferred,
  type LayerExample,
  layer,
  optionalAxes,
  type TfjsRow,
  type TypedNode,
} from '../layer.ts';
import { constant, type Scalar, variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { accumulator, type Meaning, type Reduction } from '../tensor/tensor.ts';
import { orderedAxes, resolveAxes } from './axes.ts';
import { div, inOrder, input, inputShape } from './meaning.ts';
import { type AnyCall, gives, receivedShape } from './rules.ts';
import { tfjsAxis, unless } from './tfjs.ts';

/** Layers that fold whole axes into one number. */

const keep = flag({ default: false, doc: 'Whether the axes stay, each with one place.' });

const reductionOptions = {
  axes: axes({ doc: 'The axis or the axes that are folded.' }),
  keep,
};

/** Of a layer that joins values as well. */
export const optionalReductionOptions = {
  axes: optionalAxes({ doc: 'The axis or the axes that are folded, where no values are joined.' }),
  keep,
};

export const mean = reduction({
  name: 'mean',
  summary: 'The mean over one axis or several.',
  result: (sum, count) => div(sum, constant(count)),
});

export const sum = reduction({
  name: 'sum',
  summary: 'The sum over one axis or several.',
  remark: ' The sum of values, place by place, is `add`.',
  result: (sum) => sum,
});

/** What is different of one of them. */
interface ReductionDetails {
  readonly name: 'mean' | 'sum';
  readonly summary: string;
  /** What the description also says. */
  readonly remark?: string;
  /** Of the sum of all places, and how many there are. */
  readonly result: (sum: Scalar, count: number) => Scalar;
}

function reduction({ name, summary, remark = '', result }: ReductionDetails) {
  return layer<typeof reductionOptions>({
    name,
    torch: `torch.${name}`,
    summary,
    description: `\`${name} axes=[1, 2]\` makes \`[C]\` of \`[C, H, W]\`, and \`[C, 1, 1]\` with \`keep\`. The axes are always named, from 0 without the
batch or from the end with negative numbers: \`${name} axes=-1\`.${remark}

PyTorch: \`x.${name}((2, 3))\`, \`x.${name}(-1, keepdim=True)\`. Its \`x.${name}()\` takes the batch as well and has no counterpart here.`,
    operands: 'one',
    sizes: 'none',
    options: reductionOptions,

    infer(call) {
      return inferReduction(call, call.options.axes, call.options.keep);
    },

    lower(node) {
      return lowerReduction(node, node.options.axes, 'sum', result);
    },

    tfjs: tfjsReduction(name),

    examples: reductionExamples(name),
  });
}

/** The axes are left out, or have one place each with `keep`. */
export function inferReduction(call: AnyCall, written: readonly number[], keep: boolean): Inferred | undefined {
  const shape = receivedShape(call);
  const axes = shape && resolveAxes(call, written, shape);
  if (!axes) return undefined;
  return gives(shape.flatMap((dim, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [dim])));
}

/** Folds the axes; `result` makes the output of the folded value and the number of places. */
export function lowerReduction(
  node: Parameters<typeof inputShape>[0],
  written: readonly number[],
  operator: Reduction['operator'],
  result: (folded: Scalar, count: number) => Scalar = (folded) => folded,
): Meaning {
  const view = inputShape(node);
  const folded = orderedAxes(written, view.length);
  const kept = [...view.keys()].filter((axis) => !folded.includes(axis));
  const order = [...kept, ...folded];
  const sizes = folded.map((axis) => view[axis]!);
  return [
    {
      axes: kept.map((axis) => view[axis]!),
      reduction: { operator, axes: sizes, body: variable('x') },
      loads: [
        {
          name: 'x',
          from: input(),
          view,
          index: inOrder(order),
        },
      ],
      result: result(variable(accumulator), product(sizes)),
    },
  ];
}

type ReductionNode = TypedNode<typeof optionalReductionOptions>;

/** tfjs folds axes in either order of them, which the result has too unless it loses the channels. */
export function tfjsReduction(operator: 'mean' | 'sum' | 'max' | 'min'): TfjsRow<typeof optionalReductionOptions> {
  const foldedAxes = ({ options: { axes = [] }, inputs }: ReductionNode) =>
    orderedAxes(axes, inputs[0]!.type.shape.length);
  return {
    channels: (node) => (node.options.keep || !foldedAxes(node).includes(0) ? 'any' : 'first'),
    build(node, channels) {
      const rank = inputShape(node).length;
      const axes = foldedAxes(node).map((axis) => tfjsAxis(axis, rank, channels));
      return [{ layer: 'Reduction', config: { operator, axes, ...unless(false, { keep: node.options.keep }) } }];
    },
  };
}

/** For the records of all of them. */
export function reductionExamples(name: string): readonly LayerExample[] {
  return [
    { input: [3, 4, 5], body: `${name} axes=[1, 2]` },
    { input: [3, 4, 5], body: `${name} axes=0` },
    { input: [3, 4, 5], body: `${name} axes=[-1, 0] keep` },
    { input: [2, 5, 5], body: `conv ->3 k2 | ${name} axes=1 | relu` },
    { input: [6], body: `${name} axes=0` },
  ];
}
