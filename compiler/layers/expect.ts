import { equal } from '../dim.ts';
import { replacement } from '../fault.ts';
import { layer, shapeOption } from '../layer.ts';
import { shapeText } from '../shape.ts';
import { copy } from './meaning.ts';
import { origin } from './rules.ts';

export const expect = layer({
  name: 'expect',
  summary: 'States the shape of the value at its place, and changes nothing.',
  description: `\`expect [16, 5, 5]\` is an error where the value has another shape. With symbolic sizes it asks for those that make it
true: \`expect [16, 5, 5]\` after LeNet's second pooling makes \`netc sizes\` answer with the pictures that LeNet can read.`,
  operands: 'one',
  sizes: 'none',
  options: { shape: shapeOption({ doc: 'The shape, without the batch.' }) },
  positional: ['shape'],

  infer(call) {
    const [operand] = call.operands;
    const written = call.options.shape;
    if (!operand) return undefined;
    const { element, shape } = operand.type;
    const fits = shape.map((dim, axis) => equal(dim, written[axis] ?? Number.NaN));
    if (shape.length !== written.length || fits.includes('never')) {
      const evidence = { written: shapeText(written), received: shapeText(shape) };
      call.fault('shape/expected', call.spanOf('shape'), evidence, {
        because: [origin(operand)],
        fix: replacement(call.spanOf('shape'), evidence.received, `${call.written} ${evidence.received}`),
      });
    } else {
      shape.forEach((left, axis) => {
        if (fits[axis] === 'always') return;
        call.require({ left, relation: 'equal', right: written[axis]!, span: call.spanOf('shape') });
      });
    }
    return { type: { element, shape: written }, ...(operand.note !== undefined && { note: operand.note }) };
  },

  lower: copy,

  tfjs: {
    channels: () => 'any',
    build: () => [],
  },

  examples: [{ input: [2, 3], body: 'expect [2, 3]' }],
});
