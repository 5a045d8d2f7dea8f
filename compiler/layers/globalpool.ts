import { flag, type Inferred, type TypedNode } from '../layer.ts';
import { type Scalar, variable } from '../scalar/scalar.ts';
import { product } from '../shape.ts';
import { accumulator, type Meaning, type Reduction } from '../tensor/tensor.ts';
import { along, input, inputShape } from './meaning.ts';
import { type AnyCall, gives } from './rules.ts';
import { spatialInput } from './window.ts';

/** What both poolings over all places share. */

export const globalPoolOptions = {
  keep: flag({ default: false, doc: 'Whether the axes stay, each with one place: `[C, 1, 1]` rather than `[C]`.' }),
};

type GlobalPoolNode = TypedNode<typeof globalPoolOptions>;

/** The shape rule of both: the channels stay, and with `keep` one place of each axis. */
export function inferGlobalPool(call: AnyCall, { keep }: { readonly keep: boolean }): Inferred | undefined {
  const image = spatialInput(call);
  return image && gives([image.features, ...(keep ? image.spatial.map(() => 1) : [])]);
}

/** Folds all places of each channel; `result` makes the output of the folded value and the number of places. */
export function lowerGlobalPool(
  node: GlobalPoolNode,
  operator: Reduction['operator'],
  result: (folded: Scalar, places: number) => Scalar,
): Meaning {
  const [channels, ...spatial] = inputShape(node);
  const places = spatial.map((_, axis) => axis + 1);
  return [
    {
      axes: [channels!],
      reduction: { operator, axes: spatial, body: variable('x') },
      loads: [
        { name: 'x', from: input(), view: [channels!, ...spatial], index: along(1 + spatial.length, 0, ...places) },
      ],
      result: result(variable(accumulator), product(spatial)),
    },
  ];
}
