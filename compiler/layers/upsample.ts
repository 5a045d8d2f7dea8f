import { type Dim, multiply } from '../dim.ts';
import { replacement } from '../fault.ts';
import { flag, layer, optionalShape, optionalSize, perAxis, type TfjsLayer, type TypedNode, word } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import type { Shape } from '../shape.ts';
import { type Affine, coordinate, type Meaning } from '../tensor/tensor.ts';
import {
  add,
  affine,
  along,
  copy,
  div,
  input,
  inputShape,
  type MeaningLoad,
  mul,
  outputShape,
  step,
  sub,
} from './meaning.ts';
import { type AnyCall, gives } from './rules.ts';
import { tfjsGather } from './tfjs.ts';
import { axisName, spatialInput, suitsAxes } from './window.ts';
import { part, workingLines } from './working.ts';

/** What `linear` is called where there are so many axes. */
const linearWords = ['linear', 'bilinear', 'trilinear'];

const options = {
  scale: optionalSize({ minimum: 1, doc: 'How many times as large each spatial axis becomes.' }),
  size: optionalShape({ doc: 'The spatial axes of the result, in the place of `scale`: `[28, 28]`, `[H, W]`.' }),
  mode: word({
    default: 'nearest',
    choices: ['nearest', ...linearWords],
    doc: 'Whether places are repeated, or what is between them is a mixture of them.',
  }),
  align_corners: flag({ default: false, doc: 'Whether the outermost places stay the outermost, for `linear`.' }),
};

export const upsample = layer({
  name: 'upsample',
  synonyms: ['interpolate', 'resize', 'upsampling', 'upsampling1d', 'upsampling2d', 'upsampling3d'],
  torch: 'torch.nn.Upsample',
  summary:
    'Makes signals, pictures and volumes larger, or another size altogether, by repeating places or by going from one to the next.',
  description: `\`upsample 2\` doubles each spatial axis, \`upsample 2x3\` gives each its own factor, and \`upsample size=[H, W]\` makes them as large
as it says, which may be any ratio and smaller too. With n places along an axis becoming m, place i of the result takes

- with \`mode=nearest\` place ⌊i · n / m⌋, computed in float32 as PyTorch does;
- with \`mode=linear\` the two places around (i + 1/2) · n / m - 1/2, but not before 0 or after n - 1, each weighted by how near it is;
  with \`align_corners\` around i · (n - 1) / (m - 1) instead, so that the first and the last places fall on each other.

\`linear\` works along every axis; PyTorch's words for it may be written too: \`bilinear\` on pictures, \`trilinear\` on volumes.

PyTorch: \`torch.nn.Upsample\`, \`torch.nn.functional.interpolate\`; of \`scale_factor\` only whole numbers.`,
  operands: 'one',
  sizes: 'none',
  options,
  positional: ['scale'],

  infer(call) {
    const image = spatialInput(call);
    if (!image) return undefined;
    const { features, spatial } = image;
    const size = resultSize(call, call.options, spatial);
    checkMode(call, call.options, spatial.length);
    return size && gives([features, ...size]);
  },

  working({ inputs, output, options: { scale } }) {
    const [, ...received] = inputs[0]!.type.shape;
    const [, ...spatial] = output.type.shape;
    // A size that is written follows from nothing.
    if (!scale) return [];
    const factors = perAxis(scale, spatial.length);
    return workingLines(
      spatial.map((gives, axis) => ({
        axis: axisName(axis, spatial.length),
        by: `${part(received[axis]!)}·${factors[axis]}`,
        gives,
      })),
    );
  },

  lower(node) {
    const axes = resizedAxes(node);
    if (axes.every(({ from, to }) => from === to)) return copy(node);
    return node.options.mode === 'nearest' ? nearest(node, axes) : linear(node, axes);
  },

  tfjs: {
    channels: () => 'last',
    build(node): readonly TfjsLayer[] {
      const axes = resizedAxes(node);
      if (axes.every(({ from, to }) => from === to)) return [];
      const { mode, align_corners } = node.options;
      // Its own layer knows pictures only, gives wrong gradients, and mixes other places: there is no half in its formula.
      if (mode !== 'nearest')
        return [{ layer: 'Interpolation', config: { sizes: axes.map(({ to }) => to), alignCorners: align_corners } }];
      return tfjsGather(axes.map((axis) => Array.from({ length: axis.to }, (_, at) => nearestPlace(at, axis))));
    },
  },

  examples: [
    { input: [3, 4, 5], body: 'upsample 2' },
    { input: [2, 3, 4], body: 'upsample 2x3 mode=bilinear' },
    { input: [2, 3, 4], body: 'upsample 5 mode=linear' },
    { input: [2, 3, 4], body: 'upsample 2 mode=bilinear align_corners' },
    { input: [2, 3, 5], body: 'upsample size=[7, 4]' },
    { input: [2, 3, 6], body: 'upsample size=[7, 3] mode=bilinear' },
    { input: [3, 5], body: 'upsample 3' },
    { input: [2, 4], body: 'upsample size=[7] mode=linear align_corners' },
    { input: [2, 2, 3, 2], body: 'upsample 2x1x3' },
    { input: [1, 2, 3, 2], body: 'upsample 2 mode=trilinear' },
  ],
});

type UpsampleNode = TypedNode<typeof options>;
type Options = UpsampleNode['options'];

/** By `scale` or by `size`, one of which is written. */
function resultSize(call: AnyCall, { scale, size }: Options, spatial: Shape): Shape | undefined {
  if (scale && size) {
    const because = [{ span: call.spanOf('scale'), message: 'gives it here' }];
    call.fault('use/twice', call.spanOf('size'), { layer: call.written, what: 'the size' }, { because });
  }
  if (size) return suitsAxes(call, 'size', size, spatial.length) ? allAxes(size, spatial.length) : undefined;
  if (!scale) {
    call.fault('use/missing', call.span, { layer: call.written, option: 'scale', other: 'size' });
    return undefined;
  }
  if (!suitsAxes(call, 'scale', scale, spatial.length)) return undefined;
  const factors = perAxis(scale, spatial.length);
  return spatial.map((each, axis) => multiply(each, factors[axis]!));
}

/** One size serves all axes. */
function allAxes(size: Shape, rank: number): Shape {
  return size.length === 1 ? new Array<Dim>(rank).fill(size[0]!) : size;
}

/** Reports a word for another number of axes, and corners that are to be kept where there is nothing between places. */
function checkMode(call: AnyCall, { mode, align_corners }: Options, rank: number): void {
  const own = linearWords[rank - 1]!;
  const report = (span: ReturnType<AnyCall['spanOf']>, choices: readonly string[], where: string, fix: string) => {
    const evidence = { layer: call.written, option: 'mode', choices, where, found: mode };
    call.fault('type/choice', span, evidence, { fix: replacement(span, fix, `${call.written} … ${fix}`) });
  };
  if (mode === 'nearest' && align_corners) {
    const isWritten = call.spanOf('mode') !== call.span;
    if (isWritten) report(call.spanOf('mode'), [own], 'with `align_corners`', `mode=${own}`);
    else report(call.spanOf('align_corners'), [own], 'with `align_corners`', `mode=${own} align_corners`);
  } else if (mode !== 'nearest' && mode !== 'linear' && mode !== own) {
    const received = ['a signal', 'a picture', 'a volume'][rank - 1]!;
    report(call.spanOf('mode'), ['nearest', own], `on ${received}`, `mode=${own}`);
  }
}

interface ResizedAxis {
  readonly from: number;
  readonly to: number;
  /** How many places one becomes, where that is a whole number. */
  readonly factor: number | undefined;
}

function resizedAxes(node: UpsampleNode): readonly ResizedAxis[] {
  const [, ...sizes] = inputShape(node);
  const [, ...outputs] = outputShape(node);
  return sizes.map((from, axis) => {
    const to = outputs[axis]!;
    return { from, to, factor: to % from === 0 ? to / from : undefined };
  });
}

// --- nearest

/** All axes at once: an axis that grows by a whole factor is walked along as two, the place and its copies. */
function nearest(node: UpsampleNode, axes: readonly ResizedAxis[]): Meaning {
  const view = inputShape(node);
  const outputs = [view[0]!];
  const begins = axes.map(({ from, to, factor = 1 }) => {
    const axis = outputs.length;
    outputs.push(...(factor > 1 ? [from, factor] : [to]));
    return axis;
  });
  const count = outputs.length;
  const isAffine = ({ from, to, factor }: ResizedAxis) => factor !== undefined || from % to === 0;
  const index = axes.map((each, i): Affine => {
    const along = isAffine(each) ? (each.factor !== undefined ? 1 : each.from / each.to) : 0;
    return affine(count, [[begins[i]!, along]]);
  });
  const lookup = axes.map((each, i) =>
    isAffine(each) ? undefined : nearestFormula(variable(coordinate(begins[i]!)), each),
  );
  return [
    {
      axes: outputs,
      loads: [
        {
          name: 'x',
          from: input(),
          view,
          index: [affine(count, [[0, 1]]), ...index],
          ...(lookup.some((each) => each) && { lookup: [undefined, ...lookup], outside: 0 }),
        },
      ],
      result: variable('x'),
    },
  ];
}

/** PyTorch computes it in float32, which is one less for a few places of a few sizes. */
function nearestPlace(at: number, { from, to, factor }: ResizedAxis): number {
  if (factor !== undefined) return Math.floor(at / factor);
  return Math.min(Math.floor(Math.fround(at * Math.fround(from / to))), from - 1);
}

function nearestFormula(at: Scalar, axis: ResizedAxis): Scalar {
  const { from, to } = axis;
  const exact = apply('floor', div(mul(at, constant(from)), constant(to)));
  const rounded = Array.from({ length: to }, (_, place) => place).filter(
    (place) => nearestPlace(place, axis) !== Math.floor((place * from) / to),
  );
  return rounded.reduce((place, each) => sub(place, apply('equal', at, constant(each))), exact);
}

// --- linear

/** One axis after the other, from the first on, so that the last and longest goes along memory. */
function linear(node: UpsampleNode, axes: readonly ResizedAxis[]): Meaning {
  const { align_corners } = node.options;
  let shape = inputShape(node);
  const steps: Meaning[number][] = [];
  for (const [i, axis] of axes.entries()) {
    if (axis.from === axis.to) continue;
    const from = steps.length > 0 ? step(steps.length - 1) : input();
    const isWhole = axis.factor !== undefined && !align_corners;
    steps.push(
      isWhole ? betweenPhases(from, shape, i + 1, axis.factor!) : between(from, shape, i + 1, axis, align_corners),
    );
    shape = shape.with(i + 1, axis.to);
  }
  return steps;
}

/**
 * By a whole factor: the axis is walked along as two, the place and the phase between its neighbours. The first half of
 * the phases lies towards the place before, the other one towards the place after; at the borders there is none.
 */
function betweenPhases(
  from: MeaningLoad['from'],
  shape: readonly number[],
  axis: number,
  factor: number,
): Meaning[number] {
  const axes = shape.toSpliced(axis + 1, 0, factor);
  const place = variable(coordinate(axis));
  const phase = variable(coordinate(axis + 1));
  const neighbour = (name: string, shift: number): MeaningLoad => ({
    name,
    from,
    view: shape,
    index: shape.map((_, each) => affine(axes.length, [[each > axis ? each + 1 : each, 1]], each === axis ? shift : 0)),
    ...(shift !== 0 && { outside: 0 }),
  });
  // How far the middle of the phase is from the middle of the place.
  const distance = div(sub(phase, constant((factor - 1) / 2)), constant(factor));
  const x = variable('x');
  const before = add(x, mul(distance, sub(x, variable('before'))));
  const after = add(x, mul(distance, sub(variable('after'), x)));
  return {
    axes,
    loads: [neighbour('x', 0), neighbour('before', -1), neighbour('after', 1)],
    result: apply(
      'select',
      apply('less', phase, constant(factor / 2)),
      apply('select', apply('less', place, constant(1)), x, before),
      apply('select', apply('less', place, constant(shape[axis]! - 1)), after, x),
    ),
  };
}

/** By any ratio: both neighbours are looked up. */
function between(
  from: MeaningLoad['from'],
  shape: readonly number[],
  axis: number,
  resized: ResizedAxis,
  alignCorners: boolean,
): Meaning[number] {
  const axes = shape.with(axis, resized.to);
  const place = placeFormula(variable(coordinate(axis)), resized, alignCorners);
  const low = apply('floor', place);
  const at = (name: string, formula: Scalar): MeaningLoad => ({
    name,
    from,
    view: shape,
    index: along(axes.length, ...shape.keys()).map((index, each) => (each === axis ? affine(axes.length, []) : index)),
    lookup: shape.map((_, each) => (each === axis ? formula : undefined)),
    outside: 0,
  });
  const high = apply('min', add(low, constant(1)), constant(resized.from - 1));
  const [x, next] = [variable('x'), variable('next')];
  return { axes, loads: [at('x', low), at('next', high)], result: add(x, mul(sub(place, low), sub(next, x))) };
}

/** Between which places the place `at` of the result lies. */
function placeFormula(at: Scalar, { from, to }: ResizedAxis, alignCorners: boolean): Scalar {
  if (alignCorners) return to === 1 ? constant(0) : div(mul(at, constant(from - 1)), constant(to - 1));
  const middle = div(mul(add(at, constant(0.5)), constant(from)), constant(to));
  return apply('max', sub(middle, constant(0.5)), constant(0));
}
