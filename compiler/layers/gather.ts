import { layer } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { affine, along, input, inputShape } from './meaning.ts';
import { checkElement, gives, origin } from './rules.ts';

export const gather = layer({
  name: 'gather',
  synonyms: ['take', 'index_select'],
  torch: 'torch.index_select',
  summary: 'The items of the flow that a second value counts out.',
  description: `    y[i, f] = x[index[i], f]

\`gather index\` takes items of the flow, along its first axis, in the order and number of \`index\`, a value of any shape: of
\`[169, 3]\` and an index \`[49, 49]\` it makes \`[49, 49, 3]\`. The index counts from 0, as whole numbers (\`i32\`) or real ones, which
are rounded down. What is no item gives NaN; PyTorch throws, which no kernel could.

\`embedding\` is the same with a table of its own, which it takes items from.

PyTorch: \`x[index]\`, \`torch.index_select\` for an index of one axis. ONNX: \`Gather\`.`,
  operands: 'join',
  sizes: 'none',
  options: {},

  infer(call) {
    const [items, index] = call.operands;
    const given = call.operands.length;
    if (!items || !index || given > 2) {
      call.fault('shape/operands', call.span, { layer: call.written, operands: given, ...(given > 2 && { most: 2 }) });
      return undefined;
    }
    if (!checkElement(call, items)) return undefined;
    const { shape } = items.type;
    if (shape.length > 0) return gives([...index.type.shape, ...shape.slice(1)]);
    const evidence = { layer: call.written, wanted: 'items', received: 'the single number []' };
    call.fault('shape/rank', call.span, evidence, { because: [origin(items)] });
    return undefined;
  },

  lower(node) {
    const [items = 0, ...rest] = inputShape(node, 0);
    const [count, size] = [product(inputShape(node, 1)), product(rest)];
    return [
      {
        axes: [count, size],
        loads: [
          { name: 'place', from: input(1), view: [count], index: along(2, 0) },
          {
            name: 'x',
            from: input(0),
            view: [items, size],
            index: [affine(2, []), affine(2, [[1, 1]])],
            lookup: [variable('place'), undefined],
            outside: Number.NaN,
          },
        ],
        result: variable('x'),
      },
    ];
  },

  examples: [
    { input: [5], element: 'i32', body: 'param [4, 3] init=normal(1) | gather x' },
    { input: [2, 3], element: 'i32', body: 'param [4] init=normal(1) | gather x | relu' },
    { input: [2], element: 'i32', body: 'param [4, 2, 3] init=normal(1) | tanh | gather x | flatten | linear ->2' },
  ],
});
