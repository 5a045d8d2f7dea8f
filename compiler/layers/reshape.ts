import { type Dim, dimText, divideFloor, equal, factorize, multiply, symbolsOf } from '../dim.ts';
import { type Fix, replacement } from '../fault.ts';
import { type Inferred, layer, shapeOption } from '../layer.ts';
import { type Shape, shapeText } from '../shape.ts';
import { copy, inputShape, outputShape } from './meaning.ts';
import { type AnyCall, cameFrom, canEqual, canSplit } from './rules.ts';
import { axisLabel, productText, workingLines } from './working.ts';

export const reshape = layer({
  name: 'reshape',
  synonyms: ['view'],
  torch: 'torch.nn.Unflatten',
  summary: 'The same numbers, in row-major order, with another shape.',
  description: `\`reshape [8, 4, 4]\` makes a picture of a vector of 128 numbers. One size may be \`-1\`, which follows from the others:
\`reshape [768, -1]\` makes \`[768, 196]\` of \`[768, 14, 14]\`. Nothing is computed or moved.

The shape has no batch, so that an item stays an item: a shape with more or fewer numbers is an error, where PyTorch's
\`x.view(-1, 400)\` makes more rows of them.

PyTorch: \`x.reshape(-1, 8, 4, 4)\`, \`x.view\`, \`torch.nn.Unflatten\`. To change the order of axes, use \`permute\`.`,
  operands: 'one',
  sizes: 'none',
  options: {
    shape: shapeOption({ wildcard: true, doc: 'The new shape, without the batch; one size may be `-1`.' }),
  },
  positional: ['shape'],

  infer(call) {
    const [operand] = call.operands;
    if (!operand) return undefined;
    const { element, shape } = operand.type;
    const given = (shape: Shape): Inferred => ({ type: { element, shape } });
    const written = call.options.shape;
    const total = multiply(...shape);
    const known = multiply(...written.filter((dim) => dim !== wildcard));
    // A number of elements that cannot be followed is reported as such.
    if (Number.isNaN(total) || Number.isNaN(known)) return given([Number.NaN]);
    const span = call.spanOf('shape');
    const free = written.indexOf(wildcard);
    const fault = () => {
      const evidence = { layer: call.written, written: shapeText(written), received: shapeText(shape) };
      const fix = fittingShape(call, written, total);
      call.fault(
        'shape/reshape',
        span,
        { ...evidence, needed: dimText(known), available: dimText(total), open: free >= 0 },
        { because: cameFrom(call), ...(fix && { fix }) },
      );
    };

    if (free < 0) {
      if (!canEqual(call, total, known, span)) fault();
      return given(written);
    }
    const { numerator, divisor } = cancelled(total, known);
    if (typeof divisor !== 'number') {
      call.fault('type/symbolic', span, { symbols: symbolsOf(divisor) });
      return undefined;
    }
    if (!canSplit(call, numerator, divisor, span)) {
      fault();
      return undefined;
    }
    return given(written.with(free, divideFloor(numerator, divisor)));
  },

  working({ inputs, output, options }) {
    const received = inputs[0]!.type.shape;
    const { shape } = output.type;
    const free = options.shape.indexOf(wildcard);
    // That there are as many numbers as before is all that there is to work out where no size is left open.
    if (free < 0) return [`numbers: ${productText(received)} = ${productText(shape)}`];
    const others = productText(shape.toSpliced(free, 1));
    const by = `${productText(received)} / ${/^\w+$/.test(others) ? others : `(${others})`}`;
    return workingLines([{ axis: axisLabel(free, shape.length), by, gives: shape[free]! }]);
  },

  lower: copy,

  tfjs: {
    channels: () => 'first',
    build(node) {
      const targetShape = outputShape(node);
      const isSame = targetShape.join() === inputShape(node).join();
      return isSame ? [] : [{ layer: 'reshape', config: { targetShape } }];
    },
  },

  examples: [
    { input: [2, 3, 4], body: 'reshape [4, 6]' },
    { input: [24], body: 'reshape [2, 3, 4] | conv ->2 k3 p1' },
    { input: [3, 4, 5], body: 'conv ->4 k2 | reshape [4, -1]' },
    { input: [6], body: 'reshape [-1, 1, 2]' },
    { input: [1, 1], body: 'reshape []' },
    { input: [2, 6], body: 'reshape [3, 4]', element: 'i32' },
  ],
});

/** Stands for the size that follows from the others. */
const wildcard = -1;

/** `total / by` without the factors that both have. */
function cancelled(total: Dim, by: Dim): { readonly numerator: Dim; readonly divisor: Dim } {
  const rest = [...factorize(total)];
  const divisor = factorize(by).filter((factor) => {
    const same = typeof factor === 'number' ? -1 : rest.findIndex((each) => equal(each, factor) === 'always');
    if (same >= 0) rest.splice(same, 1);
    return same < 0;
  });
  return { numerator: multiply(...rest), divisor: multiply(...divisor) };
}

/** The written shape with one other size, the last that can be, so that it has this many numbers. */
function fittingShape(call: AnyCall, written: Shape, total: Dim): Fix | undefined {
  if (typeof total !== 'number' || written.includes(wildcard)) return undefined;
  for (const axis of [...written.keys()].reverse()) {
    const others = multiply(...written.toSpliced(axis, 1));
    const size = typeof others === 'number' ? total / others : Number.NaN;
    if (!Number.isInteger(size)) continue;
    const text = shapeText(written.with(axis, size));
    return replacement(call.spanOf('shape'), text, `${call.written} ${text}`);
  }
  return undefined;
}
