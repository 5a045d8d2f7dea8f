import { layer } from '../layer.ts';
import { globalPoolOptions, inferGlobalPool, lowerGlobalPool, tfjsGlobalPool } from './globalpool.ts';

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

  tfjs: tfjsGlobalPool('MaxPooling'),

  examples: [
    { input: [3, 5, 6], body: 'globalmaxpool' },
    { input: [3, 5, 6], body: 'globalmaxpool keep' },
    { input: [3, 7], body: 'globalmaxpool' },
    { input: [2, 3, 4, 5], body: 'globalmaxpool' },
  ],
});
