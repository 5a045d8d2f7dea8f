import type { TfjsChannels, TfjsLayer } from '../layer.ts';
import type { Sides } from './sides.ts';
import type { Window } from './window.ts';

/** Parts of tfjs rows that several layers share. */

/**
 * How a window is laid over its input in tfjs: the layers that pad the input first, and the `padding` of the layer itself.
 * `sizes` are the input's and `outputs` the result's along the spatial axes; `value` is what stands around the input, and
 * `same` says whether the layer may do it by `padding: 'same'`.
 */
export function windowPadding(
  window: Window,
  sizes: readonly number[],
  outputs: readonly number[],
  { value, same }: { readonly value: PadValue; readonly same: boolean },
): { readonly pads: readonly TfjsLayer[]; readonly padding: { readonly padding?: 'same' } } {
  // What the last window needs, which may be less than was asked for.
  const needed = window.axes.map(({ stride, span, before }, axis) => {
    const after = (outputs[axis]! - 1) * stride + span - before - sizes[axis]!;
    return [before, Math.max(0, after)] as const;
  });
  if (needed.every(([before, after]) => before + after === 0)) return { pads: [], padding: {} };
  // `same` gives ⌈size / stride⌉ and puts the odd one of the pads at the end.
  const isSame =
    same &&
    window.axes.every(
      ({ stride }, axis) =>
        outputs[axis] === Math.ceil(sizes[axis]! / stride) && [0, 1].includes(needed[axis]![1] - needed[axis]![0]),
    );
  return isSame ? { pads: [], padding: { padding: 'same' } } : { pads: tfjsPad(needed, value), padding: {} };
}

/** Infinity is no value of JSON, in which models are stored. */
type PadValue = number | '-Infinity';

/** Lays a value around the spatial axes; nothing where there is nothing to lay. */
export function tfjsPad(padding: readonly Sides[], value: PadValue): readonly TfjsLayer[] {
  if (padding.every(([before, after]) => before + after === 0)) return [];
  // tfjs itself pads pictures only, and with zeros.
  return padding.length === 2 && value === 0
    ? [{ layer: 'zeroPadding2d', config: { padding } }]
    : [{ layer: 'Padding', config: { padding, value } }];
}

/** Takes places off the sides of the spatial axes, which leaves these sizes; nothing where there is nothing to take. */
export function tfjsCrop(cropping: readonly Sides[], sizes: readonly number[]): readonly TfjsLayer[] {
  if (cropping.every(([before, after]) => before + after === 0)) return [];
  // tfjs itself crops pictures only.
  if (cropping.length === 2) return [{ layer: 'cropping2D', config: { cropping } }];
  return tfjsGather(cropping.map(([before], axis) => Array.from({ length: sizes[axis]! }, (_, at) => before + at)));
}

/** For each spatial axis the places that are taken from it, in this order. */
export function tfjsGather(places: readonly (readonly number[])[]): readonly TfjsLayer[] {
  return [{ layer: 'Gather', config: { places } }];
}

/** Sizes as one writes them: one number where all are the same. */
export function tfjsSizes(sizes: readonly number[]): number | readonly number[] {
  return new Set(sizes).size === 1 ? sizes[0]! : sizes;
}

/** An entry of a configuration where it is not tfjs's default. */
export function unless<Value>(
  fallback: Value,
  entry: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  return Object.values(entry).every((value) => value === fallback) ? {} : entry;
}

/** An axis, counted from 0 without the batch, as tfjs counts it where the channels stand first or last. */
export function tfjsAxis(axis: number, rank: number, channels: TfjsChannels): number {
  if (channels === 'first') return axis + 1;
  return axis === 0 ? rank : axis;
}

/** The support class that normalizes groups of channels, which stand first. */
export function tfjsGroups(
  groups: number,
  { eps, affine }: { readonly eps: number; readonly affine: boolean },
): TfjsLayer {
  const weights = affine ? ['weight', 'bias'].map((name) => ({ name, axes: [0] })) : [];
  return { layer: 'GroupNormalization', config: { groups, epsilon: eps, ...unless(true, { scale: affine }) }, weights };
}
