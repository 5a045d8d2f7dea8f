import { axis, type Inferred, layer, type TfjsLayer, type TfjsRow, type TypedNode } from '../layer.ts';
import { apply, type Scalar, variable } from '../scalar/scalar.ts';
import { accumulator, type Meaning } from '../tensor/tensor.ts';
import { positiveAxis, resolveAxis } from './axes.ts';
import { div, inOrder, input, inputShape, type MeaningLoad, step, sub } from './meaning.ts';
import { type AnyCall, receivedShape, unchanged } from './rules.ts';
import { tfjsAxis } from './tfjs.ts';

const options = {
  axis: axis({ default: -1, doc: 'Along which axis the numbers belong together; 0 are the channels of a picture.' }),
};

export const softmax = layer({
  name: 'softmax',
  torch: 'torch.nn.Softmax',
  summary: 'Makes probabilities of numbers: positive, with the sum 1.',
  description: `    y[i] = e^(x[i] - m) / Σ e^(x[j] - m),   m = max x[j]

along one axis, the last by default. Taking off the largest number changes nothing but that no power is too large.

PyTorch: \`torch.nn.Softmax\`, whose \`dim\` counts the batch; \`torch.nn.Softmax2d\` is \`softmax axis=0\`. Source: J. S. Bridle,
*Probabilistic Interpretation of Feedforward Classification Network Outputs*, 1990.`,
  operands: 'one',
  sizes: 'none',
  options,

  infer(call) {
    return inferSoftmax(call, call.options);
  },

  lower(node) {
    return lowerSoftmax(node, (shifted, sum) => div(apply('exp', shifted), sum));
  },

  tfjs: alongLastAxis({ layer: 'softmax', config: { axis: -1 } }),

  examples: [
    { input: [7], body: 'softmax' },
    { input: [4, 3, 3], body: 'softmax axis=0' },
    { input: [2, 5, 3], body: 'softmax axis=1' },
    { input: [2, 3, 5], body: 'softmax axis=-1' },
  ],
});

export const log_softmax = layer({
  name: 'log_softmax',
  synonyms: ['logsoftmax'],
  torch: 'torch.nn.LogSoftmax',
  summary: 'The logarithms of the probabilities that softmax gives.',
  description: `    y[i] = x[i] - m - log Σ e^(x[j] - m),   m = max x[j]

along one axis, the last by default. It is exact where softmax itself would give 0.

PyTorch: \`torch.nn.LogSoftmax\`, whose \`dim\` counts the batch.`,
  operands: 'one',
  sizes: 'none',
  options,

  infer(call) {
    return inferSoftmax(call, call.options);
  },

  lower(node) {
    return lowerSoftmax(node, (shifted, sum) => sub(shifted, apply('log', sum)));
  },

  tfjs: alongLastAxis({ layer: 'LogSoftmax', config: {} }),

  examples: [
    { input: [7], body: 'log_softmax' },
    { input: [4, 3, 3], body: 'log_softmax axis=0' },
  ],
});

export const softmin = layer({
  name: 'softmin',
  torch: 'torch.nn.Softmin',
  summary: 'Makes probabilities of numbers, the largest of the smallest.',
  description: `    y[i] = e^(m - x[i]) / Σ e^(m - x[j]),   m = min x[j]

along one axis, the last by default: \`softmax\` of the numbers with the other sign.

PyTorch: \`torch.nn.Softmin\`, whose \`dim\` counts the batch.`,
  operands: 'one',
  sizes: 'none',
  options,

  infer(call) {
    return inferSoftmax(call, call.options);
  },

  lower(node) {
    return lowerSoftmax(node, (shifted, sum) => div(apply('exp', shifted), sum), 'min');
  },

  tfjs: alongLastAxis({ layer: 'Softmin', config: {} }),

  examples: [
    { input: [7], body: 'softmin' },
    { input: [4, 3, 3], body: 'softmin axis=0' },
  ],
});

function inferSoftmax(call: AnyCall, { axis }: { readonly axis: number }): Inferred | undefined {
  const shape = receivedShape(call);
  if (!shape || resolveAxis(call, axis, shape) === undefined) return undefined;
  return unchanged(call);
}

/**
 * The largest number of each row, the sum of the powers, and what `result` makes of both; or all of the numbers with the
 * other sign, the smallest of which is taken then.
 */
function lowerSoftmax(
  node: TypedNode<typeof options>,
  result: (shifted: Scalar, sum: Scalar) => Scalar,
  extreme: 'max' | 'min' = 'max',
): Meaning {
  const shape = inputShape(node);
  const along = positiveAxis(node.options.axis, shape.length);
  const all = [...shape.keys()];
  const others = all.toSpliced(along, 1);
  const rows = others.map((axis) => shape[axis]!);
  // In a reduction the row's axes come first and the axis itself last; the result has the axes of the shape.
  const folded = inOrder([...others, along]);
  const plain = inOrder(all);
  const x = { name: 'x', from: input(), view: shape };
  const ofRow = (name: string, index: number, axes: MeaningLoad['index']): MeaningLoad => ({
    name,
    from: step(index),
    view: rows,
    index: axes.toSpliced(along, 1),
  });
  const [own, bound] = [variable('x'), variable('bound')];
  const shifted = extreme === 'max' ? sub(own, bound) : sub(bound, own);
  return [
    {
      axes: rows,
      reduction: { operator: extreme, axes: [shape[along]!], body: variable('x') },
      loads: [{ ...x, index: folded }],
      result: variable(accumulator),
    },
    {
      axes: rows,
      reduction: { operator: 'sum', axes: [shape[along]!], body: apply('exp', shifted) },
      loads: [{ ...x, index: folded }, ofRow('bound', 0, folded)],
      result: variable(accumulator),
    },
    {
      axes: shape,
      loads: [{ ...x, index: plain }, ofRow('bound', 0, plain), ofRow('sum', 1, plain)],
      result: result(shifted, variable('sum')),
    },
  ];
}

/** tfjs knows both along the last axis only; another one changes places with it. */
function alongLastAxis(softmax: TfjsLayer): TfjsRow<typeof options> {
  return {
    channels: ({ options: { axis }, output }) =>
      positiveAxis(axis, output.type.shape.length) === 0 ? 'last' : 'first',
    build({ options: { axis }, output }, channels) {
      const rank = output.type.shape.length;
      const along = tfjsAxis(positiveAxis(axis, rank), rank, channels);
      if (along === rank) return [softmax];
      const dims = output.type.shape.map((_, index) => index + 1);
      [dims[along - 1], dims[rank - 1]] = [rank, along];
      const exchange = { layer: 'permute', config: { dims } };
      return [exchange, softmax, exchange];
    },
  };
}
