import { layer } from '../layer.ts';
import {
  adaptivePoolOptions,
  inferAdaptivePool,
  lowerAdaptivePool,
  refuseAdaptivePool,
  tfjsAdaptivePool,
  workAdaptivePool,
} from './adaptivepool.ts';
import { isTfjsMaxPool } from './pool.ts';
import { tfjsSizes } from './tfjs.ts';

export const adaptivemaxpool = layer({
  name: 'adaptivemaxpool',
  synonyms: [
    'adaptivemaxpool1d',
    'adaptivemaxpool2d',
    'adaptivemaxpool3d',
    'adaptive_max_pool',
    'adaptive_max_pool1d',
    'adaptive_max_pool2d',
    'adaptive_max_pool3d',
  ],
  torch: 'torch.nn.AdaptiveMaxPool2d',
  summary: 'The largest number of each window, of as many windows as are asked for.',
  description: `\`adaptivemaxpool 7\` gives \`[C, 7, 7]\` of a picture of any size. The windows are those of \`adaptiveavgpool\`.

PyTorch: \`torch.nn.AdaptiveMaxPool1d\`, \`AdaptiveMaxPool2d\`, \`AdaptiveMaxPool3d\`. \`adaptivemaxpool 1\` is \`globalmaxpool keep\`.`,
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
    return lowerAdaptivePool(node, { operator: 'max', neutral: Number.NEGATIVE_INFINITY }, (largest) => largest);
  },

  tfjs: {
    channels: () => 'last',
    refuses: refuseAdaptivePool,
    build(node) {
      return tfjsAdaptivePool(node, (windows) => ({
        layer: isTfjsMaxPool(windows) ? `maxPooling${windows.length}d` : 'MaxPooling',
        config: { poolSize: tfjsSizes(windows) },
      }));
    },
  },

  examples: [
    { input: [3, 6, 8], body: 'adaptivemaxpool 3x2' },
    { input: [2, 5, 7], body: 'adaptivemaxpool 3' },
    { input: [3, 11], body: 'adaptivemaxpool 4' },
    { input: [2, 4, 6, 9], body: 'adaptivemaxpool 2x3x3' },
  ],
});
