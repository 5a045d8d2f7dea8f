import { add as addSizes, type Dim, equal, multiply, subtract } from '../dim.ts';
import { type Fix, replacement } from '../fault.ts';
import { flag, integer, layer, type PlacelessNode, padding, perAxis, size } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product, type Shape } from '../shape.ts';
import { groupedSides } from './conv.ts';
import { leavesPlaces } from './crop.ts';
import { checkGroups } from './groups.ts';
import { otherLayout } from './layouts.ts';
import { affine, count, inputShape, outputShape, step, weight } from './meaning.ts';
import { phaseSums, phasesOf, sortedWeight, spreadWeight, type TransposedAxis } from './phases.ts';
import { setOption } from './repairs.ts';
import { type AnyCall, featureSizes, gives } from './rules.ts';
import { tfjsCrop, tfjsPad, tfjsSizes, unless } from './tfjs.ts';
import { axisName, type SpatialNode, spanWorked, spatialInput, suitsAxes, windowOf } from './window.ts';
import { part, sidesWorked, workingLines } from './working.ts';

const options = {
  kernel: size({ short: 'k', minimum: 1, doc: 'Size of the window.' }),
  stride: size({ short: 's', default: [1], minimum: 1, doc: 'Steps between windows in the result.' }),
  padding: padding({
    short: 'p',
    default: [0],
    minimum: 0,
    choices: ['same', 'valid'],
    doc: 'What is taken off the borders of the result: a number, one for each axis, `[top, bottom, left, right]`, `same` (the result is stride times the size) or `valid` (nothing).',
  }),
  output_padding: size({
    default: [0],
    minimum: 0,
    doc: 'What is added at the end of each axis of the result, less than the stride.',
  }),
  dilation: size({ short: 'd', default: [1], minimum: 1, doc: 'Distance of the taps of the window.' }),
  groups: integer({ short: 'g', default: 1, minimum: 1, doc: 'Groups of channels that do not see each other.' }),
  bias: flag({ default: true, doc: 'Whether a learned number is added to each channel.' }),
};

export const deconv = layer({
  name: 'deconv',
  synonyms: [
    'deconv1d',
    'deconv2d',
    'deconv3d',
    'convtranspose',
    'convtranspose1d',
    'convtranspose2d',
    'convtranspose3d',
    'conv_transpose',
    'conv_transpose1d',
    'conv_transpose2d',
    'conv_transpose3d',
    'transposedconv',
    'conv1dtranspose',
    'conv2dtranspose',
    'conv3dtranspose',
  ],
  torch: 'torch.nn.ConvTranspose2d',
  summary: 'Transposed convolution: each place of the input lays a weighted window onto a larger result.',
  description: `It does to sizes the opposite of \`conv\` with the same options, and is what its gradient is made of:

    y[o, i · stride + m · dilation - padding, j · stride + n · dilation - padding] += weight[c, o, m, n] · x[c, i, j]

from \`bias[o]\` on, for all c, i, j, m, n. Each spatial axis of the result has

    (size - 1) · stride + dilation · (kernel - 1) + 1 - padding before and after + output_padding

A convolution gives the same size for several sizes of its input; \`output_padding\`, from 0 to stride - 1, says which of them is
meant. Without having to count, \`padding=same\` gives stride · size: as \`conv … p=same\` it pads by dilation · (kernel - 1) in all,
the odd one at the end, with an \`output_padding\` of stride - 1 (\`k3 s2 p=same\` is \`k3 s2 p1 output_padding=1\`, and
\`k4 s2 p=same\` is \`k4 s2 p1\`). \`deconv 128->64 k2 s2\` doubles pictures without overlap, as a U-Net wants it.

The weight is laid out as \`[in, out / groups, …kernel]\`, in and out the other way round than in \`conv\`.

PyTorch: \`torch.nn.ConvTranspose1d\`, \`ConvTranspose2d\`, \`ConvTranspose3d\`, whose padding has no words. Source: M. D. Zeiler et al.,
*Deconvolutional Networks*, 2010; V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning*, 2016,
arXiv:1603.07285.`,
  operands: 'one',
  sizes: 'both',
  features: 'first',
  options,
  positional: ['kernel'],

  infer(call) {
    const image = spatialInput(call);
    if (!image) return undefined;
    const { features, spatial } = otherLayout(call, image, () => true) ?? image;
    for (const option of ['kernel', 'stride', 'padding', 'output_padding', 'dilation'] as const) {
      const value = call.options[option];
      if (typeof value === 'string') continue;
      if (!suitsAxes(call, option, value, spatial.length, option === 'padding')) return undefined;
    }
    checkOutputPadding(call, call.options, spatial.length);
    const axes = transposedAxes(call.options, spatial.length);
    const whole = spatial.map((size, axis) => wholeSize(size, axes[axis]!));
    const sides = axes.map(({ before, after }) => [before, after] as const);
    if (!leavesPlaces(call, 'padding', whole, sides, (text) => `p${text.startsWith('[') ? '=' : ''}${text}`))
      return undefined;
    const sizes = featureSizes(call, features);
    if (!sizes) return undefined;
    checkGroups(call, call.options.groups, groupedSides(sizes, features));
    const shape = [sizes.out, ...whole.map((size, axis) => addSizes(size, -sides[axis]![0], -sides[axis]![1]))];
    return gives(shape, { sizes, remedy: (wanted) => addPadding(call, call.options, shape, wanted) });
  },

  working(node) {
    return transposedWorking(node, node.options);
  },

  weights(node) {
    const shape = kernelShape(node);
    // PyTorch takes the second axis of the weight for its inputs here too.
    const init = { kind: 'uniform', bound: 1 / Math.sqrt(product(shape.slice(1))) } as const;
    return [
      { name: 'weight', shape, role: 'parameter', init },
      ...(node.options.bias ? [{ name: 'bias', shape: [node.sizes!.out], role: 'parameter', init } as const] : []),
    ];
  },

  macs(node) {
    return count(node.inputs[0]!.type.shape) * product(kernelShape(node).slice(1));
  },

  lower(node) {
    const [channels, ...spatial] = inputShape(node);
    const [features, ...outputs] = outputShape(node);
    const { groups, bias } = node.options;
    const axes = transposedAxes(node.options, spatial.length).map((axis, i) => phasesOf(axis, outputs[i]!));
    const channelAxes = {
      grouping: groups > 1 ? [groups] : [],
      channels: channels! / groups,
      features: features! / groups,
    };
    const spread = axes.some((axis) => axis.spread > 1) ? [spreadWeight(kernelShape(node), axes)] : [];
    const sorted = [...spread, sortedWeight(channelAxes, axes, spread.length > 0 ? step(0) : weight('weight'))];
    const summed = [...sorted, phaseSums(channelAxes, axes, spatial, step(sorted.length - 1), bias)];
    const whole = axes.map(({ places, phases }) => places * phases);
    if (axes.every(({ skipped }, axis) => skipped === 0 && whole[axis] === outputs[axis])) return summed;
    const view = [features!, ...whole];
    const index = view.map((_, axis) => affine(view.length, [[axis, 1]], axes[axis - 1]?.skipped ?? 0));
    const load = { name: 'x', from: step(summed.length - 1), view, index };
    return [...summed, { axes: [features!, ...outputs], loads: [load], result: variable('x') }];
  },

  tfjs: {
    channels: () => 'last',
    refuses({ options: { groups, dilation }, output }) {
      if (output.type.shape.length > 3) return 'it cannot train a transposed convolution of volumes';
      if (groups > 1) return 'its transposed convolutions know no groups';
      return dilation.some((each) => each > 1) ? 'its transposed convolutions know no dilation' : undefined;
    },
    build(node) {
      const shape = inputShape(node);
      const [features, ...outputs] = outputShape(node);
      // It knows no signals, but a picture of one row is as good.
      const isSignal = shape.length === 2;
      const row = isSignal ? [1] : [];
      const rowAxis = isSignal ? transposedAxes({ ...plain, kernel: [1] }, 1) : [];
      const axes = [...rowAxis, ...transposedAxes(node.options, outputs.length)];
      const [sizes, results] = [
        [...row, ...shape.slice(1)],
        [...row, ...outputs],
      ];
      // What reaches beyond the last window is what zeros at the end of the input give.
      const added = axes.map(({ stride, after, extra }) => Math.max(0, Math.ceil((extra - after) / stride)));
      const cropped = axes.map(({ kernel, stride, before }, axis) => {
        const whole = (sizes[axis]! + added[axis]!) * stride + Math.max(0, kernel - stride);
        return [before, whole - before - results[axis]!] as const;
      });
      const reshape = (...targetShape: readonly number[]) =>
        isSignal ? [{ layer: 'reshape', config: { targetShape } }] : [];
      const { bias } = node.options;
      const config = {
        filters: features!,
        kernelSize: tfjsSizes(axes.map(({ kernel }) => kernel)),
        ...unless(1, { strides: tfjsSizes(axes.map(({ stride }) => stride)) }),
        ...unless(true, { useBias: bias }),
      };
      const weights = [
        { name: 'weight', axes: isSignal ? [2, 1, 0] : [2, 3, 1, 0], initializer: 'kernelInitializer' },
        ...(bias ? [{ name: 'bias', axes: [0], initializer: 'biasInitializer' }] : []),
      ];
      return [
        ...reshape(...sizes, shape[0]!),
        ...tfjsPad(
          added.map((end) => [0, end]),
          0,
        ),
        { layer: 'conv2dTranspose', config, weights, activates: true },
        ...tfjsCrop(cropped, results),
        ...reshape(...outputs, features!),
      ];
    },
  },

  examples: [
    { input: [3, 4, 5], body: 'deconv 3->2 k2 s2' },
    { input: [3, 4, 5], body: 'deconv 3->2 k4 s2 p1 bias=false' },
    { input: [2, 4, 3], body: 'deconv 2->3 k3 s2 p1 output_padding=1' },
    { input: [2, 4, 3], body: 'deconv 2->3 k3x2 s=3x1 p=same' },
    { input: [2, 4, 5], body: 'deconv ->3 k3 p=[0, 1, 2, 0]' },
    { input: [4, 3, 4], body: 'deconv 4->6 k3 s2 g2' },
    { input: [2, 4, 5], body: 'deconv 2->3 k3 s2 d2 p1' },
    { input: [3, 6], body: 'deconv 3->2 k5 s3 p1' },
    { input: [2, 3, 2, 3], body: 'deconv 2->3 k=2x3x3 s=1x2x2 p=0x1x1' },
  ],
});

type DeconvNode = Pick<PlacelessNode<typeof options>, 'sizes' | 'options' | 'output'>;

/** `[in, out / groups, …kernel]` */
function kernelShape({ sizes, options: { kernel, groups }, output }: DeconvNode): readonly number[] {
  return [sizes!.in, sizes!.out / groups, ...perAxis(kernel, output.type.shape.length - 1)];
}

/** The options that make the axes. */
interface TransposedOptions {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | string;
  readonly output_padding: readonly number[];
  readonly dilation: readonly number[];
}

/** All but the kernel as they are where nothing is said. */
const plain = { stride: [1], padding: [0], output_padding: [0], dilation: [1] };

function transposedAxes(options: TransposedOptions, rank: number): readonly TransposedAxis[] {
  const extra = perAxis(options.output_padding, rank);
  return windowOf(options, rank).axes.map((axis, i) => ({
    ...axis,
    extra: extra[i]! + (options.padding === 'same' ? axis.stride - 1 : 0),
  }));
}

/** The size of an axis of the result before padding is taken off. */
function wholeSize(size: Dim, { stride, span, extra }: TransposedAxis): Dim {
  return addSizes(multiply(addSizes(size, -1), stride), span + extra);
}

/** The rule with the numbers of a call. */
function transposedWorking({ inputs, output }: SpatialNode, options: TransposedOptions): readonly string[] {
  const [, ...received] = inputs[0]!.type.shape;
  const [, ...spatial] = output.type.shape;
  const axes = transposedAxes(options, received.length);
  return workingLines(
    spatial.map((gives, i) => {
      const { stride, before, after, extra } = axes[i]!;
      const whole = `(${part(received[i]!)} - 1)·${stride} + ${spanWorked(axes[i]!)}`;
      const by = `${sidesWorked(whole, '-', before, after)}${extra === 0 ? '' : ` + ${extra}`}`;
      return { axis: axisName(i, spatial.length), by, gives };
    }),
  );
}

/** Reports what PyTorch refuses: more than the sizes that a convolution takes for one. */
function checkOutputPadding(call: AnyCall, options: TransposedOptions, rank: number): void {
  const [added, strides, dilations] = [options.output_padding, options.stride, options.dilation].map((each) =>
    perAxis(each, rank),
  );
  const limits = strides!.map((stride, axis) => Math.max(stride, dilations![axis]!));
  const axis = added!.findIndex((each, i) => each >= limits[i]!);
  if (axis < 0) return;
  const [stride, dilation] = [strides![axis]!, dilations![axis]!];
  const evidence = { layer: call.written, added: added![axis]!, stride, dilation, axis: axisName(axis, rank) };
  const largest = tfjsSizes(added!.map((each, i) => Math.min(each, limits[i]! - 1)));
  const text = `output_padding=${[largest].flat().join('x')}`;
  const span = call.spanOf('output_padding');
  call.fault('shape/output_padding', span, evidence, { fix: replacement(span, text, `${call.written} … ${text}`) });
}

/** A result that is too small by less than the stride: the convolution that it undoes has rounded down. */
function addPadding(call: AnyCall, options: TransposedOptions, shape: Shape, wanted: Shape): Fix | undefined {
  const rank = shape.length - 1;
  if (wanted.length !== shape.length || equal(shape[0]!, wanted[0]!) !== 'always') return undefined;
  const [added, strides] = [options.output_padding, options.stride].map((each) => perAxis(each, rank));
  const needed = added!.map((each, axis) => {
    const missing = subtract(wanted[axis + 1]!, shape[axis + 1]!);
    return typeof missing === 'number' ? each + missing : Number.NaN;
  });
  if (!needed.every((each, axis) => each >= 0 && each < strides![axis]!)) return undefined;
  return setOption(call, 'output_padding', `output_padding=${[tfjsSizes(needed)].flat().join('x')}`);
}
