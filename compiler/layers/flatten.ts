import { dimText, multiply } from '../dim.ts';
import { axis, layer } from '../layer.ts';
import { resolveAxis } from './axes.ts';
import { copy, inputShape, outputShape } from './meaning.ts';
import { axisLabel, productText, workingLines } from './working.ts';

export const flatten = layer({
  name: 'flatten',
  torch: 'torch.nn.Flatten',
  summary: 'All numbers as one vector, in row-major order; or all axes from one on as one axis.',
  description: `\`[C, H, W]\` becomes \`[C · H · W]\`: the last axis runs fastest, so that each channel stays in one piece. Nothing
is computed or moved. \`flatten start=1\` joins the axes from that one on: \`[C, H, W]\` becomes \`[C, H · W]\`.

PyTorch: \`torch.nn.Flatten\`, \`x.flatten(1)\`, which counts the batch. Its \`x.view(-1, 400)\` is not the same: with pictures of
another size that makes more rows of 400, and one picture more than one result, without a word.`,
  operands: 'one',
  sizes: 'none',
  options: { start: axis({ default: 0, doc: 'The first of the axes that are joined.' }) },

  infer(call) {
    const [operand] = call.operands;
    if (!operand) return undefined;
    const { element, shape } = operand.type;
    // A single number has no axis to begin with, and becomes a vector of one.
    const start = shape.length === 0 ? 0 : resolveAxis(call, call.options.start, shape, 'start');
    if (start === undefined) return undefined;
    const joined = shape.slice(start);
    const note = joined.map((dim) => (/^\w+$/.test(dimText(dim)) ? dimText(dim) : `(${dimText(dim)})`)).join(' × ');
    const type = { element, shape: [...shape.slice(0, start), multiply(...joined)] };
    return { type, ...(shape.length > 1 && start === 0 && { note }) };
  },

  working({ inputs, output }) {
    const { shape } = output.type;
    const start = shape.length - 1;
    const joined = inputs[0]!.type.shape.slice(start);
    return workingLines([{ axis: axisLabel(start, shape.length), by: productText(joined), gives: shape[start]! }]);
  },

  lower: copy,

  tfjs: {
    // Channels stand first, so that the numbers come in PyTorch's order.
    channels: () => 'first',
    build(node) {
      const rank = inputShape(node).length;
      const targetShape = outputShape(node);
      if (targetShape.length === rank) return [];
      return rank > 0 && targetShape.length === 1
        ? [{ layer: 'flatten', config: {} }]
        : [{ layer: 'reshape', config: { targetShape } }];
    },
  },

  examples: [
    { input: [2, 3, 4], body: 'flatten' },
    { input: [2, 3, 4], body: 'flatten start=1 | linear ->5' },
    { input: [3, 6, 6], body: 'conv ->2 k3 | flatten | linear ->4' },
    { input: [2, 3], body: 'flatten', element: 'i32' },
  ],
});
