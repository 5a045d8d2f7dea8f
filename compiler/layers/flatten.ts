import { dimText, multiply } from '../dim.ts';
import { layer } from '../layer.ts';
import { copy, inputShape } from './meaning.ts';
import { gives, receivedShape } from './rules.ts';

export const flatten = layer({
  name: 'flatten',
  torch: 'torch.nn.Flatten',
  summary: 'All numbers as one vector, in row-major order.',
  description: `\`[C, H, W]\` becomes \`[C · H · W]\`: the last axis runs fastest, so that each channel stays in one piece. Nothing
is computed or moved.

PyTorch: \`torch.nn.Flatten\`, \`x.flatten(1)\`. Its \`x.view(-1, 400)\` is not the same: with pictures of another size that
makes more rows of 400, and one picture more than one result, without a word.`,
  operands: 'one',
  sizes: 'none',
  options: {},

  infer(call) {
    const shape = receivedShape(call);
    if (!shape) return undefined;
    const note = shape.map((dim) => (/^\w+$/.test(dimText(dim)) ? dimText(dim) : `(${dimText(dim)})`)).join(' × ');
    return gives([multiply(...shape)], shape.length > 1 ? { note } : {});
  },

  lower: copy,

  tfjs: {
    // Channels stand first, so that the numbers come in PyTorch's order.
    channels: () => 'first',
    build(node) {
      const rank = inputShape(node).length;
      if (rank === 1) return [];
      return rank === 0 ? [{ layer: 'reshape', config: { targetShape: [1] } }] : [{ layer: 'flatten', config: {} }];
    },
  },

  examples: [
    { input: [2, 3, 4], body: 'flatten' },
    { input: [3, 6, 6], body: 'conv ->2 k3 | flatten | linear ->4' },
  ],
});
