import { type Dim, dimText, equal, maximum } from '../dim.ts';
import { type Layer, layer, type Operand } from '../layer.ts';
import { apply, type Scalar, type ScalarOperator, variable } from '../scalar/scalar.ts';
import { type Shape, shapeText } from '../shape.ts';
import type { Meaning } from '../tensor/tensor.ts';
import { affine, along, input, inputShape, type MeaningLoad, outputShape, step } from './meaning.ts';
import { reconcile } from './repairs.ts';
import { type AnyCall, gives, joinedOperands, origin } from './rules.ts';

/** Joins that compute place by place; those that can also fold axes stand in `extremes.ts`. */

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

/** What is different of one join of this kind. */
export interface ArithmeticDetails extends Pick<Layer, 'torch' | 'summary'> {
  /** The scalar operation bears the same name. */
  readonly name: ScalarOperator;
  readonly formula: string;
  /** The layer of tfjs. */
  readonly tfjs: string;
}

/** The record of a join by one scalar operation. */
export function arithmetic({ name, torch, summary, formula, tfjs }: ArithmeticDetails) {
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
      let shape: Shape = [];
      for (const right of operands) {
        if (clashOf(shape, right.type.shape)) {
          // One pair that does not fit tells enough, and the net goes on as if it were repaired.
          for (const left of operands) {
            const pair = clashOf(left.type.shape, right.type.shape);
            if (!pair) continue;
            const repaired = reportClash(call, left, right, pair);
            return repaired && gives(repaired);
          }
        }
        shape = broadcast(call, shape, right.type.shape);
      }
      return gives(shape);
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

/** Sizes side by side, from the last axis on; one that is missing serves as 1. */
function sideBySide(left: Shape, right: Shape): readonly (readonly [Dim, Dim])[] {
  const rank = Math.max(left.length, right.length);
  const sizeAt = (shape: Shape, axis: number): Dim => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => [sizeAt(left, axis), sizeAt(right, axis)] as const);
}

/** The first two sizes that never fit. */
function clashOf(left: Shape, right: Shape): readonly [Dim, Dim] | undefined {
  return sideBySide(left, right).find(
    ([a, b]) => equal(a, b) === 'never' && equal(a, 1) === 'never' && equal(b, 1) === 'never',
  );
}

/**
 * Reports two operands whose shapes, or parts of them, do not fit, with the edit that makes one of the other; gives the shape
 * of both after that, if there is one.
 */
function reportClash(
  call: AnyCall,
  left: Operand,
  right: Operand,
  [a, b]: readonly [Dim, Dim],
  repairs = true,
): Shape | undefined {
  const evidence = {
    layer: call.written,
    left: shapeText(left.type.shape),
    right: shapeText(right.type.shape),
    sizes: [dimText(a), dimText(b)] as const,
  };
  const repaired = repairs ? reconcile(call, left, right) : undefined;
  call.fault('shape/broadcast', call.span, evidence, {
    because: [left, right].map(origin),
    ...(repaired && { fix: repaired.fix }),
  });
  return repaired?.shape;
}

/** The shape of a part of each of two operands together; sizes that do not fit are reported, and the larger part goes on. */
export function broadcastParts(call: AnyCall, operands: readonly [Operand, Operand], left: Shape, right: Shape): Shape {
  const clash = clashOf(left, right);
  if (!clash) return broadcast(call, left, right);
  reportClash(call, ...operands, clash, false);
  return right.length > left.length ? right : left;
}

/** The shape of both together. */
function broadcast(call: AnyCall, left: Shape, right: Shape): Shape {
  return sideBySide(left, right).map(([a, b]) => {
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
