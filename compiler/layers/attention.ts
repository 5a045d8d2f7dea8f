import { type Dim, dimText, divideFloor, equal } from '../dim.ts';
import { replacement } from '../fault.ts';
import { flag, integer, layer, type Operand, type PlacelessNode, type TypedNode, type WeightSpec } from '../layer.ts';
import { apply, constant, variable } from '../scalar/scalar.ts';
import { type Shape, shapeText } from '../shape.ts';
import { accumulator, coordinate, type Meaning } from '../tensor/tensor.ts';
import { nearestDivisor } from './groups.ts';
import { add, affine, along, count, div, input, inputShape, mul, step, sub, weight } from './meaning.ts';
import { type AnyCall, cameFrom, canEqual, canSplit, checkElement, gives, origin } from './rules.ts';
import { part, workingLines } from './working.ts';

const options = {
  heads: integer({ minimum: 1, doc: 'How many attentions work side by side, each on its part of the features.' }),
  causal: flag({ default: false, doc: 'Whether a step sees no later steps than itself.' }),
  bias: flag({ default: true, doc: 'Whether a learned number is added to each projected feature.' }),
};

type AttentionNode = TypedNode<typeof options>;

export const attention = layer({
  name: 'attention',
  synonyms: ['multiheadattention', 'mha', 'self_attention', 'multi_head_attention'],
  torch: 'torch.nn.MultiheadAttention',
  summary: 'Each step asks all steps, and gets a mean of what they say, weighted by how well they answer.',
  description: `    q = x · Wq + bq,   k = m · Wk + bk,   v = m · Wv + bv
    y = concat over heads of softmax(q[h] · k[h]ᵀ / √d) · v[h],   then y · Wo + bo

A sequence \`[T, E]\` stays \`[T, E]\`; each of the heads has d = E / heads of the features. Alone (\`attention heads=8\`) the
flow attends to itself. With an operand it attends to that value m, of any length and width: \`attention memory heads=8\`;
with two, keys come from the first and values from the second: \`attention keys values heads=8\`. With \`causal\`, step t sees
the steps up to t only.

Where all are equally wide the three projections are one weight, \`in_proj_weight\`, else they are \`q_proj_weight\`,
\`k_proj_weight\` and \`v_proj_weight\`. Where a width is open, all must turn out to be equal, unless
one of them cannot be, so that names follow from no open size. PyTorch's \`dropout\` plays no part in a compiled model.

PyTorch: \`torch.nn.MultiheadAttention\` with \`batch_first=True\`, where heads are \`num_heads\`. Source: A. Vaswani et al.,
*Attention Is All You Need*, 2017, arXiv:1706.03762.`,
  operands: 'join',
  sizes: 'none',
  options,

  infer(call) {
    const { operands } = call;
    const sequences = operands.map((operand) => checkSequence(call, operand));
    const [query, keys, values] = sequences;
    if (operands.length > 3) {
      const evidence = {
        layer: call.written,
        wanted: 'the flow, keys and values',
        received: `${operands.length} values`,
      };
      call.fault('shape/rank', operands[3]!.place?.span ?? call.span, evidence);
    }
    if (!query || sequences.includes(undefined)) return undefined;
    if (keys && values) checkLengths(call, keys[0], values[0]);
    requireWidths(call, query[1]);
    checkHeads(call, call.options.heads, query[1]);
    return gives(query);
  },

  working({ inputs, options: { heads } }) {
    const features = inputs[0]!.type.shape.at(-1)!;
    return workingLines([
      { axis: 'each head', by: `${part(features)} / ${heads}`, gives: divideFloor(features, heads) },
    ]);
  },

  weights(node) {
    const { features, widths, isPacked } = sizesOf(node);
    const { bias } = node.options;
    const zeros = { kind: 'constant', value: 0 } as const;
    const glorot = (out: number, width: number) => ({ kind: 'uniform', bound: Math.sqrt(6 / (out + width)) }) as const;
    const projection = (name: string, out: number, width: number): WeightSpec => ({
      name,
      shape: [out, width],
      role: 'parameter',
      init: glorot(out, width),
    });
    const projections = isPacked
      ? [projection('in_proj_weight', 3 * features, features)]
      : parts.map((part, index) => projection(`${part}_proj_weight`, features, widths[index]!));
    const output = { kind: 'uniform', bound: 1 / Math.sqrt(features) } as const;
    return [
      ...projections,
      ...(bias ? [{ name: 'in_proj_bias', shape: [3 * features], role: 'parameter', init: zeros } as const] : []),
      { name: 'out_proj.weight', shape: [features, features], role: 'parameter', init: output },
      ...(bias ? [{ name: 'out_proj.bias', shape: [features], role: 'parameter', init: zeros } as const] : []),
    ];
  },

  macs(node) {
    const { features, widths, steps, seen } = sizesOf(node);
    const projections = steps * features * widths[0] + seen * features * (widths[1] + widths[2]);
    return projections + 2 * steps * seen * features + steps * features * features;
  },

  lower(node) {
    const sizes = sizesOf(node);
    const { features, steps, seen } = sizes;
    const { heads, causal, bias } = node.options;
    const width = features / heads;
    const sum = variable(accumulator);
    // A step that is not seen is as bad an answer as can be; the first one is always seen, so that some answer is best.
    const isHidden = apply('less', variable(coordinate(1)), variable(coordinate(2)));
    const scores = causal ? apply('select', isHidden, constant(Number.NEGATIVE_INFINITY), sum) : sum;
    const rows = [heads, steps];
    return [
      // Each projection is laid out as its reader wants it, with the axis of the sum last.
      projection(node, sizes, 'q'),
      projection(node, sizes, 'k'),
      projection(node, sizes, 'v'),
      {
        axes: [...rows, seen],
        reduction: { operator: 'sum', axes: [width], body: mul(variable('query'), variable('key')) },
        loads: [
          { name: 'query', from: step(0), view: [heads, steps, width], index: along(4, 0, 1, 3) },
          { name: 'key', from: step(1), view: [heads, seen, width], index: along(4, 0, 2, 3) },
        ],
        result: scores,
      },
      {
        axes: rows,
        reduction: { operator: 'max', axes: [seen], body: variable('score') },
        loads: [{ name: 'score', from: step(3), view: [...rows, seen], index: along(3, 0, 1, 2) }],
        result: sum,
      },
      // The powers are computed once, for their sum and for the mean.
      {
        axes: [...rows, seen],
        loads: [
          { name: 'score', from: step(3), view: [...rows, seen], index: along(3, 0, 1, 2) },
          { name: 'largest', from: step(4), view: rows, index: along(3, 0, 1) },
        ],
        result: apply('exp', sub(variable('score'), variable('largest'))),
      },
      {
        axes: rows,
        reduction: { operator: 'sum', axes: [seen], body: variable('power') },
        loads: [{ name: 'power', from: step(5), view: [...rows, seen], index: along(3, 0, 1, 2) }],
        result: sum,
      },
      {
        axes: [steps, heads, width],
        reduction: { operator: 'sum', axes: [seen], body: mul(variable('power'), variable('value')) },
        loads: [
          { name: 'power', from: step(5), view: [...rows, seen], index: along(4, 1, 0, 3) },
          { name: 'value', from: step(2), view: [heads, width, seen], index: along(4, 1, 2, 3) },
          { name: 'total', from: step(6), view: rows, index: along(4, 1, 0) },
        ],
        result: div(sum, variable('total')),
      },
      {
        axes: [steps, features],
        reduction: { operator: 'sum', axes: [features], body: mul(variable('x'), variable('weight')) },
        loads: [
          { name: 'x', from: step(7), view: [steps, features], index: along(3, 0, 2) },
          { name: 'weight', from: weight('out_proj.weight'), view: [features, features], index: along(3, 1, 2) },
          ...(bias ? [{ name: 'bias', from: weight('out_proj.bias'), view: [features], index: along(3, 1) }] : []),
        ],
        result: bias ? add(sum, variable('bias')) : sum,
      },
    ];
  },

  examples: [
    { input: [5, 8], body: 'attention heads=2' },
    { input: [4, 6], body: 'attention heads=3 causal bias=false' },
    { input: [4, 6], body: 'attention { linear 6->5 } heads=1' },
    { input: [5, 4], body: 'keys = linear 4->6\nvalues = linear 6->3\nx | attention keys values heads=2 causal' },
  ],
});

/** Queries, keys and values, in PyTorch's order. */
const parts = ['q', 'k', 'v'] as const;
type Part = (typeof parts)[number];

interface Sizes {
  /** Of the result, and of each projection. */
  readonly features: number;
  /** How many features queries, keys and values have before they are projected. */
  readonly widths: readonly [number, number, number];
  /** The steps that ask, and those that are asked. */
  readonly steps: number;
  readonly seen: number;
  /** Whether all projections are one weight. */
  readonly isPacked: boolean;
}

/** Sizes that are symbolic are `NaN`. */
function sizesOf({ inputs }: Pick<PlacelessNode<typeof options>, 'inputs'>): Sizes {
  const shapes = parts.map((_, index) => inputs[sourceOf(index, inputs.length)]!.type.shape);
  const [query, keys, values] = shapes.map((shape) => shape.map((size) => count([size])));
  const [steps, features] = query as [number, number];
  const widths = [features, keys![1]!, values![1]!] as const;
  const isPacked = canBeEqual(shapes[0]![1]!, shapes);
  return { features, widths, steps, seen: keys![0]!, isPacked };
}

/** Whether all are as wide as the queries; those that may be are, as `requireWidths` says. */
function canBeEqual(features: Dim, shapes: readonly Shape[]): boolean {
  return shapes.every((shape) => equal(shape[1]!, features) !== 'never');
}

/** Widths that are open may not decide which weights there are: where all can be equal, they must be. */
function requireWidths(call: AnyCall, features: Dim): void {
  if (
    !canBeEqual(
      features,
      call.operands.map(({ type }) => type.shape),
    )
  )
    return;
  for (const { type, place } of call.operands) canEqual(call, type.shape[1]!, features, place?.span ?? call.span);
}

/** The operand that a part comes from: what is not written is that before it. */
function sourceOf(part: number, operands: number): number {
  return Math.min(part, operands - 1);
}

/** One of the three projections: `[heads, steps, width]`, or `[heads, width, steps]` for the values. */
function projection(node: AttentionNode, { features, widths, isPacked }: Sizes, part: Part): Meaning[number] {
  const index = parts.indexOf(part);
  const source = sourceOf(index, node.inputs.length);
  const [steps] = inputShape(node, source);
  const { heads, bias } = node.options;
  const width = features / heads;
  const [atStep, atFeature] = part === 'v' ? [2, 1] : [1, 2];
  const axes = part === 'v' ? [heads, width, steps!] : [heads, steps!, width];
  const own = affine(4, [], index);
  const projected = bias ? add(variable(accumulator), variable('bias')) : variable(accumulator);
  return {
    axes,
    reduction: { operator: 'sum', axes: [widths[index]!], body: mul(variable('x'), variable('weight')) },
    loads: [
      { name: 'x', from: input(source), view: [steps!, widths[index]!], index: along(4, atStep, 3) },
      isPacked
        ? {
            name: 'weight',
            from: weight('in_proj_weight'),
            view: [3, heads, width, features],
            index: [own, ...along(4, 0, atFeature, 3)],
          }
        : {
            name: 'weight',
            from: weight(`${part}_proj_weight`),
            view: [heads, width, widths[index]!],
            index: along(4, 0, atFeature, 3),
          },
      ...(bias
        ? [
            {
              name: 'bias',
              from: weight('in_proj_bias'),
              view: [3, heads, width],
              index: [own, ...along(4, 0, atFeature)],
            },
          ]
        : []),
    ],
    // The scale of the scores is cheapest here.
    result: part === 'q' ? mul(projected, constant(1 / Math.sqrt(width))) : projected,
  };
}

type Sequence = readonly [steps: Dim, features: Dim];

/** The shape of an operand that is a sequence; anything else is reported. */
function checkSequence(call: AnyCall, operand: Operand): Sequence | undefined {
  if (!checkElement(call, operand)) return undefined;
  const { shape } = operand.type;
  const [steps, features] = shape;
  if (shape.length === 2) return [steps!, features!];
  const evidence = { layer: call.written, wanted: 'sequences [T, F]', received: shapeText(shape) };
  call.fault('shape/rank', operand.place?.span ?? call.span, evidence, { because: [origin(operand)] });
  return undefined;
}

/** Each key has a value. */
function checkLengths(call: AnyCall, keys: Dim, values: Dim): void {
  const span = call.operands[2]?.place?.span ?? call.span;
  if (canEqual(call, values, keys, span)) return;
  const evidence = { layer: call.written, keys: dimText(keys), values: dimText(values) };
  call.fault('shape/steps', span, evidence, { because: call.operands.slice(1).map(origin) });
}

function checkHeads(call: AnyCall, heads: number, features: Dim): void {
  const span = call.spanOf('heads');
  if (canSplit(call, features, heads, span)) return;
  const nearest = nearestDivisor([features], heads);
  const fix = nearest !== undefined && replacement(span, `heads=${nearest}`, `${call.written} … heads=${nearest}`);
  const evidence = { heads, features: dimText(features) };
  call.fault('shape/heads', span, evidence, { because: cameFrom(call), ...(fix && { fix }) });
}
