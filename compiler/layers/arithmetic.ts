import { type Dim, dimText, equal, maximum } from '../dim.ts';
import { type Layer, layer } from '../layer.ts';
import { apply, type Scalar, type ScalarOperator, variable } from '../scalar/scalar.ts';
import { type Shape, shapeText } from '../shape.ts';
import type { Meaning } from '../tensor/tensor.ts';
import { affine, along, input, inputShape, type MeaningLoad, outputShape, step } from './meaning.ts';
import { type AnyCall, gives, joinedOperands, origin } from './rules.ts';

/** Joins that compute place by place. */

/** More operands than this are joined in several steps. */
const mostOperands = 64;

export const add = arithmetic({
  name: 'add',
  torch: 'torch.add',
  summary: 'The sum of its operands, place by place.',
  formula: 'y = a + b + …',
  tfjs: 'add',
});

export const sub = arithmetic({
  name: 'sub',
  torch: 'torch.sub',
  summary: 'The first operand less all others, place by place.',
  formula: 'y = a - b - …',
  tfjs: 'Subtract',
});

export const mul = arithmetic({
  name: 'mul',
  torch: 'torch.mul',
  summary: 'The product of its operands, place by place.',
  formula: 'y = a · b · …',
  tfjs: 'multiply',
});

export const div = arithmetic({
  name: 'div',
  torch: 'torch.div',
  summary: 'The first operand divided by all others, place by place.',
  formula: 'y = a / b / …',
  tfjs: 'Divide',
});

export const min = arithmetic({
  name: 'min',
  torch: 'torch.minimum',
  summary: 'The smallest of its operands, place by place.',
  formula: 'y = min(a, b, …)',
  tfjs: 'minimum',
});

export const max = arithmetic({
  name: 'max',
  torch: 'torch.maximum',
  summary: 'The largest of its operands, place by place.',
  formula: 'y = max(a, b, …)',
  tfjs: 'maximum',
});

interface Details extends Pick<Layer, 'torch' | 'summary'> {
  /** The scalar operation bears the same name. */
  readonly name: ScalarOperator;
  readonly formula: string;
  /** The layer of tfjs. */
  readonly tfjs: string;
}

function arithmetic({ name, torch, summary, formula, tfjs }: Details) {
  return layer({
    name,
    ...(torch !== undefined && { torch }),
    summary,
    description: `    ${formula}

The operands are the flow, then names of values and branches: \`${name} a\`, \`${name} { … }\`; where all operands are branches,
two or more, the flow feeds them and is none itself. Sizes broadcast as in NumPy, the batch aside: laid side by side from
the last axis on, two sizes fit where they are equal or one of them is 1, which then serves all.

PyTorch: \`${torch}\`.`,
    operands: 'join',
    sizes: 'none',
    options: {},

    infer(call) {
      const operands = joinedOperands(call);
      if (!operands) return undefined;
      return gives(operands.map((each) => each.type.shape).reduce((left, right) => broadcast(call, left, right)));
    },

    lower(node) {
      const axes = outputShape(node);
      const operands = node.inputs.map((_, index) => operandLoad(`x${index}`, index, inputShape(node, index), axes));
      // Some at a time, so that the formula stays shallow however many there are.
      const meaning: Meaning[number][] = [];
      for (let first = 0; first < operands.length; first += mostOperands) {
        const loads = operands.slice(first, first + mostOperands);
        if (first > 0)
          loads.unshift({
            name: 'before',
            from: step(meaning.length - 1),
            view: axes,
            index: along(axes.length, ...axes.keys()),
          });
        meaning.push({ axes, loads, result: loads.map(({ name }) => variable(name)).reduce(both) });
      }
      return meaning;
    },

    tfjs: {
      channels: () => 'any',
      build: () => [{ layer: tfjs, config: {} }],
    },

    examples: [
      { input: [5], body: `a = relu\ntanh | ${name} a` },
      { input: [5], body: `${name} { relu } { sigmoid } {}` },
      { input: [3, 4, 5], body: `${name} { globalavgpool keep }` },
      { input: [2, 4, 5], body: `${name} { avgpool 4x1 } { avgpool 1x5 }` },
      { input: [3, 4, 5], body: `${name} { avgpool 1x5 | globalavgpool | linear 3->5 }` },
    ],
  });

  function both(left: Scalar, right: Scalar): Scalar {
    return apply(name, left, right);
  }
}

/** The shape of both together. Sizes that do not fit are reported, and the larger shape goes on. */
function broadcast(call: AnyCall, left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  const sizeAt = (shape: Shape, axis: number): Dim => shape[axis - rank + shape.length] ?? 1;
  const sizes = Array.from({ length: rank }, (_, axis) => [sizeAt(left, axis), sizeAt(right, axis)] as const);
  const clash = sizes.find(([a, b]) => equal(a, b) === 'never' && equal(a, 1) === 'never' && equal(b, 1) === 'never');
  if (clash) {
    const evidence = {
      layer: call.written,
      left: shapeText(left),
      right: shapeText(right),
      sizes: [dimText(clash[0]), dimText(clash[1])] as const,
    };
    call.fault('shape/broadcast', call.span, evidence, { because: call.operands.map(origin) });
    return right.length > left.length ? right : left;
  }
  return sizes.map(([a, b]) => {
    if (a === 1) return b;
    if (b === 1) return a;
    if (equal(a, b) !== 'always') {
      call.require({ left: a, relation: 'broadcasts with', right: b, span: call.span });
    }
    // Where they may differ one of them is 1, so that it is the larger one.
    return maximum(a, b);
  });
}

/** Reads an operand at the place of the result; along an axis of size 1 there is one place for all. */
function operandLoad(name: string, index: number, shape: readonly number[], axes: readonly number[]): MeaningLoad {
  const first = axes.length - shape.length;
  const places = shape.map((size, axis) => affine(axes.length, size === 1 ? [] : [[first + axis, 1]]));
  return { name, from: input(index), view: shape, index: places };
}
