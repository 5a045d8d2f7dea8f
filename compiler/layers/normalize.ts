import { dimText, equal } from '../dim.ts';
import { layer, reals } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import type { Shape } from '../shape.ts';
import { coordinate } from '../tensor/tensor.ts';
import { along, div, input, inputShape, sub } from './meaning.ts';
import { type AnyCall, cameFrom, canEqual, receivedShape, reportRank, unchanged } from './rules.ts';

export const normalize = layer({
  name: 'normalize',
  torch: 'torchvision.transforms.Normalize',
  summary: 'Takes a fixed mean off and divides by a fixed deviation, for each channel.',
  description: `    y[c] = (x[c] - mean[c]) / std[c]

for every place of channel c, which is axis 0. A list has one number for each channel; one number alone serves all. With
this as the first layer a net takes pictures as they are, and nobody can forget what it was trained with:

\`\`\`net
net Model(image: [3, 224, 224]) {
  normalize mean=[0.485, 0.456, 0.406] std=[0.229, 0.224, 0.225]   # ImageNet
}
\`\`\`

PyTorch: \`torchvision.transforms.Normalize\`.`,
  operands: 'one',
  sizes: 'none',
  options: {
    mean: reals({ doc: 'What is taken off: one number, or one for each channel.' }),
    std: reals({ doc: 'What the difference is divided by: one number, or one for each channel.' }),
  },

  infer(call) {
    const shape = receivedShape(call);
    if (!shape) return undefined;
    const { mean, std } = call.options;
    const found = std.find((each) => each <= 0);
    if (found !== undefined) {
      const evidence = { layer: call.written, option: 'std', wanted: 'numbers above 0', found: String(found) };
      call.fault('type/option', call.spanOf('std'), evidence);
    }
    // Lists of the same wrong length are one mistake.
    const fits = checkChannels(call, 'mean', mean, shape);
    if (std.length !== mean.length || fits) checkChannels(call, 'std', std, shape);
    return unchanged(call);
  },

  lower(node) {
    const axes = inputShape(node);
    const { mean, std } = node.options;
    const normalized = (channel: number): Scalar =>
      div(sub(variable('x'), constant(ofChannel(mean, channel))), constant(ofChannel(std, channel)));
    // By halves, so that the formula stays shallow however many channels there are.
    const chosen = (first: number, last: number): Scalar => {
      if (first === last) return normalized(first);
      const middle = (first + last + 1) >> 1;
      const isBefore = apply('less', variable(coordinate(0)), constant(middle));
      return apply('select', isBefore, chosen(first, middle - 1), chosen(middle, last));
    };
    return [
      {
        axes,
        loads: [{ name: 'x', from: input(), view: axes, index: along(axes.length, ...axes.keys()) }],
        result: chosen(0, Math.max(mean.length, std.length) - 1),
      },
    ];
  },

  tfjs: {
    channels: () => 'last',
    build: ({ options: { mean, std } }) => [{ layer: 'Normalize', config: { mean, std } }],
  },

  examples: [
    { input: [3, 4, 5], body: 'normalize mean=[0.485, 0.456, 0.406] std=[0.229, 0.224, 0.225]' },
    { input: [2, 6], body: 'normalize mean=0.5 std=[0.25, 0.125]' },
    { input: [4], body: 'normalize mean=0.1307 std=0.3081' },
  ],
});

function ofChannel(values: readonly number[], channel: number): number {
  return values.length === 1 ? values[0]! : values[channel]!;
}

/** Reports a list that has not one number for each channel. */
function checkChannels(call: AnyCall, option: 'mean' | 'std', values: readonly number[], shape: Shape): boolean {
  const [channels] = shape;
  if (values.length === 1) return true;
  if (channels === undefined) {
    reportRank(call, 'channels', shape);
    return false;
  }
  const span = call.spanOf(option);
  if (canEqual(call, channels, values.length, span)) return true;
  const hint =
    shape.length > 1 && equal(shape.at(-1)!, values.length) === 'always'
      ? 'channels come first here'
      : `\`${option}\` has one number, or one for each channel`;
  const evidence = { layer: call.written, written: String(values.length), received: dimText(channels), hint };
  call.fault('shape/features', span, evidence, { because: cameFrom(call) });
  return false;
}
