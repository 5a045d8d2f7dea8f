import { layer, shapeOption } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { coordinate } from '../tensor/tensor.ts';
import { outputShape } from './meaning.ts';
import { gives } from './rules.ts';

export const arange = layer({
  name: 'arange',
  torch: 'torch.arange',
  summary: 'The numbers 0, 1, 2, … in the order in which they stand in memory.',
  description: `\`arange [5]\` is 0, 1, 2, 3, 4, and \`arange [2, 3]\` is the rows 0, 1, 2 and 3, 4, 5. It reads no flow, so that it stands at the
beginning of a line or branch, and an \`act\` makes of it what is needed: places, masks, waves.

\`\`\`net
act distance(x) = -abs(x)
net Near(x: [8, 8]) { add { arange [8, 1] | sub { arange [8] } | distance } }
\`\`\`

The numbers are real ones (\`f32\`), exact up to 2²⁴.

PyTorch: \`torch.arange(6).reshape(2, 3)\`.`,
  operands: 'none',
  sizes: 'none',
  options: { shape: shapeOption({ doc: 'The shape of the result.' }) },
  positional: ['shape'],

  infer(call) {
    return gives(call.options.shape);
  },

  lower(node) {
    return [{ axes: [product(outputShape(node))], loads: [], result: variable(coordinate(0)) }];
  },

  examples: [
    { input: [3, 4], body: 'add { arange [3, 4] }' },
    { input: [2, 3], body: 'mul { arange [2, 1] | tanh }' },
    { input: [1], body: 'mul { arange [] }' },
  ],
});
