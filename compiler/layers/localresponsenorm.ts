import { integer, layer, real } from '../layer.ts';
import { apply, constant, variable } from '../scalar/scalar.ts';
import { accumulator } from '../tensor/tensor.ts';
import { add, affine, along, div, input, inputShape, mul } from './meaning.ts';
import { receivedShape, reportRank, unchanged } from './rules.ts';

export const localresponsenorm = layer({
  name: 'localresponsenorm',
  synonyms: ['lrn', 'local_response_norm'],
  torch: 'torch.nn.LocalResponseNorm',
  summary: 'Divides each number by what it and its neighbours of other channels are at the same place.',
  description: `    y[c] = x[c] / (k + alpha / size · Σ x[c']²)^beta

for every place of channel c, which is axis 0; c' runs over \`size\` channels around c, ⌊size / 2⌋ of them before it.
Channels that are not there count as 0.

PyTorch: \`torch.nn.LocalResponseNorm\`. (In the paper and in TensorFlow alpha is not divided by the size.) Source: A.
Krizhevsky, I. Sutskever, G. Hinton, *ImageNet Classification with Deep Convolutional Neural Networks*, 2012.`,
  operands: 'one',
  sizes: 'none',
  options: {
    size: integer({ minimum: 1, doc: 'How many neighbouring channels count, the channel itself among them.' }),
    alpha: real({ default: 1e-4, doc: 'How much the squares of the neighbours count.' }),
    beta: real({ default: 0.75, doc: 'The power of the divisor.' }),
    k: real({ default: 1, doc: 'The divisor where all neighbours are 0.' }),
  },
  positional: ['size'],

  infer(call) {
    const shape = receivedShape(call);
    if (!shape) return undefined;
    if (shape.length < 2) reportRank(call, 'channels of several places', shape);
    return unchanged(call);
  },

  lower(node) {
    const axes = inputShape(node);
    const { size, alpha, beta, k } = node.options;
    const rank = axes.length;
    const all = rank + 1;
    const [, ...places] = axes.map((_, axis) => axis);
    // Neighbours beyond the first and the last channel of all need not be looked at.
    const [before, after] = [Math.floor(size / 2), Math.floor((size - 1) / 2)].map((each) =>
      Math.min(each, axes[0]! - 1),
    );
    const squares = mul(variable('neighbour'), variable('neighbour'));
    const mean = div(variable(accumulator), constant(size));
    const divisor = apply('pow', add(constant(k), mul(constant(alpha), mean)), constant(beta));
    return [
      {
        axes,
        reduction: { operator: 'sum', axes: [before! + 1 + after!], body: squares },
        loads: [
          {
            name: 'neighbour',
            from: input(),
            view: axes,
            index: [
              affine(
                all,
                [
                  [0, 1],
                  [rank, 1],
                ],
                -before!,
              ),
              ...along(all, ...places),
            ],
            outside: 0,
          },
          { name: 'x', from: input(), view: axes, index: along(all, 0, ...places) },
        ],
        result: div(variable('x'), divisor),
      },
    ];
  },

  tfjs: {
    channels: () => 'last',
    refuses({ options: { size }, output }) {
      if (output.type.shape.length !== 3) return 'its localResponseNormalization takes pictures alone';
      return size % 2 === 0 ? 'its localResponseNormalization has as many channels before as after' : undefined;
    },
    build({ options: { size, alpha, beta, k } }) {
      const config = { depthRadius: (size - 1) / 2, bias: k, alpha: alpha / size, beta };
      return [{ layer: 'LocalResponseNormalization', config }];
    },
  },

  examples: [
    { input: [6, 3, 4], body: 'localresponsenorm 5' },
    { input: [5, 4], body: 'localresponsenorm 2 alpha=0.5 beta=0.5 k=2' },
    { input: [4, 2, 3, 2], body: 'localresponsenorm size=3' },
  ],
});
