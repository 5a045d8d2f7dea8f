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
import { resolveAxes } from './axes.ts';
import { affine, div, input, inputShape } from './meaning.ts';
import { type AnyCall, gives, positiveAxis, receivedShape } from './rules.ts';
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

export const mean = layer<typeof reductionOptions>({
  name: 'mean',
  torch: 'torch.mean',
  summary: 'The mean over one axis or several.',
  description: `\`mean axes=[1, 2]\` makes \`[C]\` of \`[C, H, W]\`, and \`[C, 1, 1]\` with \`keep\`. The axes are always named, from 0 without the
batch or from the end with negative numbers: \`mean axes=-1\`.

PyTorch: \`x.mean((2, 3))\`, \`x.mean(-1, keepdim=True)\`. Its \`x.mean()\` takes the batch as well and has no counterpart here.`,
  operands: 'one',
  sizes: 'none',
  options: reductionOptions,

  infer(call) {
    return inferReduction(call, call.options.axes, call.options.keep);
  },

  lower(node) {
    return lowerReduction(node, node.options.axes, 'sum', (sum, count) => div(sum, constant(count)));
  },

  tfjs: tfjsReduction('mean'),

  examples: reductionExamples('mean'),
});

export const sum = layer<typeof reductionOptions>({
  name: 'sum',
  torch: 'torch.sum',
  summary: 'The sum over one axis or several.',
  description: `\`sum axes=[1, 2]\` makes \`[C]\` of \`[C, H, W]\`, and \`[C, 1, 1]\` with \`keep\`. The axes are always named, from 0 without the
batch or from the end with negative numbers: \`sum axes=-1\`. The sum of values, place by place, is \`add\`.

PyTorch: \`x.sum((2, 3))\`, \`x.sum(-1, keepdim=True)\`. Its \`x.sum()\` takes the batch as well and has no counterpart here.`,
  operands: 'one',
  sizes: 'none',
  options: reductionOptions,

  infer(call) {
    return inferReduction(call, call.options.axes, call.options.keep);
  },

  lower(node) {
    return lowerReduction(node, node.options.axes, 'sum');
  },

  tfjs: tfjsReduction('sum'),

  examples: reductionExamples('sum'),
});

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
  const folded = written.map((axis) => positiveAxis(axis, view.length)).sort((a, b) => a - b);
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
          index: view.map((_, axis) => affine(order.length, [[order.indexOf(axis), 1]])),
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
    axes.map((axis) => positiveAxis(axis, inputs[0]!.type.shape.length));
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
