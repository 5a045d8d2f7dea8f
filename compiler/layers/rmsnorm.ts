import { axes, flag, layer, real } from '../layer.ts';
import { orderedAxes, resolveAxes } from './axes.ts';
import { count, inputShape } from './meaning.ts';
import { learnedOf, learnedWeights, lowerNormalization } from './normalization.ts';
import { receivedShape, unchanged } from './rules.ts';
import { tfjsAxis, unless } from './tfjs.ts';

/** 2^-23: from 1 to the next number that a float32 holds. */
const machineEpsilon = 2 ** -23;

export const rmsnorm = layer({
  name: 'rmsnorm',
  synonyms: ['rms_norm', 'rmsnormalization'],
  torch: 'torch.nn.RMSNorm',
  summary: 'Brings the features of each step to a mean square of 1, then to a learned scale.',
  description: `    y = x / √(mean of x² + eps) · weight

A \`layernorm\` that takes no mean off and has no shift. It works on the last axis; with \`axes\` on others.

PyTorch: \`torch.nn.RMSNorm\`, where \`affine\` is \`elementwise_affine\`, and \`eps\` is the distance from 1 to the next number
of a float32 unless it is given. Many language models give 1e-5 or 1e-6. Source: B. Zhang, R. Sennrich, *Root Mean Square
Layer Normalization*, 2019, arXiv:1910.07467.`,
  operands: 'one',
  sizes: 'none',
  options: {
    axes: axes({ default: [-1], doc: 'Along which axes the numbers belong together.' }),
    eps: real({
      default: machineEpsilon,
      minimum: 0,
      doc: 'Added to the mean of the squares, so that nothing is divided by 0.',
    }),
    affine: flag({ default: true, doc: 'Whether a scale is learned.' }),
  },

  infer(call) {
    const shape = receivedShape(call);
    return shape && resolveAxes(call, call.options.axes, shape) && unchanged(call);
  },

  weights(node) {
    const { shape } = node.inputs[0]!.type;
    const sizes = orderedAxes(node.options.axes, shape.length).map((axis) => count([shape[axis]!]));
    return learnedWeights(learnedOf({ affine: node.options.affine, bias: false }), sizes);
  },

  lower(node) {
    const view = inputShape(node);
    const { affine, eps } = node.options;
    const together = orderedAxes(node.options.axes, view.length);
    const learned = learnedOf({ affine, bias: false });
    return lowerNormalization({ view, together, eps, centered: false, learned, learnedAxes: together });
  },

  tfjs: {
    channels: () => 'first',
    build(node, channels) {
      const { affine, eps } = node.options;
      const rank = inputShape(node).length;
      const axis = orderedAxes(node.options.axes, rank).map((each) => tfjsAxis(each, rank, channels));
      const weights = affine ? [{ name: 'weight', axes: axis.map((_, place) => place) }] : [];
      return [{ layer: 'RootMeanSquare', config: { axis, epsilon: eps, ...unless(true, { scale: affine }) }, weights }];
    },
  },

  examples: [
    { input: [4, 6], body: 'rmsnorm' },
    { input: [7], body: 'rmsnorm eps=0.01 affine=false' },
    { input: [3, 4, 5], body: 'rmsnorm axes=[1, 2]' },
  ],
});
