import { add, dimText, equal, multiply } from '../dim.ts';
import { axis, layer, type Operand } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { type Shape, shapeText } from '../shape.ts';
import { coordinate } from '../tensor/tensor.ts';
import { positiveAxis, resolveAxis } from './axes.ts';
import { affine, input, inputShape, outputShape } from './meaning.ts';
import { align, behindOperand } from './repairs.ts';
import { type AnyCall, gives, joinedOperands, origin } from './rules.ts';
import { tfjsAxis } from './tfjs.ts';
import { axisLabel, part, workingLines } from './working.ts';

export const concat = layer({
  name: 'concat',
  synonyms: ['cat', 'concatenate'],
  torch: 'torch.cat',
  summary: 'Its operands end to end along one axis.',
  description: `Two values \`[3, 8, 8]\` and \`[5, 8, 8]\` become \`[8, 8, 8]\`: first all channels of the one, then those of the other.
All have the same number of axes and the same sizes, the joined axis aside.

The operands are the flow, then names of values and branches: \`concat a\`, \`concat { … }\`; where all operands are
branches, two or more, the flow feeds them and is none itself.

PyTorch: \`torch.cat\`, whose \`dim\` counts the batch.`,
  operands: 'join',
  sizes: 'none',
  options: { axis: axis({ default: 0, doc: 'Along which axis; 0 are the channels.' }) },

  infer(call) {
    const operands = joinedOperands(call);
    const first = operands?.[0];
    if (!operands || !first) return undefined;
    const along = resolveAxis(call, call.options.axis, first.type.shape);
    if (along === undefined) return undefined;
    const at = commonest(operands, along);
    const common = operands[at]!;
    // What does not fit goes on as if it were repaired, and what nothing repairs is unknown.
    let shape: Shape | undefined = common.type.shape;
    for (const [index, each] of operands.entries()) {
      if (index === at) continue;
      const pair = index < at ? ([each, common] as const) : ([common, each] as const);
      if (checkFit(call, along, ...pair)) continue;
      const repaired = reportFit(call, along, ...pair);
      shape &&= repaired;
    }
    const isVector = shape?.length === 1;
    const joined = add(
      ...operands.flatMap(({ type }) => (isVector ? multiply(...type.shape) : (type.shape[along] ?? []))),
    );
    return shape && gives(shape.map((dim, index) => (index === along ? joined : dim)));
  },

  working({ inputs, output, options }) {
    const { shape } = output.type;
    const along = positiveAxis(options.axis, shape.length);
    const by = inputs.map(({ type }) => part(type.shape[along]!)).join(' + ');
    return workingLines([{ axis: axisLabel(along, shape.length), by, gives: shape[along]! }]);
  },

  lower(node) {
    const axes = outputShape(node);
    const along = positiveAxis(node.options.axis, axes.length);
    const begins = node.inputs.map((_, index) =>
      node.inputs.slice(0, index).reduce((sum, _, before) => sum + inputShape(node, before)[along]!, 0),
    );
    const loads = node.inputs.map((_, index) => ({
      name: `x${index}`,
      from: input(index),
      view: inputShape(node, index),
      index: axes.map((_, at) => affine(axes.length, [[at, 1]], at === along ? -begins[index]! : 0)),
      outside: 0,
    }));
    // By halves, so that the formula stays shallow however many operands there are.
    const chosen = (first: number, last: number): Scalar => {
      if (first === last) return variable(loads[first]!.name);
      const middle = (first + last + 1) >> 1;
      const isBefore = apply('less', variable(coordinate(along)), constant(begins[middle]!));
      return apply('select', isBefore, chosen(first, middle - 1), chosen(middle, last));
    };
    const result = chosen(0, loads.length - 1);
    return [{ axes, loads, result }];
  },

  tfjs: {
    // All operands have one order, in which the joined axis has its place.
    channels: () => 'any',
    build({ options, output }, channels) {
      const rank = output.type.shape.length;
      return [{ layer: 'concatenate', config: { axis: tfjsAxis(positiveAxis(options.axis, rank), rank, channels) } }];
    },
  },

  examples: [
    { input: [2, 3, 3], body: 'concat { relu } { conv 2->3 k1 }' },
    { input: [2, 3, 3], body: 'a = relu\nb = tanh\nsigmoid | concat b a' },
    { input: [2, 3, 4], body: 'concat { maxpool 3x1 } {} axis=1' },
    { input: [2, 3, 4], body: 'concat { maxpool 1x2 | relu } axis=-1' },
    { input: [5], body: 'concat { linear 5->3 } { relu }' },
  ],
});

/** The index of the first operand of a shape that most of them have, the joined axis aside. */
function commonest(operands: readonly Operand[], along: number): number {
  const keys = operands.map(({ type }) => shapeText(type.shape.filter((_, axis) => axis !== along)));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return keys.findIndex((key) => counts.get(key) === most);
}

/** Whether two operands can fit. Where that depends on symbolic sizes, they must. */
function checkFit(call: AnyCall, along: number, one: Operand, other: Operand): boolean {
  const [left, right] = [one.type.shape, other.type.shape];
  if (mismatch(left, right, along) !== undefined) return false;
  left.forEach((dim, index) => {
    if (index === along || equal(dim, right[index]!) === 'always') return;
    call.require({ left: dim, relation: 'equal', right: right[index]!, span: call.span });
  });
  return true;
}

/** Reports two operands that do not fit; gives the shape that both then have after the repair, the joined axis aside. */
function reportFit(call: AnyCall, along: number, one: Operand, other: Operand): Shape | undefined {
  const [left, right] = [one.type.shape, other.type.shape];
  const why = mismatch(left, right, along) ?? '';
  const evidence = { layer: call.written, axis: along, left: shapeText(left), right: shapeText(right), why };
  const repaired = left.length === right.length ? align(call, one, other, along) : vectors(call, one, other);
  call.fault('shape/concat', call.span, evidence, {
    because: [one, other].map(origin),
    ...(repaired?.fix && { fix: repaired.fix }),
  });
  return repaired?.model.type.shape;
}

/** Of a vector and a picture, the picture becomes a vector too. */
function vectors(call: AnyCall, one: Operand, other: Operand) {
  const [picture, model] = one.type.shape.length === 1 ? [other, one] : [one, other];
  const fix = model.type.shape.length === 1 ? behindOperand(call, picture, 'flatten') : undefined;
  return fix && { fix, model };
}

function mismatch(left: Shape, right: Shape, along: number): string | undefined {
  if (left.length !== right.length) return `they have ${left.length} and ${right.length} axes`;
  const clash = left.findIndex((dim, index) => index !== along && equal(dim, right[index]!) === 'never');
  return clash < 0 ? undefined : `axis ${clash} is ${dimText(left[clash]!)} and ${dimText(right[clash]!)}`;
}
