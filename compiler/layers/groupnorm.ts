import { integer, layer } from '../layer.ts';
import { checkGroups } from './groups.ts';
import { count, inputShape } from './meaning.ts';
import { affine, eps, learnedOf, learnedWeights, lowerNormalization } from './normalization.ts';
import { receivedShape, reportRank, unchanged } from './rules.ts';
import { tfjsGroups } from './tfjs.ts';

export const groupnorm = layer({
  name: 'groupnorm',
  synonyms: ['gn', 'group_norm', 'groupnormalization'],
  torch: 'torch.nn.GroupNorm',
  summary: 'Brings groups of channels to mean 0 and deviation 1, then each channel to a learned scale and shift.',
  description: `    y[c] = (x[c] - mean) / √(variance + eps) · weight[c] + bias[c]

The channels, which are axis 0, are split into \`groups\` of neighbours; mean and variance are those of a whole group, over
all of its channels and places. With one group it is a \`layernorm\` over the whole picture but for the weights, which have
one number for each channel; with as many groups as channels it is \`instancenorm\`.

PyTorch: \`torch.nn.GroupNorm\`. Source: Y. Wu, K. He, *Group Normalization*, 2018, arXiv:1803.08494.`,
  operands: 'one',
  sizes: 'none',
  options: {
    groups: integer({ short: 'g', minimum: 1, doc: 'Into how many groups the channels are split.' }),
    eps,
    affine,
  },
  positional: ['groups'],

  infer(call) {
    const shape = receivedShape(call);
    if (!shape) return undefined;
    const [channels] = shape;
    if (channels === undefined) {
      reportRank(call, 'channels', shape);
      return undefined;
    }
    checkGroups(call, call.options.groups, [{ side: 'input', features: channels }]);
    return unchanged(call);
  },

  weights({ options, inputs }) {
    return learnedWeights(learnedOf(options), [count(inputs[0]!.type.shape.slice(0, 1))]);
  },

  lower(node) {
    const [channels, ...spatial] = inputShape(node);
    const { groups, eps } = node.options;
    const view = [groups, channels! / groups, ...spatial];
    const together = view.flatMap((_, axis) => (axis > 0 ? [axis] : []));
    const learned = learnedOf(node.options);
    return lowerNormalization({ view, together, eps, centered: true, learned, learnedAxes: [0, 1] });
  },

  tfjs: {
    channels: () => 'first',
    build: ({ options: { groups, ...options } }) => [tfjsGroups(groups, options)],
  },

  examples: [
    { input: [6, 4, 5], body: 'groupnorm 3' },
    { input: [4, 6], body: 'groupnorm g2 eps=0.01' },
    { input: [6], body: 'groupnorm 2' },
    { input: [4, 2, 3, 2], body: 'groupnorm 1 affine=false' },
  ],
});
