import { flag, layer } from '../layer.ts';
import { evaluateScalar } from '../scalar/evaluate.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { coordinate } from '../tensor/tensor.ts';
import { add, div, inputShape, mul, outputShape, sub, times } from './meaning.ts';
import { inferPool, lowerPool, poolOptions, tfjsPoolSizes } from './pool.ts';
import { windowPadding } from './tfjs.ts';
import { slideWorking, type WindowAxis, windowOf } from './window.ts';

export const avgpool = layer({
  name: 'avgpool',
  synonyms: [
    'avgpool1d',
    'avgpool2d',
    'avgpool3d',
    'avg_pool',
    'averagepooling1d',
    'averagepooling2d',
    'averagepooling3d',
  ],
  torch: 'torch.nn.AvgPool2d',
  summary: 'The mean of each window.',
  description: `    y[c, i, j] = 1 / count · Σ x[c, i · stride + m - padding, j · stride + n - padding]

Each spatial axis of the result has

    ⌊(size + 2 · padding - kernel) / stride⌋ + 1

or, with \`ceil\`, the same rounded up; a window that would begin in the padding after the input does not count then. The
count is that of all places of the window, those in the padding included, but never of places beyond the padding, where
\`ceil\` lets the last window reach. With \`count_include_pad=false\` it is that of the places inside the input.

PyTorch: \`torch.nn.AvgPool1d\`, \`AvgPool2d\`, \`AvgPool3d\`, of which the last refuses a window that is larger than the
input, even where padding makes room for it.`,
  operands: 'one',
  sizes: 'none',
  options: {
    ...poolOptions,
    count_include_pad: flag({ default: true, doc: 'Whether the zeros of the padding count for the mean.' }),
  },
  positional: ['kernel'],

  infer(call) {
    return inferPool(call, call.options);
  },

  working(node) {
    return slideWorking(node, node.options);
  },

  lower(node) {
    const [, ...spatial] = inputShape(node);
    const [, ...outputs] = outputShape(node);
    const counts = windowOf(node.options, spatial.length).axes.map((axis, i) =>
      placesOf(axis, i + 1, outputs[i]!, spatial[i]!, node.options.count_include_pad),
    );
    return lowerPool(node, { operator: 'sum', outside: 0 }, (sum) => div(sum, counts.reduce(times)));
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const [, ...spatial] = inputShape(node);
      const [, ...outputs] = outputShape(node);
      const window = windowOf(node.options, spatial.length);
      const kernels = window.axes.map((axis) => axis.kernel);
      const { pads } = windowPadding(window, spatial, outputs, { value: 0, same: false });
      const pool = { layer: `averagePooling${spatial.length}d`, config: tfjsPoolSizes(window) };
      // They take the mean of all places of a window; where fewer count, that is too small.
      const factors = window.axes.map((axis, i) => {
        const count = placesOf(axis, 0, outputs[i]!, spatial[i]!, node.options.count_include_pad);
        return Array.from(
          { length: outputs[i]! },
          (_, at) => kernels[i]! / evaluateScalar(count, { [coordinate(0)]: at }),
        );
      });
      const isWhole = factors.flat().every((factor) => factor === 1);
      return [...pads, pool, ...(isWhole ? [] : [{ layer: 'Rescale', config: { factors } }])];
    },
  },

  examples: [
    { input: [3, 6, 8], body: 'avgpool 2' },
    { input: [2, 7, 8], body: 'avgpool k3 s2 p1' },
    { input: [2, 7, 8], body: 'avgpool k3 s2 p1 count_include_pad=false' },
    { input: [2, 8, 7], body: 'avgpool k3 s2 p1 ceil' },
    { input: [2, 8, 7], body: 'avgpool k3 s2 p1 ceil count_include_pad=false' },
    { input: [3, 11], body: 'avgpool 3 s2 p1' },
    { input: [2, 4, 5, 6], body: 'avgpool k=2x3x2 p=1x1x0' },
  ],
});

/** How many places count along one axis: a number where all windows have the same, else by the coordinate. */
function placesOf(window: WindowAxis, axis: number, outputs: number, size: number, padded: boolean): Scalar {
  const { kernel, stride, before, after } = window;
  const first = padded ? -before : 0;
  const end = padded ? size + after : size;
  const begins = sub(mul(variable(coordinate(axis)), constant(stride)), constant(before));
  const atFirst = -before < first;
  const atEnd = (outputs - 1) * stride - before + kernel > end;
  if (!atFirst && !atEnd) return constant(kernel);
  const stop = add(begins, constant(kernel));
  return sub(
    atEnd ? apply('min', stop, constant(end)) : stop,
    atFirst ? apply('max', begins, constant(first)) : begins,
  );
}
