import { replacement } from '../fault.ts';
import { axes, layer } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { type Shape, shapeText } from '../shape.ts';
import { positiveAxis, resolveAxes } from './axes.ts';
import { inOrder, input, inputShape, outputShape } from './meaning.ts';
import { type AnyCall, cameFrom } from './rules.ts';

export const permute = layer({
  name: 'permute',
  torch: 'torch.permute',
  summary: 'The same numbers with their axes in another order.',
  description: `\`permute [1, 2, 0]\` makes \`[H, W, C]\` of \`[C, H, W]\`: axis 0 of the result is axis 1 of what arrives, and so on. Each
axis stands in the list once. \`permute [1, 0]\` transposes a matrix.

PyTorch: \`x.permute(0, 2, 3, 1)\`, whose axes count the batch. Its \`x.transpose(1, 2)\` names the two axes that change places.`,
  operands: 'one',
  sizes: 'none',
  options: { axes: axes({ doc: 'For each axis of the result, which axis of the input it is.' }) },
  positional: ['axes'],

  infer(call) {
    const [operand] = call.operands;
    if (!operand) return undefined;
    const { element, shape } = operand.type;
    const written = call.options.axes;
    if (written.length !== shape.length) {
      reportLength(call, written, shape);
      return undefined;
    }
    const order = resolveAxes(call, written, shape, 'axes', '');
    return order && { type: { element, shape: order.map((axis) => shape[axis]!) } };
  },

  lower(node) {
    const axes = outputShape(node);
    const order = orderOf(node.options.axes);
    const load = { name: 'x', from: input(), view: inputShape(node), index: inOrder(order) };
    return [{ axes, loads: [load], result: variable('x') }];
  },

  tfjs: {
    channels: () => 'first',
    build(node) {
      const order = orderOf(node.options.axes);
      const isSame = order.every((axis, index) => axis === index);
      return isSame ? [] : [{ layer: 'permute', config: { dims: order.map((axis) => axis + 1) } }];
    },
  },

  examples: [
    { input: [2, 3, 4], body: 'permute [1, 2, 0]' },
    { input: [3, 5], body: 'permute [1, 0]' },
    { input: [2, 3, 4], body: 'conv ->3 k2 | permute [-1, 0, 1] | relu' },
    { input: [4], body: 'permute [0]' },
    { input: [2, 3], body: 'permute [1, 0]', element: 'i32' },
  ],
});

/** The axes counted from 0, which are as many as those of the value. */
function orderOf(axes: readonly number[]): readonly number[] {
  return axes.map((axis) => positiveAxis(axis, axes.length));
}

/** PyTorch's list begins with the batch, which stays where it is; without it the list may fit. */
function reportLength(call: AnyCall, written: readonly number[], shape: Shape): void {
  const rank = shape.length;
  const rest = written.slice(1).map((axis) => (axis < 0 ? axis : axis - 1));
  const text = `[${rest.join(', ')}]`;
  const isBatched = written[0] === 0 && rest.length === rank && new Set(orderOf(rest)).size === rank;
  const isFitting = isBatched && orderOf(rest).every((axis) => axis >= 0 && axis < rank);
  call.fault(
    'shape/permute',
    call.spanOf('axes'),
    { layer: call.written, named: written.length, axes: rank, received: shapeText(shape) },
    {
      because: cameFrom(call),
      ...(isFitting && {
        fix: replacement(call.spanOf('axes'), text, `${call.written} ${text}, as the batch has no number`),
      }),
    },
  );
}
