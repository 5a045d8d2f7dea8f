import { symbolsOf } from '../dim.ts';
import { initializer, layer, shapeOption } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { along, outputShape, weight } from './meaning.ts';
import { gives } from './rules.ts';

/** The tensor bears the path of the layer itself. */
const own = '';

export const param = layer({
  name: 'param',
  torch: 'torch.nn.Parameter',
  summary: 'A learned value of its own, the same for every item.',
  description: `\`param [197, 768] init=normal(0.02)\` reads no flow: it is a tensor of the file, which training changes. Its name there is
the label alone, or else \`param1\`, \`param2\`, …: \`position: param [197, 768]\` is the tensor \`position\`.

It stands in a branch: \`add { position: param [197, 768] }\`, \`concat { class_token: param [1, 768] } {} axis=0\`.

PyTorch: \`torch.nn.Parameter\`, often with an axis for the batch in front, \`[1, 197, 768]\`, which then is an axis here too.`,
  operands: 'none',
  sizes: 'none',
  options: {
    shape: shapeOption({ doc: 'Its shape, all of whose sizes are numbers.' }),
    init: initializer({ default: { kind: 'constant', value: 0 }, doc: 'How it begins before any training.' }),
  },
  positional: ['shape'],

  infer(call) {
    const { shape } = call.options;
    const symbols = [...new Set(shape.flatMap(symbolsOf))];
    if (symbols.length === 0) return gives(shape);
    call.fault('type/symbolic', call.spanOf('shape'), { symbols });
    return undefined;
  },

  weights(node) {
    return [{ name: own, shape: outputShape(node), role: 'parameter', init: node.options.init }];
  },

  lower(node) {
    const size = product(outputShape(node));
    const loads = [{ name: 'x', from: weight(own), view: [size], index: along(1, 0) }];
    return [{ axes: [size], loads, result: variable('x') }];
  },

  tfjs: {
    channels: () => 'first',
    build(node) {
      const shape = outputShape(node);
      const weights = [{ name: own, axes: shape.map((_, axis) => axis), initializer: 'initializer' }];
      return [{ layer: 'Parameter', config: { shape }, weights }];
    },
  },

  examples: [
    { input: [3, 4], body: 'add { position: param [3, 4] init=normal(0.02) }' },
    { input: [3, 4], body: 'concat { class_token: param [1, 4] } {} axis=0 | relu' },
    { input: [2, 3], body: 'matmul { param [3, 5] init=uniform(0.5) }' },
    { input: [2], body: 'mul { param [] init=ones }' },
  ],
});
