import { add, dimText, divideFloor } from '../dim.ts';
import { axis, layer } from '../layer.ts';
import { apply, variable } from '../scalar/scalar.ts';
import { positiveAxis, resolveAxis } from './axes.ts';
import { affine, input, inputShape, mul, outputShape } from './meaning.ts';
import { cameFrom, canSplit, gives, receivedShape } from './rules.ts';
import { tfjsAxis } from './tfjs.ts';
import { axisLabel, part, workingLines } from './working.ts';

export const glu = layer({
  name: 'glu',
  torch: 'torch.nn.GLU',
  summary: 'The first half, let through by the sigmoid of the second half.',
  description: `    y[i] = x[i] · sigmoid(x[i + n]),   n = size / 2

along one axis, the last by default, which is half as long then. The halves of a picture's channels are \`glu axis=0\`.

PyTorch: \`torch.nn.GLU\`, whose \`dim\` counts the batch. Source: Y. Dauphin et al., *Language Modeling with Gated
Convolutional Networks*, 2016, arXiv:1612.08083.`,
  operands: 'one',
  sizes: 'none',
  options: { axis: axis({ default: -1, doc: 'Which axis is halved; 0 are the channels of a picture.' }) },

  infer(call) {
    const shape = receivedShape(call);
    const along = shape && resolveAxis(call, call.options.axis, shape);
    if (!shape || along === undefined) return undefined;
    const size = shape[along]!;
    if (!canSplit(call, size, 2, call.span)) {
      const evidence = { layer: call.written, axis: along, size: dimText(size) };
      const fix = call.operands[0]?.remedy?.(shape.with(along, add(size, 1)));
      call.fault('shape/halves', call.span, evidence, { because: cameFrom(call), ...(fix && { fix }) });
      return undefined;
    }
    return gives(shape.with(along, divideFloor(size, 2)));
  },

  working({ inputs, output, options }) {
    const { shape } = output.type;
    const along = positiveAxis(options.axis, shape.length);
    const by = `${part(inputs[0]!.type.shape[along]!)} / 2`;
    return workingLines([{ axis: axisLabel(along, shape.length), by, gives: shape[along]! }]);
  },

  lower(node) {
    const view = inputShape(node);
    const axes = outputShape(node);
    const along = positiveAxis(node.options.axis, axes.length);
    const half = (name: string, begin: number) => ({
      name,
      from: input(),
      view,
      index: axes.map((_, at) => affine(axes.length, [[at, 1]], at === along ? begin : 0)),
    });
    return [
      {
        axes,
        loads: [half('x', 0), half('gate', axes[along]!)],
        result: mul(variable('x'), apply('sigmoid', variable('gate'))),
      },
    ];
  },

  tfjs: {
    channels: () => 'any',
    build({ options, output }, channels) {
      const rank = output.type.shape.length;
      return [{ layer: 'Gate', config: { axis: tfjsAxis(positiveAxis(options.axis, rank), rank, channels) } }];
    },
  },

  examples: [
    { input: [8], body: 'glu' },
    { input: [3, 4, 6], body: 'glu' },
    { input: [4, 3, 3], body: 'glu axis=0' },
    { input: [3, 2, 5], body: 'conv ->4 k1 | glu axis=0' },
  ],
});
