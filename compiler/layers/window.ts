import { add, atLeast, type Dim, dimText, divideCeil, divideFloor, equal, minimum } from '../dim.ts';
import { replacement } from '../fault.ts';
import type { LayerNode } from '../graph.ts';
import { perAxis } from '../layer.ts';
import type { Shape } from '../shape.ts';
import type { Affine } from '../tensor/tensor.ts';
import { otherLayout } from './layouts.ts';
import { affine } from './meaning.ts';
import { setOption } from './repairs.ts';
import { type AnyCall, cameFrom, canReach, receivedShape, reportRank } from './rules.ts';
import { sidesOf } from './sides.ts';
import { part, quotientText, sidesWorked, type Worked, workingLines } from './working.ts';

/** A window that slides over the spatial axes, as convolutions and poolings have it: one entry for each axis. */
export interface Window {
  readonly axes: readonly WindowAxis[];
}

export interface WindowAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** How many neighbours it covers: `dilation · (kernel - 1) + 1`. */
  readonly span: number;
  /** Whether a last window that is only partly inside counts. */
  readonly ceil: boolean;
}

/** The options that make a window, as the layers with windows take them. */
export interface WindowOptions {
  readonly kernel: readonly number[];
  readonly stride?: readonly number[] | undefined;
  readonly padding: readonly number[] | string;
  readonly dilation?: readonly number[];
  readonly ceil?: boolean;
  /** Whether the padding may be `same`. */
  readonly padsToSame?: boolean;
}

/** The window of these options over `rank` spatial axes. Poolings step by their kernel where no stride is given. */
export function windowOf(options: WindowOptions, rank: number): Window {
  const kernel = perAxis(options.kernel, rank);
  const stride = perAxis(options.stride ?? options.kernel, rank);
  const dilation = perAxis(options.dilation ?? [1], rank);
  const axes = kernel.map((size, axis) => {
    const span = dilation[axis]! * (size - 1) + 1;
    const [before, after] = paddingOf(options.padding, axis, rank, span);
    return {
      kernel: size,
      stride: stride[axis]!,
      dilation: dilation[axis]!,
      before,
      after,
      span,
      ceil: options.ceil ?? false,
    };
  });
  return { axes };
}

/**
 * `same` adds span - 1 zeros whatever the stride, half of them before and the odd one after: PyTorch's rule for stride 1,
 * and its users' `padding=(k - 1) // 2` for larger ones. The result has ⌈size / stride⌉.
 */
function paddingOf(
  padding: readonly number[] | string,
  axis: number,
  rank: number,
  span: number,
): readonly [number, number] {
  if (padding === 'same') return [Math.floor((span - 1) / 2), Math.ceil((span - 1) / 2)];
  return typeof padding === 'string' ? [0, 0] : sidesOf(padding, axis, rank);
}

/**
 * The shape rule of a window: reports a rank that it does not work on, sizes that are not one for each axis, and a window
 * that is larger than its input. Gives the input's features and the sizes of the spatial axes, received and of the result.
 */
export function slide(
  call: AnyCall,
  options: WindowOptions,
): (SpatialShape & { readonly received: Shape; readonly window: Window }) | undefined {
  const image = spatialInput(call);
  if (!image) return undefined;
  const sizes = (['kernel', 'stride', 'padding', 'dilation'] as const).flatMap((option) => {
    const value = options[option];
    return typeof value === 'object' ? [{ option, value, sides: option === 'padding' }] : [];
  });
  const takes = ({ spatial }: SpatialShape) =>
    sizes.every(({ value, sides }) => areSizesOf(value, spatial.length, sides)) &&
    misfit(roomsOf(spatial, windowOf(options, spatial.length))) < 0;
  const { features, spatial } = otherLayout(call, image, takes) ?? image;
  const rank = spatial.length;
  if (!sizes.every(({ option, value, sides }) => suitsAxes(call, option, value, rank, sides))) return undefined;
  const window = windowOf(options, rank);
  return fits(call, spatial, window, options.padsToSame === true)
    ? { features, received: spatial, spatial: spatial.map((size, axis) => slots(size, window.axes[axis]!)), window }
    : undefined;
}

/** Whether there is one size, or one for each axis, or, with `sides`, two for each. */
function areSizesOf(sizes: readonly unknown[], axes: number, sides: boolean): boolean {
  return sizes.length === 1 || sizes.length === axes || (sides && sizes.length === 2 * axes);
}

/** Channels first, then one to three axes of places. */
export interface SpatialShape {
  readonly features: Dim;
  readonly spatial: Shape;
}

/** Whether there is one size, or one for each axis, or, with `sides`, two for each; reports any other number of them. */
export function suitsAxes(
  call: AnyCall,
  option: string,
  sizes: readonly unknown[],
  axes: number,
  sides = false,
): boolean {
  if (areSizesOf(sizes, axes, sides)) return true;
  const received = ['a signal', 'a picture', 'a volume'][axes - 1]!;
  const evidence = { option, sizes: sizes.length, axes, received };
  call.fault('shape/axes', call.spanOf(option), evidence, { because: cameFrom(call) });
  return false;
}

/** A signal, a picture or a volume; anything else is reported. */
export function spatialInput(call: AnyCall): SpatialShape | undefined {
  const shape = receivedShape(call);
  if (!shape) return undefined;
  const [features, ...spatial] = shape;
  if (features !== undefined && spatial.length >= 1 && spatial.length <= 3) return { features, spatial };
  const wanted = 'a signal [C, L], a picture [C, H, W] or a volume [C, D, H, W]';
  reportRank(call, wanted, shape, call.operands[0]?.remedy?.(shape.slice(1)));
  return undefined;
}

/** What a spatial axis is called, for messages. */
export function axisName(axis: number, rank: number): string {
  return rank === 1 ? 'length' : ['depth', 'height', 'width'].slice(3 - rank)[axis]!;
}

/** How often the window fits: the size of the result. */
function slots(size: Dim, { stride, before, after, span, ceil }: WindowAxis): Dim {
  const room = add(size, before + after - span);
  if (!ceil) return add(divideFloor(room, stride), 1);
  const rounded = add(divideCeil(room, stride), 1);
  // PyTorch: the last window must begin inside the input or the padding before it, not in the padding after it. Rounding
  // up moves its begin by less than a stride, so that it can only get there where this holds.
  return span - after < stride ? minimum(rounded, divideCeil(add(size, before), stride)) : rounded;
}

/** The rule with the numbers of a call: of a layer that slides a window over what it receives. */
export function slideWorking({ inputs, output }: SpatialNode, options: WindowOptions): readonly string[] {
  const [, ...received] = inputs[0]!.type.shape;
  const [, ...spatial] = output.type.shape;
  const { axes } = windowOf(options, received.length);
  return workingLines(
    spatial.map((gives, axis): Worked => {
      const by = slotsWorked(received[axis]!, gives, axes[axis]!);
      return { axis: axisName(axis, spatial.length), by, gives };
    }),
  );
}

/** The parts of a node that its working needs. */
export type SpatialNode = Pick<LayerNode, 'inputs' | 'output'>;

function slotsWorked(size: Dim, gives: Dim, axis: WindowAxis): string {
  const { stride, before, after, span, ceil } = axis;
  const window = axis.dilation === 1 ? spanWorked(axis) : `(${spanWorked(axis)})`;
  const room = `${sidesWorked(part(size), '+', before, after)} - ${window}`;
  const slots = `${quotientText(room, add(size, before + after - span), stride, ceil ? 'up' : 'down')} + 1`;
  const all = add(divideCeil(add(size, before + after - span), stride), 1);
  if (!ceil || equal(all, gives) === 'always') return slots;
  // The last window would begin in the padding after the input.
  return `min(${slots}, ${quotientText(`${part(size)} + ${before}`, add(size, before), stride, 'up')})`;
}

/** How many neighbours the window covers: `5`, or `2·(5 - 1) + 1` where its taps are apart. */
export function spanWorked({ kernel, dilation }: WindowAxis): string {
  return dilation === 1 ? String(kernel) : `${dilation}·(${kernel} - 1) + 1`;
}

/** What there is along an axis, and what the window needs of it. */
interface Room {
  readonly available: Dim;
  readonly needed: number;
}

function roomsOf(spatial: Shape, window: Window): readonly Room[] {
  return spatial.map((size, axis) => {
    const { span, stride, before, after, ceil } = window.axes[axis]!;
    // Rounding up, a window may stick out by less than a stride.
    const needed = ceil ? span - stride + 1 : span;
    return { available: add(size, before + after), needed };
  });
}

/** The axis along which the window never fits, or -1. */
function misfit(rooms: readonly Room[]): number {
  return rooms.findIndex(({ available, needed }) => atLeast(available, needed) === 'never');
}

function fits(call: AnyCall, spatial: Shape, window: Window, keepsSize: boolean): boolean {
  const rooms = roomsOf(spatial, window);
  const axis = misfit(rooms);
  if (axis < 0) {
    for (const { available, needed } of rooms) canReach(call, available, needed, call.spanOf('kernel'));
    return true;
  }
  const { before, after, span } = window.axes[axis]!;
  const evidence = {
    layer: call.written,
    window: span,
    axis: axisName(axis, spatial.length),
    available: dimText(rooms[axis]!.available),
    padded: before + after > 0,
  };
  const largest = largestKernel(spatial, window);
  const fix = largest !== undefined && {
    ...replacement(call.spanOf('kernel'), largest, `${call.written} … ${largest}`),
    ...(keepsSize && {
      alternative: 'or `p=same`, which keeps the size',
      alternatives: [setOption(call, 'padding', 'p=same')],
    }),
  };
  call.fault('shape/window', call.spanOf('kernel'), evidence, { because: cameFrom(call), ...(fix && { fix }) });
  return false;
}

/** `k3`: the largest kernel that fits, where all sizes are known and there is one. */
function largestKernel(spatial: Shape, window: Window): string | undefined {
  const kernels = window.axes.map(({ kernel, dilation, before, after }, axis) => {
    const room = add(spatial[axis]!, before + after - 1);
    return typeof room === 'number' ? Math.min(kernel, Math.floor(room / dilation) + 1) : 0;
  });
  if (kernels.some((kernel) => kernel < 1)) return undefined;
  return new Set(kernels).size === 1 ? `k${kernels[0]}` : `k${kernels.join('x')}`;
}

/**
 * Where the window reads along its axis: `output` and `kernel` are the axes of the expression of `count` axes that walk
 * over the result and over the window.
 */
export function windowIndex(
  count: number,
  { stride, dilation, before }: WindowAxis,
  output: number,
  kernel: number,
): Affine {
  return affine(
    count,
    [
      [output, stride],
      [kernel, dilation],
    ],
    -before,
  );
}

/** Whether any window of this many reads outside of the input of that size. */
export function readsOutside({ axes }: Window, sizes: readonly number[], outputs: readonly number[]): boolean {
  return axes.some(
    ({ before, stride, span }, axis) => before > 0 || (outputs[axis]! - 1) * stride - before + span > sizes[axis]!,
  );
}
