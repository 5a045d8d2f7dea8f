import { layer } from '../layer.ts';
import { globalPoolOptions, inferGlobalPool, lowerGlobalPool } from './globalpool.ts';
import { inputShape } from './meaning.ts';
import { unless } from './tfjs.ts';

export const globalmaxpool = layer({
  name: 'globalmaxpool',
  synonyms: ['global_max_pool'],
  torch: 'torch.nn.AdaptiveMaxPool2d',
  summary: 'The largest number of each channel over all places.',
  description: `    y[c] = max over i, j of x[c, i, j]

\`[C, H, W]\` becomes \`[C]\`, or \`[C, 1, 1]\` with \`keep\`; signals and volumes likewise.

PyTorch: \`x.amax((2, 3))\`; with \`keep\`, \`torch.nn.AdaptiveMaxPool2d(1)\`.`,
  operands: 'one',
  sizes: 'none',
  options: globalPoolOptions,

  infer(call) {
    return inferGlobalPool(call, call.options);
  },

  lower(node) {
    return lowerGlobalPool(node, 'max', (largest) => largest);
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      // Of several places that are equally large, each has all of the slope in tfjs's own layers.
      const axes = inputShape(node)
        .slice(1)
        .map((_, axis) => axis + 1);
      return [{ layer: 'Reduction', config: { operator: 'max', axes, ...unless(false, { keep: node.options.keep }) } }];
    },
  },

  examples: [
    { input: [3, 5, 6], body: 'globalmaxpool' },
    { input: [3, 5, 6], body: 'globalmaxpool keep' },
    { input: [3, 7], body: 'globalmaxpool' },
    { input: [2, 3, 4, 5], body: 'globalmaxpool' },
  ],
});
