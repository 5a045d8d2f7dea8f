import { flag, real, type WeightSpec } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { accumulator, type Meaning } from '../tensor/tensor.ts';
import { add, along, div, inOrder, input, type MeaningLoad, mul, step, sub, weight } from './meaning.ts';

/** What the normalizations share that take their statistics from the value itself. */

export const eps = real({ default: 1e-5, minimum: 0, doc: 'Added to the variance, so that nothing is divided by 0.' });
export const affine = flag({ default: true, doc: 'Whether scale and shift are learned.' });

/** Which numbers are brought to mean 0 and variance 1 together, and what is learned. */
export interface Normalization {
  /** The operand's elements seen as an array of these sizes. */
  readonly view: readonly number[];
  /** The axes of the view along which numbers belong together, in order. */
  readonly together: readonly number[];
  readonly eps: number;
  /** Whether the mean is taken off; if not, the mean of the squares stands in the place of the variance. */
  readonly centered: boolean;
  readonly learned: readonly Learned[];
  /** The axes of the view that the learned numbers run along. */
  readonly learnedAxes: readonly number[];
}

export type Learned = 'weight' | 'bias';

/** The mean of each group, the factor that makes its deviation 1, and the result of both. */
export function lowerNormalization(normalization: Normalization): Meaning {
  const { view, together, eps, centered, learned, learnedAxes } = normalization;
  const rank = view.length;
  const all = view.map((_, axis) => axis);
  const apart = all.filter((axis) => !together.includes(axis));
  const sizesOf = (axes: readonly number[]) => axes.map((axis) => view[axis]!);
  // In a reduction the groups come first and their numbers last; the result has the axes of the view.
  const order = [...apart, ...together];
  const x = { name: 'x', from: input(), view };
  const folded = { ...x, index: inOrder(order) };
  const ofGroup = (name: string, index: number, axes: readonly number[]): MeaningLoad => ({
    name,
    from: step(index),
    view: sizesOf(apart),
    index: along(rank, ...axes),
  });
  const folding = (body: Scalar, loads: readonly MeaningLoad[], result: Scalar): Meaning[number] => ({
    axes: sizesOf(apart),
    reduction: { operator: 'sum', axes: sizesOf(together), body },
    loads,
    result,
  });
  const groups = apart.map((_, place) => place);
  const mean = div(variable(accumulator), constant(product(sizesOf(together))));
  const difference = centered ? sub(variable('x'), variable('mean')) : variable('x');
  const statistics: Meaning = [
    ...(centered ? [folding(variable('x'), [folded], mean)] : []),
    folding(
      mul(difference, difference),
      [folded, ...(centered ? [ofGroup('mean', 0, groups)] : [])],
      div(constant(1), apply('sqrt', add(mean, constant(eps)))),
    ),
  ];
  const weights = learned.map((name) => ({
    name,
    from: weight(name),
    view: sizesOf(learnedAxes),
    index: along(rank, ...learnedAxes),
  }));
  const normalized = mul(difference, variable('scale'));
  const scaled = learned.includes('weight') ? mul(normalized, variable('weight')) : normalized;
  return [
    ...statistics,
    {
      axes: view,
      loads: [
        { ...x, index: along(rank, ...all) },
        ...(centered ? [ofGroup('mean', 0, apart)] : []),
        ofGroup('scale', statistics.length - 1, apart),
        ...weights,
      ],
      result: learned.includes('bias') ? add(scaled, variable('bias')) : scaled,
    },
  ];
}

/** What a layer learns that may do without the scale and the shift, or without the shift alone. */
export function learnedOf({ affine, bias = true }: { readonly affine: boolean; readonly bias?: boolean }): Learned[] {
  return affine ? ['weight', ...(bias ? ['bias' as const] : [])] : [];
}

/** The learned numbers as PyTorch begins them: a scale of 1 and a shift of 0. */
export function learnedWeights(learned: readonly Learned[], shape: readonly number[]): readonly WeightSpec[] {
  return learned.map((name) => ({
    name,
    shape,
    role: 'parameter',
    init: { kind: 'constant', value: name === 'weight' ? 1 : 0 },
  }));
}
