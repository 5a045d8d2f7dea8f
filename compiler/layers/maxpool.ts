import { layer, size } from '../layer.ts';
import { inputShape, outputShape } from './meaning.ts';
import { inferPool, isTfjsMaxPool, lowerPool, poolOptions, tfjsPoolSizes } from './pool.ts';
import { tfjsSizes, unless, windowPadding } from './tfjs.ts';
import { slideWorking, windowOf } from './window.ts';

export const maxpool = layer({
  name: 'maxpool',
  synonyms: ['maxpool1d', 'maxpool2d', 'maxpool3d', 'max_pool', 'maxpooling1d', 'maxpooling2d', 'maxpooling3d'],
  torch: 'torch.nn.MaxPool2d',
  summary: 'The largest number of each window.',
  description: `    y[c, i, j] = max over m, n of x[c, i · stride + m · dilation - padding, j · stride + n · dilation - padding]

Places outside of the input do not count. Each spatial axis of the result has

    ⌊(size + 2 · padding - dilation · (kernel - 1) - 1) / stride⌋ + 1

or, with \`ceil\`, the same rounded up; a window that would begin in the padding after the input does not count then.

PyTorch: \`torch.nn.MaxPool1d\`, \`MaxPool2d\`, \`MaxPool3d\`.`,
  operands: 'one',
  sizes: 'none',
  options: {
    ...poolOptions,
    dilation: size({ short: 'd', default: [1], minimum: 1, doc: 'Distance of the places that a window looks at.' }),
  },
  positional: ['kernel'],

  infer(call) {
    return inferPool(call, call.options);
  },

  working(node) {
    return slideWorking(node, node.options);
  },

  lower(node) {
    return lowerPool(node, { operator: 'max', outside: Number.NEGATIVE_INFINITY }, (largest) => largest);
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const [, ...spatial] = inputShape(node);
      const [, ...outputs] = outputShape(node);
      const window = windowOf(node.options, spatial.length);
      const kernel = window.axes.map((axis) => axis.kernel);
      const dilationRate = tfjsSizes(window.axes.map((axis) => axis.dilation));
      // The layers of tfjs know no dilation.
      const isPlain = dilationRate === 1 && isTfjsMaxPool(kernel);
      const { pads, padding } = windowPadding(window, spatial, outputs, { value: '-Infinity', same: isPlain });
      const config = { ...tfjsPoolSizes(window), ...padding };
      return isPlain
        ? [...pads, { layer: `maxPooling${spatial.length}d`, config }]
        : [...pads, { layer: 'MaxPooling', config: { ...config, ...unless(1, { dilationRate }) } }];
    },
  },

  examples: [
    { input: [3, 6, 8], body: 'maxpool 2' },
    { input: [2, 7, 9], body: 'maxpool k3 s2 p1' },
    { input: [2, 8, 7], body: 'maxpool 3 s2 ceil' },
    { input: [2, 6, 7], body: 'maxpool k2 s3 p1 ceil' },
    { input: [2, 8, 9], body: 'maxpool k3 s2 p1 d2' },
    { input: [3, 11], body: 'maxpool 3 s2 p1' },
    { input: [2, 5, 6, 7], body: 'maxpool k=2x3x3 s=1x2x2 p=0x1x1' },
  ],
});
