import { axes, flag, layer, type TypedNode } from '../layer.ts';
import { orderedAxes, resolveAxes } from './axes.ts';
import { count, inputShape } from './meaning.ts';
import { affine, eps, learnedOf, learnedWeights, lowerNormalization } from './normalization.ts';
import { receivedShape, unchanged } from './rules.ts';
import { tfjsAxis, unless } from './tfjs.ts';

const options = {
  axes: axes({
    default: [-1],
    doc: 'Along which axes the numbers belong together; 0 are the channels of a picture.',
  }),
  eps,
  affine,
  bias: flag({ default: true, doc: 'Whether a shift is learned beside the scale.' }),
};

export const layernorm = layer({
  name: 'layernorm',
  synonyms: ['ln', 'layer_norm', 'layernormalization'],
  torch: 'torch.nn.LayerNorm',
  summary: 'Brings the features of each step to mean 0 and deviation 1, then to a learned scale and shift.',
  description: `    y = (x - mean) / √(variance + eps) · weight + bias

Mean and variance are taken over the last axis, so that each step of a sequence \`[T, F]\` is a group of its own; weight and
bias have one number for each of the F features. With \`axes\` they are taken over other axes, and the weights have the
sizes of those:

- \`layernorm axes=[-2, -1]\` is PyTorch's \`LayerNorm\` with two sizes in its \`normalized_shape\`.
- \`layernorm axes=0\` normalizes the channels of each place of a picture: torchvision's \`LayerNorm2d\`, as in ConvNeXt.

PyTorch: \`torch.nn.LayerNorm\`, where \`affine\` is \`elementwise_affine\`. Source: J. Ba, J. Kiros, G. Hinton, *Layer
Normalization*, 2016, arXiv:1607.06450.`,
  operands: 'one',
  sizes: 'none',
  options,

  infer(call) {
    const shape = receivedShape(call);
    return shape && resolveAxes(call, call.options.axes, shape) && unchanged(call);
  },

  weights(node) {
    const { shape } = node.inputs[0]!.type;
    const sizes = orderedAxes(node.options.axes, shape.length).map((axis) => count([shape[axis]!]));
    return learnedWeights(learnedOf(node.options), sizes);
  },

  lower(node) {
    const view = inputShape(node);
    const together = orderedAxes(node.options.axes, view.length);
    const learned = learnedOf(node.options);
    return lowerNormalization({
      view,
      together,
      eps: node.options.eps,
      centered: true,
      learned,
      learnedAxes: together,
    });
  },

  tfjs: {
    channels: (node) => (isOfChannels(node) ? 'last' : 'first'),
    refuses({ output, options: { affine, bias } }) {
      if (output.type.shape.length > 3) return 'its layerNormalization takes three axes at most';
      return affine && !bias ? 'its layerNormalization cannot be trained without a shift' : undefined;
    },
    build(node, channels) {
      const { affine, eps } = node.options;
      const rank = inputShape(node).length;
      const axis = orderedAxes(node.options.axes, rank).map((each) => tfjsAxis(each, rank, channels));
      const places = axis.map((_, place) => place);
      // Training fails where it has no scale and no shift; so they are there, fixed.
      const weights = affine ? ['weight', 'bias'].map((name) => ({ name, axes: places })) : [null, null];
      const config = { axis, epsilon: eps, ...unless(true, { trainable: affine }) };
      return [{ layer: 'layerNormalization', config, weights }];
    },
  },

  examples: [
    { input: [4, 6], body: 'layernorm' },
    { input: [7], body: 'layernorm eps=0.01' },
    { input: [3, 4, 5], body: 'layernorm axes=0' },
    { input: [2, 3, 5], body: 'layernorm axes=[-2, -1] bias=false' },
    { input: [2, 3, 4], body: 'layernorm axes=1 affine=false' },
  ],
});

/** In tfjs the channels stand last, where most of its layers have them. */
function isOfChannels({ options: { axes }, output }: Pick<TypedNode<typeof options>, 'options' | 'output'>): boolean {
  return axes.length === 1 && orderedAxes(axes, output.type.shape.length)[0] === 0;
}
