import { gcd } from '../dim.ts';
import { type Inferred, perAxis, size, type TfjsLayer, type TypedNode } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { accumulator, coordinate, type Meaning, type Reduction } from '../tensor/tensor.ts';
import { add, affine, along, div, input, inputShape, mul, outputShape, sub, times } from './meaning.ts';
import { type AnyCall, gives } from './rules.ts';
import { axisName, spatialInput, suitsAxes } from './window.ts';
import { workingLines } from './working.ts';

/** What both poolings to a fixed size share. */

export const adaptivePoolOptions = {
  output_size: size({ minimum: 1, doc: 'How many places each spatial axis of the result has.' }),
};

type AdaptivePoolNode = TypedNode<typeof adaptivePoolOptions>;

/** The shape rule of both: the channels stay, and the spatial axes get the sizes that are written, whatever arrives. */
export function inferAdaptivePool(call: AnyCall, { output_size }: AdaptivePoolNode['options']): Inferred | undefined {
  const image = spatialInput(call);
  if (!image) return undefined;
  const rank = image.spatial.length;
  return suitsAxes(call, 'output_size', output_size, rank)
    ? gives([image.features, ...perAxis(output_size, rank)])
    : undefined;
}

/** The windows along an axis that end up as one place each: from ⌊i · size / places⌋ up to ⌈(i + 1) · size / places⌉. */
interface Windows {
  readonly size: number;
  readonly places: number;
  /** How many places the largest of them has. */
  readonly largest: number;
  /** Whether all are of one size and lie side by side. */
  readonly regular: boolean;
}

function windowsOf(node: AdaptivePoolNode): readonly Windows[] {
  const [, ...outputs] = outputShape(node);
  const [, ...sizes] = inputShape(node);
  return sizes.map((size, axis) => {
    const places = outputs[axis]!;
    // i · size leaves a multiple of their common divisor over places, and the window that leaves the most is the largest.
    const largest = Math.ceil((size + places - gcd(size, places)) / places);
    return { size, places, regular: size % places === 0, largest };
  });
}

/** How the places make windows, which is known of fixed sizes alone; that all are of one size is the shape rule backwards. */
export function workAdaptivePool(node: AdaptivePoolNode): readonly string[] {
  if (!node.inputs[0]!.type.shape.every((dim) => typeof dim === 'number')) return [];
  const windows = windowsOf(node);
  const named = windows.map((each, axis) => ({ ...each, axis: axisName(axis, windows.length) }));
  return [
    ...workingLines(
      named
        .filter(({ regular }) => regular)
        .map(({ axis, size, largest, places }) => ({ axis, by: `${size} / ${largest}`, gives: places })),
    ),
    ...named
      .filter(({ regular }) => !regular)
      .map(({ axis, size, largest, places }) => `${axis}: ${places} windows of up to ${largest} among ${size} places`),
  ];
}

/**
 * Folds the places of each window; `result` makes the output of the folded value and the number of places. Windows of
 * several sizes are all taken for the largest, and what is too much counts as `neutral`.
 */
export function lowerAdaptivePool(
  node: AdaptivePoolNode,
  { operator, neutral }: { readonly operator: Reduction['operator']; readonly neutral: number },
  result: (folded: Scalar, places: Scalar) => Scalar,
): Meaning {
  const shape = inputShape(node);
  const axes = outputShape(node);
  const windows = windowsOf(node);
  const all = axes.length + windows.length;
  const bounds = windows.map(({ size, places }, i) => {
    const at = variable(coordinate(i + 1));
    const start = apply('floor', div(mul(at, constant(size)), constant(places)));
    return {
      start,
      width: sub(apply('ceil', div(mul(add(at, constant(1)), constant(size)), constant(places))), start),
    };
  });
  const widths = windows.map(({ regular, largest }, i) => (regular ? constant(largest) : bounds[i]!.width));
  const body = windows.reduce<Scalar>(
    (x, { regular }, i) =>
      regular
        ? x
        : apply('select', apply('less', variable(coordinate(axes.length + i)), widths[i]!), x, constant(neutral)),
    variable('x'),
  );
  const isRegular = windows.every(({ regular }) => regular);
  return [
    {
      axes,
      reduction: { operator, axes: windows.map(({ largest }) => largest), body },
      loads: [
        {
          name: 'x',
          from: input(),
          view: shape,
          index: [
            ...along(all, 0),
            ...windows.map(({ regular, largest }, i) =>
              affine(all, [...(regular ? [[i + 1, largest] as const] : []), [axes.length + i, 1]]),
            ),
          ],
          ...(!isRegular && {
            lookup: [undefined, ...windows.map(({ regular }, i) => (regular ? undefined : bounds[i]!.start))],
            outside: neutral,
          }),
        },
      ],
      result: result(variable(accumulator), widths.reduce(times)),
    },
  ];
}

/** Why tfjs has no such windows, where it has none. */
export function refuseAdaptivePool(node: AdaptivePoolNode): string | undefined {
  const irregular = windowsOf(node).find(({ regular }) => !regular);
  return irregular && `${irregular.size} places make no ${irregular.places} windows of one size`;
}

/** A pooling of tfjs by windows of these sizes, or nothing where they all have one place. */
export function tfjsAdaptivePool(
  node: AdaptivePoolNode,
  pool: (windows: readonly number[]) => TfjsLayer,
): readonly TfjsLayer[] {
  const sizes = windowsOf(node).map(({ largest }) => largest);
  return sizes.every((each) => each === 1) ? [] : [pool(sizes)];
}
