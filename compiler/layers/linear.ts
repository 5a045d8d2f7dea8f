import { atLeast, dimText, equal, multiply } from '../dim.ts';
import type { Fix } from '../fault.ts';
import { flag, layer } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { product, type Shape, shapeText } from '../shape.ts';
import { accumulator } from '../tensor/tensor.ts';
import { add, along, count, input, inputShape, mul, weight } from './meaning.ts';
import { insertBefore } from './repairs.ts';
import { type AnyCall, type FeaturesHint, featureSizes, gives, receivedShape, reportRank } from './rules.ts';
import { unless } from './tfjs.ts';

export const linear = layer({
  name: 'linear',
  synonyms: ['dense', 'fc'],
  torch: 'torch.nn.Linear',
  summary: 'Fully connected layer: every output is a weighted sum of all inputs.',
  description: `    y[o] = bias[o] + Σ weight[o, i] · x[i]

It works on the last axis; all axes before it stay as they are, so that a sequence \`[T, F]\` is treated step by step. A
picture is made a vector by \`flatten\` first.

PyTorch: \`torch.nn.Linear\`.`,
  operands: 'one',
  sizes: 'both',
  features: 'last',
  options: { bias: flag({ default: true, doc: 'Whether a learned number is added to each output.' }) },

  infer(call) {
    const shape = receivedShape(call);
    if (!shape) return undefined;
    const received = shape.at(-1);
    if (received === undefined) {
      reportRank(call, 'the last axis of a value', shape);
      return undefined;
    }
    const hint = flattenFirst(call, shape);
    const sizes = featureSizes(call, received, hint);
    if (!sizes) return undefined;
    // Of several such layers in a row, the first one lacks it. Asked for now, so that no row is too long to be gone back.
    const earlier = shape.length > 1 ? call.operands[0]?.remedy?.([sizes.in]) : undefined;
    // Where `flatten` is missing, what follows is checked as if it were there: that is one mistake.
    return gives([...(hint ? [] : shape.slice(0, -1)), sizes.out], {
      sizes,
      remedy: ([wanted, ...others]) => {
        if (shape.length < 2 || wanted === undefined || others.length > 0) return undefined;
        if (equal(wanted, sizes.out) !== 'always') return undefined;
        return earlier ?? insertFlatten(call, shape);
      },
    });
  },

  weights({ sizes, options: { bias } }) {
    const init = { kind: 'uniform', bound: 1 / Math.sqrt(sizes!.in) } as const;
    return [
      { name: 'weight', shape: [sizes!.out, sizes!.in], role: 'parameter', init },
      ...(bias ? [{ name: 'bias', shape: [sizes!.out], role: 'parameter', init } as const] : []),
    ];
  },

  macs({ sizes, output }) {
    return count(output.type.shape) * sizes!.in;
  },

  lower(node) {
    const shape = inputShape(node);
    const { in: features, out } = node.sizes!;
    const rows = product(shape.slice(0, -1));
    // The axes before the last one are one axis of rows, which a vector does not need.
    const leading = rows > 1 ? [rows] : [];
    const axes = [...leading, out];
    const all = axes.length + 1;
    const own = leading.length;
    const from = axes.length;
    return [
      {
        axes,
        reduction: { operator: 'sum', axes: [features], body: mul(variable('x'), variable('weight')) },
        loads: [
          {
            name: 'x',
            from: input(),
            view: [...leading, features],
            index: along(all, ...leading.map((_, i) => i), from),
          },
          { name: 'weight', from: weight('weight'), view: [out, features], index: along(all, own, from) },
          ...(node.options.bias ? [{ name: 'bias', from: weight('bias'), view: [out], index: along(all, own) }] : []),
        ],
        result: node.options.bias ? add(variable(accumulator), variable('bias')) : variable(accumulator),
      },
    ];
  },

  tfjs: {
    channels: () => 'first',
    build({ sizes, options: { bias } }) {
      const kernel = { name: 'weight', axes: [1, 0], initializer: 'kernelInitializer' };
      const biases = bias ? [{ name: 'bias', axes: [0], initializer: 'biasInitializer' }] : [];
      const config = { units: sizes!.out, ...unless(true, { useBias: bias }) };
      return [{ layer: 'dense', config, weights: [kernel, ...biases], activates: true }];
    },
  },

  examples: [
    { input: [7], body: 'linear 7->5' },
    { input: [6], body: 'linear ->3 bias=false' },
    { input: [4, 6], body: 'linear 6->5' },
  ],
});

/** The common slip of a linear layer right after a picture: what is written is more than its width. */
function flattenFirst(call: AnyCall, shape: Shape): FeaturesHint | undefined {
  const written = call.sizes.in?.value;
  const width = shape.at(-1);
  if (written === undefined || width === undefined || shape.length < 2) return undefined;
  if (equal(width, written) !== 'never') return undefined;
  const all = multiply(...shape);
  const isAll = equal(all, written) !== 'never';
  if (!isAll && !(shape.length > 2 && atLeast(written, width) === 'always')) return undefined;
  const pools = !isAll && equal(shape[0]!, written) === 'always';
  const [first, gives] = pools ? ['globalavgpool', written] : ['flatten', all];
  const words = `it works on the last axis of ${shapeText(shape)}, and \`${first}\` before it would give ${dimText(gives)}`;
  const fix = pools ? insertBefore(call, first) : insertFlatten(call, shape);
  return { words, fix };
}

function insertFlatten(call: AnyCall, shape: Shape): Fix {
  const all = multiply(...shape);
  const { in: written, out } = call.sizes;
  const isRight = !written || equal(all, written.value) !== 'never';
  const from = isRight ? (written?.value ?? '') : typeof all === 'number' ? all : '';
  const edits = isRight ? [] : [{ span: written.span, text: String(from) }];
  return insertBefore(call, 'flatten', `flatten | ${call.written} ${from}->${out?.value ?? ''}`, edits);
}
