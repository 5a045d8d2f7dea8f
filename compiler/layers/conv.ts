import { type Dim, divideCeil } from '../dim.ts';
import { flag, integer, layer, type PlacelessNode, padding, perAxis, size } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { accumulator } from '../tensor/tensor.ts';
import { checkGroups, type GroupedSide } from './groups.ts';
import { add, along, count, input, inputShape, mul, outputShape, weight } from './meaning.ts';
import { setOption } from './repairs.ts';
import { type FeatureSizes, featureSizes, gives, isSame } from './rules.ts';
import { tfjsSizes, unless, windowPadding } from './tfjs.ts';
import { readsOutside, slide, slideWorking, windowIndex, windowOf } from './window.ts';

const options = {
  kernel: size({ short: 'k', minimum: 1, doc: 'Size of the window.' }),
  stride: size({ short: 's', default: [1], minimum: 1, doc: 'Steps between windows.' }),
  padding: padding({
    short: 'p',
    default: [0],
    minimum: 0,
    choices: ['same', 'valid'],
    doc: 'Zeros around the input: a number, one for each axis, `[top, bottom, left, right]`, `same` or `valid` (none).',
  }),
  dilation: size({ short: 'd', default: [1], minimum: 1, doc: 'Distance of the taps of the window.' }),
  groups: integer({ short: 'g', default: 1, minimum: 1, doc: 'Groups of channels that do not see each other.' }),
  bias: flag({ default: true, doc: 'Whether a learned number is added to each channel.' }),
};

export const conv = layer({
  name: 'conv',
  synonyms: ['conv1d', 'conv2d', 'conv3d', 'convolution'],
  torch: 'torch.nn.Conv2d',
  summary: 'Convolution over a signal, a picture or a volume, by the rank of what it receives.',
  description: `Each output channel is the sum of all input channels of its group, weighted by a window that slides over the
spatial axes:

    y[o, i, j] = bias[o] + Σ weight[o, c, m, n] · x[c, i · stride + m · dilation - padding, j · stride + n · dilation - padding]

(what textbooks call cross-correlation). Outside of the input, x is 0. Each spatial axis of the result has

    ⌊(size + padding before and after - dilation · (kernel - 1) - 1) / stride⌋ + 1

\`padding=same\` adds dilation · (kernel - 1) zeros to each axis, the odd one at the end, so that stride 1 keeps the size, as
PyTorch does; stride s gives ⌈size / s⌉, where PyTorch refuses and its users write \`padding=(kernel - 1) // 2\`, which is the
same for odd kernels. Depthwise: \`conv 16->16 k3 g16\`.

PyTorch: \`torch.nn.Conv1d\`, \`Conv2d\`, \`Conv3d\`. Source: Y. LeCun et al., *Backpropagation Applied to Handwritten Zip Code
Recognition*, 1989.`,
  operands: 'one',
  sizes: 'both',
  features: 'first',
  options,
  positional: ['kernel'],

  infer(call) {
    const slid = slide(call, { ...call.options, padsToSame: true });
    if (!slid) return undefined;
    const sizes = featureSizes(call, slid.features);
    if (!sizes) return undefined;
    checkGroups(call, call.options.groups, groupedSides(sizes, slid.features));
    const steps = slid.window.axes.map((axis) => axis.stride);
    return gives([sizes.out, ...slid.spatial], {
      sizes,
      // Where the places that padding adds are missing.
      remedy: (wanted) =>
        isSame([sizes.out, ...slid.received.map((size, axis) => divideCeil(size, steps[axis]!))], wanted)
          ? setOption(call, 'padding', 'p=same')
          : undefined,
    });
  },

  working(node) {
    return slideWorking(node, node.options);
  },

  weights(node) {
    const shape = kernelShape(node);
    const init = { kind: 'uniform', bound: initialBound(shape) } as const;
    return [
      { name: 'weight', shape, role: 'parameter', init },
      ...(node.options.bias ? [{ name: 'bias', shape: [shape[0]!], role: 'parameter', init } as const] : []),
    ];
  },

  macs({ sizes, options: { kernel, groups }, output }) {
    const shape = output.type.shape;
    return count(shape) * (sizes!.in / groups) * product(perAxis(kernel, shape.length - 1));
  },

  lower(node) {
    const [channels, ...spatial] = inputShape(node);
    const [features, ...outputs] = outputShape(node);
    const rank = spatial.length;
    const window = windowOf(node.options, rank);
    const kernel = window.axes.map((axis) => axis.kernel);
    const groups = node.options.groups;
    // An axis for the group only where there is more than one: each walks over its own input channels.
    const grouping = groups > 1 ? [groups] : [];
    const axes = [...grouping, features! / groups, ...outputs];
    const reduction = [channels! / groups, ...kernel];
    const all = axes.length + reduction.length;
    const own = Array.from({ length: grouping.length + 1 }, (_, axis) => axis);
    const group = own.slice(0, -1);
    const channel = axes.length;
    const taps = kernel.map((_, axis) => channel + 1 + axis);
    return [
      {
        axes,
        reduction: { operator: 'sum', axes: reduction, body: mul(variable('x'), variable('weight')) },
        loads: [
          {
            name: 'x',
            from: input(),
            view: [...grouping, channels! / groups, ...spatial],
            index: [
              ...along(all, ...group, channel),
              ...window.axes.map((axis, i) => windowIndex(all, axis, own.length + i, taps[i]!)),
            ],
            ...(readsOutside(window, spatial, outputs) && { outside: 0 }),
          },
          {
            name: 'weight',
            from: weight('weight'),
            view: [...grouping, features! / groups, ...reduction],
            index: along(all, ...own, channel, ...taps),
          },
          ...(node.options.bias
            ? [{ name: 'bias', from: weight('bias'), view: axes.slice(0, own.length), index: along(all, ...own) }]
            : []),
        ],
        result: node.options.bias ? add(variable(accumulator), variable('bias')) : variable(accumulator),
      },
    ];
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const { sizes, options } = node;
      const [, ...spatial] = inputShape(node);
      const [, ...outputs] = outputShape(node);
      const rank = spatial.length;
      const window = windowOf(options, rank);
      const { pads, padding } = windowPadding(window, spatial, outputs, { value: 0, same: true });
      const { groups, bias } = options;
      const kernelSize = tfjsSizes(window.axes.map((axis) => axis.kernel));
      const dilationRate = tfjsSizes(window.axes.map((axis) => axis.dilation));
      const shared = {
        kernelSize,
        ...unless(1, { strides: tfjsSizes(window.axes.map((axis) => axis.stride)) }),
        ...padding,
        ...unless(true, { useBias: bias }),
      };
      const taps = spatial.map((_, axis) => axis + 2);
      const biases = bias ? [{ name: 'bias', axes: [0], initializer: 'biasInitializer' }] : [];
      // [out, in, …kernel] is [kernel…, in, out] in tfjs.
      const axes = [...taps, 1, 0];
      // The layers of tfjs know no groups but depthwise pictures, and cannot be trained where they are dilated.
      if (dilationRate === 1 && groups === 1) {
        const kernel = { name: 'weight', axes, initializer: 'kernelInitializer' };
        const config = { filters: sizes!.out, ...shared };
        return [...pads, { layer: `conv${rank}d`, config, weights: [kernel, ...biases], activates: true }];
      }
      if (dilationRate === 1 && groups === sizes!.in && rank === 2) {
        // Depthwise, [in · multiplier, 1, …kernel] is [kernel…, in, multiplier].
        const kernel = { name: 'weight', axes: [...taps, 0, 1], initializer: 'depthwiseInitializer' };
        const config = { ...shared, ...unless(1, { depthMultiplier: sizes!.out / groups }) };
        return [...pads, { layer: 'depthwiseConv2d', config, weights: [kernel, ...biases], activates: true }];
      }
      const config = { filters: sizes!.out, ...shared, ...unless(1, { dilationRate }), ...unless(1, { groups }) };
      const bound = initialBound(kernelShape(node));
      const weights = [{ name: 'weight', axes }, ...(bias ? [{ name: 'bias', axes: [0] }] : [])];
      return [...pads, { layer: 'Convolution', config: { ...config, bound }, weights }];
    },
  },

  examples: [
    { input: [3, 7, 8], body: 'conv 3->4 k3' },
    { input: [2, 9, 10], body: 'conv 2->3 k3x5 stride=2x3 bias=false' },
    { input: [2, 6, 5], body: 'conv 2->3 k4x2 p=same' },
    { input: [2, 6, 5], body: 'conv 2->3 k3 p=[0, 1, 2, 0]' },
    { input: [2, 9, 9], body: 'conv ->3 k3 s2 p2 d2' },
    { input: [4, 5, 6], body: 'conv 4->6 k3 g2 p=valid' },
    { input: [4, 7, 8], body: 'conv 4->4 k3 s2 p1 g4' },
    { input: [3, 12], body: 'conv 3->4 k5 s2 p2' },
    { input: [2, 4, 5, 6], body: 'conv 2->3 k=2x3x3 s=1x2x2 p=0x1x1' },
  ],
});

/** `[out, in / groups, …kernel]` */
function kernelShape({ sizes, options: { kernel, groups }, output }: ConvNode): readonly number[] {
  return [sizes!.out, sizes!.in / groups, ...perAxis(kernel, output.type.shape.length - 1)];
}

/** PyTorch draws kernel and bias from the uniform distribution between -b and b, by the number of products in a sum. */
function initialBound(kernel: readonly number[]): number {
  return 1 / Math.sqrt(product(kernel.slice(1)));
}

type ConvNode = Pick<PlacelessNode<typeof options>, 'sizes' | 'options' | 'output'>;

/** Both sides of the arrow. Channels that depend on symbolic sizes are those that arrive. */
export function groupedSides(sizes: FeatureSizes, received: Dim): readonly GroupedSide[] {
  return [
    { side: 'input', features: Number.isNaN(sizes.in) ? received : sizes.in },
    { side: 'output', features: sizes.out },
  ];
}
