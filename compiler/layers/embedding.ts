import { layer } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { affine, along, input, inputShape, weight } from './meaning.ts';
import { gives, origin } from './rules.ts';

export const embedding = layer({
  name: 'embedding',
  synonyms: ['embed'],
  torch: 'torch.nn.Embedding',
  summary: 'A table of vectors: each whole number becomes the row of that number.',
  description: `    y[t, f] = weight[x[t], f]

\`embedding 5000->64\` is a table of 5000 rows of 64 features. It takes whole numbers (\`i32[T]\`, or any other shape) and gives
each its row, \`[T, 64]\`. How many rows there are follows from no shape, so that it must be written.

Rows are counted from 0. A number that is no row gives a row of NaN; PyTorch throws, which no kernel could.

PyTorch: \`torch.nn.Embedding\`; its \`padding_idx\` only matters in training.`,
  operands: 'one',
  sizes: 'all',
  options: {},

  infer(call) {
    const [operand] = call.operands;
    const { in: rows, out } = call.sizes;
    if (!operand) return undefined;
    if (operand.type.element !== 'i32') {
      const evidence = { layer: call.written, wanted: 'i32', received: operand.type.element };
      call.fault('shape/element', call.span, evidence, { because: [origin(operand)] });
    }
    if (!out) call.fault('shape/output', call.span, { layer: call.written });
    else if (!rows) call.fault('shape/rows', call.span, { layer: call.written, out: out.value });
    if (!out) return undefined;
    return gives([...operand.type.shape, out.value], { sizes: { in: rows?.value ?? Number.NaN, out: out.value } });
  },

  weights({ sizes }) {
    const init = { kind: 'normal', deviation: 1 } as const;
    return [{ name: 'weight', shape: [sizes!.in, sizes!.out], role: 'parameter', init }];
  },

  lower(node) {
    const { in: rows, out } = node.sizes!;
    const tokens = product(inputShape(node));
    return [
      {
        axes: [tokens, out],
        loads: [
          { name: 'token', from: input(), view: [tokens], index: along(2, 0) },
          {
            name: 'weight',
            from: weight('weight'),
            view: [rows, out],
            index: [affine(2, []), affine(2, [[1, 1]])],
            lookup: [variable('token'), undefined],
            outside: Number.NaN,
          },
        ],
        result: variable('weight'),
      },
    ];
  },

  tfjs: {
    channels: () => 'first',
    build({ sizes }) {
      const config = { inputDim: sizes!.in, outputDim: sizes!.out };
      return [
        {
          layer: 'embedding',
          config,
          weights: [{ name: 'weight', axes: [0, 1], initializer: 'embeddingsInitializer' }],
        },
      ];
    },
  },

  examples: [
    { input: [5], element: 'i32', body: 'embedding 7->3' },
    { input: [2, 3], element: 'i32', body: 'embedding 4->5 | tanh' },
  ],
});
