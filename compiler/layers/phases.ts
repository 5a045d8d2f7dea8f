import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import { accumulator, coordinate, type Meaning, type MeaningOperand } from '../tensor/tensor.ts';
import { add, affine, along, input, mul, weight } from './meaning.ts';
import type { WindowAxis } from './window.ts';

/** How a transposed convolution is computed: by phases, each of which is a convolution. */

/** A window that lays down what it has, rather than reads what is there. */
export interface TransposedAxis extends WindowAxis {
  /** What is added at the end. */
  readonly extra: number;
}

/**
 * How an axis of the result is computed without asking which taps reach a place. Places that are as far from a multiple of
 * the stride, before padding is taken off, get their numbers from the same taps: those are the phases, and within one
 * of them the result is a plain convolution. Index `place · phases + phase` along the axis, less what is skipped, reads
 *
 *     x[start + place + shift · phase + step · tap]      weight[first + turn · phase - distance · tap]
 */
export interface Phases {
  readonly places: number;
  readonly phases: number;
  readonly taps: number;
  /** How many places at the beginning padding takes off. */
  readonly skipped: number;
  readonly start: number;
  readonly shift: number;
  readonly step: number;
  readonly first: number;
  readonly turn: number;
  readonly distance: number;
  readonly kernel: number;
  /** With so many places from one tap to the next the kernel is stored; zeros are between. */
  readonly spread: number;
}

export function phasesOf({ kernel, stride, dilation, before, span }: TransposedAxis, output: number): Phases {
  // With one phase the taps may stand apart in the input. With more a dilation has zeros between its taps.
  const [taps, step, spread] = stride === 1 ? [kernel, dilation, 1] : [Math.ceil(span / stride), 1, dilation];
  const [whole, part] = [Math.floor(before / stride), before % stride];
  const start = whole - (taps - 1) * step;
  const shared = { phases: stride, taps, step, kernel, spread, distance: stride };
  // The places begin amid the phases. Of two, they then come the other way round, and nothing is computed in vain.
  return stride === 2 && part === 1
    ? { ...shared, places: Math.ceil(output / 2), skipped: 0, start, shift: 1, first: 2 * taps - 1, turn: -1 }
    : {
        ...shared,
        places: Math.ceil((output + part) / stride),
        skipped: part,
        start,
        shift: 0,
        first: stride * (taps - 1),
        turn: 1,
      };
}

/** The axes of channels, for one group. */
export interface Channels {
  /** The number of groups, where there is more than one. */
  readonly grouping: readonly number[];
  readonly channels: number;
  readonly features: number;
}

/** The kernel with zeros between its taps. */
export function spreadWeight([channels, features]: readonly number[], axes: readonly Phases[]): Meaning[number] {
  const all = [channels!, features!, ...axes.flatMap(({ kernel, spread }) => [kernel, spread])];
  const own = [0, 1, ...axes.map((_, axis) => 2 + 2 * axis)];
  const between = axes.flatMap(({ spread }, axis) => (spread > 1 ? [variable(coordinate(3 + 2 * axis))] : []));
  const result = between.reduce<Scalar>(
    (tap, each) => apply('select', apply('equal', each, constant(0)), tap, constant(0)),
    variable('weight'),
  );
  const view = own.map((axis) => all[axis]!);
  return {
    axes: all,
    loads: [{ name: 'weight', from: weight('weight'), view, index: along(all.length, ...own) }],
    result,
  };
}

/** The weight in the order in which the sums go through it: `[group, feature, …phase, channel, …tap]`. */
export function sortedWeight(
  { grouping, channels, features }: Channels,
  axes: readonly Phases[],
  from: MeaningOperand,
): Meaning[number] {
  const phased = axes.filter(({ phases }) => phases > 1);
  const all = [...grouping, features, ...phased.map(({ phases }) => phases), channels, ...axes.map(({ taps }) => taps)];
  const feature = grouping.length;
  const channel = feature + 1 + phased.length;
  const held = axes.map(({ kernel, spread }) => kernel * spread);
  const taps = axes.map((axis, i) =>
    affine(
      all.length,
      [
        ...(axis.phases > 1 ? [[feature + 1 + phased.indexOf(axis), axis.turn] as const] : []),
        [channel + 1 + i, -axis.distance],
      ],
      axis.first,
    ),
  );
  const leaves = axes.some(({ phases, taps }, axis) => phases * taps > held[axis]!);
  return {
    axes: all,
    loads: [
      {
        name: 'weight',
        from,
        view: [...grouping, channels, features, ...held],
        index: [...along(all.length, ...grouping.map((_, axis) => axis), channel, feature), ...taps],
        ...(leaves && { outside: 0 }),
      },
    ],
    result: variable('weight'),
  };
}

/** The convolution of each phase, all side by side. */
export function phaseSums(
  { grouping, channels, features }: Channels,
  axes: readonly Phases[],
  spatial: readonly number[],
  from: MeaningOperand,
  bias: boolean,
): Meaning[number] {
  const outputs = [...grouping, features];
  const own = [...outputs.keys()];
  const places: number[] = [];
  const phases = axes.map((axis) => {
    places.push(outputs.length);
    outputs.push(axis.places);
    return axis.phases > 1 ? [outputs.push(axis.phases) - 1] : [];
  });
  const reduction = [channels, ...axes.map(({ taps }) => taps)];
  const all = outputs.length + reduction.length;
  const channel = outputs.length;
  const reads = axes.map(({ start, shift, step }, i) =>
    affine(
      all,
      [[places[i]!, 1], ...phases[i]!.map((phase) => [phase, shift] as const), [channel + 1 + i, step]],
      start,
    ),
  );
  const leaves = axes.some(
    (axis, i) =>
      axis.start < 0 ||
      axis.start + axis.places - 1 + axis.shift * (axis.phases - 1) + axis.step * (axis.taps - 1) >= spatial[i]!,
  );
  const sorted = [...own, ...phases.flat(), ...reduction.map((_, axis) => channel + axis)];
  const sizes = [...outputs, ...reduction];
  return {
    axes: outputs,
    reduction: { operator: 'sum', axes: reduction, body: mul(variable('x'), variable('weight')) },
    loads: [
      {
        name: 'x',
        from: input(),
        view: [...grouping, channels, ...spatial],
        index: [...along(all, ...own.slice(0, -1), channel), ...reads],
        ...(leaves && { outside: 0 }),
      },
      { name: 'weight', from, view: sorted.map((axis) => sizes[axis]!), index: along(all, ...sorted) },
      ...(bias
        ? [{ name: 'bias', from: weight('bias'), view: outputs.slice(0, own.length), index: along(all, ...own) }]
        : []),
    ],
    result: bias ? add(variable(accumulator), variable('bias')) : variable(accumulator),
  };
}
