import { layer, type TfjsLayer } from '../layer.ts';
import { constant } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { globalPoolOptions, inferGlobalPool, lowerGlobalPool } from './globalpool.ts';
import { div, inputShape } from './meaning.ts';

export const globalavgpool = layer({
  name: 'globalavgpool',
  synonyms: ['gap', 'global_avg_pool'],
  torch: 'torch.nn.AdaptiveAvgPool2d',
  summary: 'The mean of each channel over all places.',
  description: `    y[c] = 1 / (H · W) · Σ x[c, i, j]

\`[C, H, W]\` becomes \`[C]\`, or \`[C, 1, 1]\` with \`keep\`; signals and volumes likewise.

PyTorch: \`x.mean((2, 3))\`; with \`keep\`, \`torch.nn.AdaptiveAvgPool2d(1)\`. Source: M. Lin, Q. Chen, S. Yan, *Network in
Network*, 2013, arXiv:1312.4400.`,
  operands: 'one',
  sizes: 'none',
  options: globalPoolOptions,

  infer(call) {
    return inferGlobalPool(call, call.options);
  },

  lower(node) {
    return lowerGlobalPool(node, 'sum', (sum, places) => div(sum, constant(places)));
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const [channels, ...spatial] = inputShape(node);
      const reshape = (targetShape: readonly number[]): TfjsLayer => ({ layer: 'reshape', config: { targetShape } });
      // tfjs has none for volumes, but their places are as good in a row.
      const row = spatial.length > 2 ? [reshape([product(spatial), channels!])] : [];
      const pool = { layer: `globalAveragePooling${spatial.length > 2 ? 1 : spatial.length}d`, config: {} };
      return [...row, pool, ...(node.options.keep ? [reshape([...spatial.map(() => 1), channels!])] : [])];
    },
  },

  examples: [
    { input: [3, 5, 6], body: 'globalavgpool' },
    { input: [3, 5, 6], body: 'globalavgpool keep' },
    { input: [3, 7], body: 'globalavgpool' },
    { input: [2, 3, 4, 5], body: 'globalavgpool' },
  ],
});
