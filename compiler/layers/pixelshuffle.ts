import { type Dim, dimText, divideFloor, multiply } from '../dim.ts';
import { integer, layer } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import type { Shape } from '../shape.ts';
import { along, input, inputShape } from './meaning.ts';
import { type AnyCall, cameFrom, canSplit, gives, receivedShape, reportRank } from './rules.ts';
import { part, workingLines } from './working.ts';

export const pixelshuffle = layer({
  name: 'pixelshuffle',
  synonyms: ['pixel_shuffle', 'depthtospace', 'depth_to_space'],
  torch: 'torch.nn.PixelShuffle',
  summary: 'Makes pictures larger by laying channels side by side.',
  description: `Of every r · r channels each place gives a square of r by r places of one channel:

    y[c, h · r + i, w · r + j] = x[c · r · r + i · r + j, h, w]

\`[C · r · r, H, W]\` becomes \`[C, H · r, W · r]\`. After a convolution it is a way to make pictures larger that computes on the small ones.

PyTorch: \`torch.nn.PixelShuffle\`. (\`depth_to_space\` of TensorFlow has the channels in another order.) Source: W. Shi et al.,
*Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural Network*, 2016, arXiv:1609.05158.`,
  operands: 'one',
  sizes: 'none',
  options: {
    upscale_factor: integer({ minimum: 1, doc: 'How many times as high and as wide pictures become.' }),
  },
  positional: ['upscale_factor'],

  infer(call) {
    const picture = receivedPicture(call);
    if (!picture) return undefined;
    const { upscale_factor: factor } = call.options;
    const channels = divided(call, 'upscale_factor', picture[0], factor * factor, 'channels');
    if (channels === undefined) return undefined;
    return gives([channels, ...picture.slice(1).map((size) => multiply(size, factor))]);
  },

  working({ inputs, output, options: { upscale_factor: r } }) {
    const [channels, height, width] = inputs[0]!.type.shape.map(part);
    return pictureWorking(output.type.shape, [`${channels} / (${r}·${r})`, `${height}·${r}`, `${width}·${r}`]);
  },

  lower(node) {
    const [channels, height, width] = inputShape(node);
    const r = node.options.upscale_factor;
    const features = channels! / (r * r);
    return [
      {
        axes: [features, height!, r, width!, r],
        loads: [{ name: 'x', from: input(), view: [features, r, r, height!, width!], index: along(5, 0, 2, 4, 1, 3) }],
        result: variable('x'),
      },
    ];
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const [channels, height, width] = inputShape(node);
      const r = node.options.upscale_factor;
      const features = channels! / (r * r);
      return [
        { layer: 'reshape', config: { targetShape: [height, width, features, r, r] } },
        { layer: 'permute', config: { dims: [1, 4, 2, 5, 3] } },
        { layer: 'reshape', config: { targetShape: [height! * r, width! * r, features] } },
      ];
    },
  },

  examples: [
    { input: [8, 3, 4], body: 'pixelshuffle 2' },
    { input: [9, 2, 3], body: 'pixelshuffle 3' },
  ],
});

export const pixelunshuffle = layer({
  name: 'pixelunshuffle',
  synonyms: ['pixel_unshuffle', 'spacetodepth', 'space_to_depth'],
  torch: 'torch.nn.PixelUnshuffle',
  summary: 'Makes pictures smaller by laying places side by side as channels.',
  description: `What \`pixelshuffle\` does, backwards: each square of r by r places of a channel becomes one place of r · r channels,

    y[c · r · r + i · r + j, h, w] = x[c, h · r + i, w · r + j]

\`[C, H · r, W · r]\` becomes \`[C · r · r, H, W]\`. Nothing is lost.

PyTorch: \`torch.nn.PixelUnshuffle\`.`,
  operands: 'one',
  sizes: 'none',
  options: {
    downscale_factor: integer({ minimum: 1, doc: 'How many rows, and how many columns, become one.' }),
  },
  positional: ['downscale_factor'],

  infer(call) {
    const picture = receivedPicture(call);
    if (!picture) return undefined;
    const { downscale_factor: factor } = call.options;
    const [channels, height, width] = picture;
    const rows = divided(call, 'downscale_factor', height, factor, 'rows');
    if (rows === undefined) return undefined;
    const columns = divided(call, 'downscale_factor', width, factor, 'columns');
    if (columns === undefined) return undefined;
    return gives([multiply(channels, factor * factor), rows, columns]);
  },

  working({ inputs, output, options: { downscale_factor: r } }) {
    const [channels, height, width] = inputs[0]!.type.shape.map(part);
    return pictureWorking(output.type.shape, [`${channels}·${r}·${r}`, `${height} / ${r}`, `${width} / ${r}`]);
  },

  lower(node) {
    const [channels, height, width] = inputShape(node);
    const r = node.options.downscale_factor;
    const [rows, columns] = [height! / r, width! / r];
    return [
      {
        axes: [channels!, r, r, rows, columns],
        loads: [{ name: 'x', from: input(), view: [channels!, rows, r, columns, r], index: along(5, 0, 3, 1, 4, 2) }],
        result: variable('x'),
      },
    ];
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const [channels, height, width] = inputShape(node);
      const r = node.options.downscale_factor;
      const [rows, columns] = [height! / r, width! / r];
      return [
        { layer: 'reshape', config: { targetShape: [rows, r, columns, r, channels] } },
        { layer: 'permute', config: { dims: [1, 3, 5, 2, 4] } },
        { layer: 'reshape', config: { targetShape: [rows, columns, channels! * r * r] } },
      ];
    },
  },

  examples: [
    { input: [2, 4, 6], body: 'pixelunshuffle 2' },
    { input: [1, 6, 3], body: 'pixelunshuffle 3' },
  ],
});

/** How each size of a picture came about. */
function pictureWorking(shape: Shape, arithmetic: readonly string[]): readonly string[] {
  const axes = ['channels', 'height', 'width'];
  return workingLines(shape.map((gives, axis) => ({ axis: axes[axis]!, by: arithmetic[axis]!, gives })));
}

/** A picture; anything else is reported. */
function receivedPicture(call: AnyCall): readonly [channels: Dim, height: Dim, width: Dim] | undefined {
  const shape: Shape | undefined = receivedShape(call);
  if (!shape) return undefined;
  const [channels, height, width] = shape;
  if (shape.length === 3) return [channels!, height!, width!];
  reportRank(call, 'a picture [C, H, W]', shape);
  return undefined;
}

/** A size of which so many become one; reports one that they do not divide, and goes on with what is whole of it, if any. */
function divided(call: AnyCall, option: string, size: Dim, divisor: number, what: string): Dim | undefined {
  const quotient = divideFloor(size, divisor);
  const span = call.spanOf(option);
  if (canSplit(call, size, divisor, span)) return quotient;
  const near = typeof quotient === 'number' ? [quotient, quotient + 1].map((each) => each * divisor) : [];
  const possible = near.filter((each) => each > 0 && Number.isSafeInteger(each));
  const evidence = {
    layer: call.written,
    divisor,
    what,
    received: dimText(size),
    ...(possible.length > 0 && { near: possible.join(' and ') }),
  };
  call.fault('shape/divide', span, evidence, { because: cameFrom(call) });
  return quotient === 0 || Number.isNaN(quotient) ? undefined : quotient;
}
