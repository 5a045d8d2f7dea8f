import { layer } from '../layer.ts';
import {
  adaptivePoolOptions,
  inferAdaptivePool,
  lowerAdaptivePool,
  refuseAdaptivePool,
  tfjsAdaptivePool,
  workAdaptivePool,
} from './adaptivepool.ts';
import { div } from './meaning.ts';
import { tfjsSizes } from './tfjs.ts';

export const adaptiveavgpool = layer({
  name: 'adaptiveavgpool',
  synonyms: [
    'adaptiveavgpool1d',
    'adaptiveavgpool2d',
    'adaptiveavgpool3d',
    'adaptive_avg_pool',
    'adaptive_avg_pool1d',
    'adaptive_avg_pool2d',
    'adaptive_avg_pool3d',
  ],
  torch: 'torch.nn.AdaptiveAvgPool2d',
  summary: 'The mean of each window, of as many windows as are asked for.',
  description: `\`adaptiveavgpool 7\` gives \`[C, 7, 7]\` of a picture of any size, \`5x7\` gives \`[C, 5, 7]\`. Of n places along an axis,
window i of m takes those

    from ⌊i · n / m⌋ up to ⌈(i + 1) · n / m⌉, the last one excluded

so that the windows have one size and lie side by side where m divides n, and overlap otherwise; of fewer places than windows
some are taken several times. A net of symbolic sizes becomes one of fixed sizes here, as a \`linear\` wants it.

PyTorch: \`torch.nn.AdaptiveAvgPool1d\`, \`AdaptiveAvgPool2d\`, \`AdaptiveAvgPool3d\`. \`adaptiveavgpool 1\` is \`globalavgpool keep\`.`,
  operands: 'one',
  sizes: 'none',
  options: adaptivePoolOptions,
  positional: ['output_size'],

  infer(call) {
    return inferAdaptivePool(call, call.options);
  },

  working(node) {
    return workAdaptivePool(node);
  },

  lower(node) {
    return lowerAdaptivePool(node, { operator: 'sum', neutral: 0 }, div);
  },

  tfjs: {
    channels: () => 'last',
    refuses: refuseAdaptivePool,
    build(node) {
      return tfjsAdaptivePool(node, (windows) => ({
        layer: `averagePooling${windows.length}d`,
        config: { poolSize: tfjsSizes(windows) },
      }));
    },
  },

  examples: [
    { input: [3, 6, 8], body: 'adaptiveavgpool 3x2' },
    { input: [2, 5, 7], body: 'adaptiveavgpool 3' },
    { input: [2, 3, 4], body: 'adaptiveavgpool 6x4' },
    { input: [3, 11], body: 'adaptiveavgpool 4' },
    { input: [2, 4, 5, 6], body: 'adaptiveavgpool 2x3x3' },
  ],
});
