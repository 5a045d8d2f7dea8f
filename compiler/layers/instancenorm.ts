import { multiply } from '../dim.ts';
import { flag, layer } from '../layer.ts';
import { shapeText } from '../shape.ts';
import { count, inputShape } from './meaning.ts';
import { eps, learnedOf, learnedWeights, lowerNormalization } from './normalization.ts';
import { cameFrom, canReach, unchanged } from './rules.ts';
import { tfjsGroups } from './tfjs.ts';
import { spatialInput } from './window.ts';

export const instancenorm = layer({
  name: 'instancenorm',
  synonyms: ['instancenorm1d', 'instancenorm2d', 'instancenorm3d', 'instance_norm'],
  torch: 'torch.nn.InstanceNorm2d',
  summary: 'Brings each channel to mean 0 and deviation 1 over its own places.',
  description: `    y[c] = (x[c] - mean[c]) / √(variance[c] + eps)

where mean and variance are those of channel c, which is axis 0, in this one picture (signal, volume). With \`affine\` a
scale and a shift are learned for each channel.

PyTorch: \`torch.nn.InstanceNorm1d\`, \`InstanceNorm2d\`, \`InstanceNorm3d\`, without \`track_running_stats\`; with that it is
\`batchnorm\`. Source: D. Ulyanov, A. Vedaldi, V. Lempitsky, *Instance Normalization: The Missing Ingredient for Fast
Stylization*, 2016, arXiv:1607.08022.`,
  operands: 'one',
  sizes: 'none',
  options: { eps, affine: flag({ default: false, doc: 'Whether scale and shift are learned.' }) },

  infer(call) {
    const image = spatialInput(call);
    if (!image) return undefined;
    const places = multiply(...image.spatial);
    if (!canReach(call, places, 2, call.span)) {
      const received = `one alone in ${shapeText([image.features, ...image.spatial])}`;
      const evidence = { layer: call.written, wanted: 'several places of a channel', received };
      call.fault('shape/rank', call.span, evidence, { because: cameFrom(call) });
    }
    return unchanged(call);
  },

  weights({ options, inputs }) {
    return learnedWeights(learnedOf(options), [count(inputs[0]!.type.shape.slice(0, 1))]);
  },

  lower(node) {
    const view = inputShape(node);
    const together = view.flatMap((_, axis) => (axis > 0 ? [axis] : []));
    const learned = learnedOf(node.options);
    return lowerNormalization({ view, together, eps: node.options.eps, centered: true, learned, learnedAxes: [0] });
  },

  tfjs: {
    channels: () => 'first',
    build: (node) => [tfjsGroups(inputShape(node)[0]!, node.options)],
  },

  examples: [
    { input: [3, 4, 5], body: 'instancenorm' },
    { input: [3, 7], body: 'instancenorm affine eps=0.01' },
    { input: [2, 2, 3, 4], body: 'instancenorm affine' },
  ],
});
