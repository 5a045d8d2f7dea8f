import { add, type Dim, dimText, divideCeil, divideFloor, subtract } from '../dim.ts';
import { type Fix, replacement } from '../fault.ts';
import { axis, type Inferred, integer, layer, type Operand, optionalInteger, type TfjsLayer } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import { shapeText } from '../shape.ts';
import type { Meaning } from '../tensor/tensor.ts';
import { positiveAxis, resolveAxis } from './axes.ts';
import { affine, input, inputShape, outputShape } from './meaning.ts';
import { type AnyCall, cameFrom, canReach, canSplit } from './rules.ts';
import { tfjsAxis, unless } from './tfjs.ts';
import { axisLabel, part, quotientText, workingLines } from './working.ts';

/** Layers that take some places of one axis. */

/** A place beyond all that a value can have is as good as the last one, with which arithmetic stays exact. */
function bounded(place: number): number {
  const most = 2 ** 31 - 1;
  return Math.min(Math.max(place, -most), most);
}

const along = axis({ default: 0, doc: 'Along which axis; 0 are the channels.' });

export const slice = layer({
  name: 'slice',
  torch: 'torch.narrow',
  summary: 'A range of places along one axis.',
  description: `\`slice 2 5\` takes the places 2, 3 and 4, as \`x[:, 2:5]\` does in PyTorch. Negative numbers count from the end: \`slice end=-1\`
drops the last place, \`slice (-1)\` takes it alone. \`step=2\` takes every second one.

A range that the value does not have is an error, where Python takes what there is.

PyTorch: \`x[:, start:end:step]\`, \`torch.narrow\`.`,
  operands: 'one',
  sizes: 'none',
  options: {
    start: integer({ default: 0, doc: 'The first place; negative from the end.' }),
    end: optionalInteger({
      doc: 'The place after the last one; negative from the end, and all places to the end where it is left out.',
    }),
    axis: along,
    step: integer({ default: 1, minimum: 1, doc: 'Steps from one place to the next.' }),
  },
  positional: ['start', 'end'],

  infer(call) {
    const [start, step] = [bounded(call.options.start), bounded(call.options.step)];
    const end = call.options.end === undefined ? undefined : bounded(call.options.end);
    const taken = takenFrom(call, call.options.axis);
    if (!taken) return undefined;
    const { size } = taken;
    const [first, last] = rangeOf(call.options, size);
    const count = divideCeil(subtract(last, first), step);
    const only = `but there are only ${dimText(size)} places`;
    const begins = `it begins ${-call.options.start} from the end, ${only}`;
    const ends = `it ends before place ${call.options.end}, ${only}`;
    const nothing = `nothing is from ${dimText(first)} to ${dimText(last)}`;
    const whole = `end=${dimText(size)}`;
    const isFixed = typeof size === 'number' && start < size;
    const fix = isFixed ? replacement(call.spanOf('end'), whole, `${call.written} … ${whole}`) : undefined;
    const fits =
      isThere(call, taken, 'start', size, -start, begins) &&
      isThere(call, taken, 'end', size, end ?? 1, ends, fix) &&
      isThere(call, taken, start === 0 ? 'end' : 'start', subtract(last, first), 1, nothing);
    return fits ? resized(taken, count) : undefined;
  },

  working({ inputs, output, options }) {
    const { shape } = inputs[0]!.type;
    const along = positiveAxis(options.axis, shape.length);
    const [first, last] = rangeOf(options, shape[along]!);
    const places = `${part(last)} - ${part(first)}`;
    const by = options.step === 1 ? places : quotientText(places, subtract(last, first), options.step, 'up');
    return workingLines([{ axis: axisLabel(along, shape.length), by, gives: output.type.shape[along]! }]);
  },

  lower(node) {
    const { start, step, axis } = node.options;
    const shape = inputShape(node);
    const along = positiveAxis(axis, shape.length);
    return lowerPlaces(node, along, positiveAxis(start, shape[along]!), Math.min(step, shape[along]!));
  },

  tfjs: {
    channels: () => 'any',
    build(node, channels) {
      const { start, step, axis } = node.options;
      const shape = inputShape(node);
      const along = positiveAxis(axis, shape.length);
      const first = positiveAxis(start, shape[along]!);
      const count = outputShape(node)[along]!;
      return [takePlaces(tfjsAxis(along, shape.length, channels), first, count, step)];
    },
  },

  examples: [
    { input: [5, 3, 2], body: 'slice 1 4' },
    { input: [2, 6, 3], body: 'slice (-4) (-1) axis=1' },
    { input: [2, 7], body: 'slice end=6 step=2 axis=-1' },
    { input: [3, 4, 5], body: 'conv ->4 k2 | slice 1 step=2 | conv ->2 k1' },
    { input: [6], body: 'slice 2 4', element: 'i32' },
  ],
});

/** From the first place up to the last one, which is excluded. */
function rangeOf(
  options: { readonly start: number; readonly end: number | undefined },
  size: Dim,
): readonly [first: Dim, last: Dim] {
  const start = bounded(options.start);
  const end = options.end === undefined ? undefined : bounded(options.end);
  return [start < 0 ? add(size, start) : start, end === undefined ? size : end < 0 ? add(size, end) : end];
}

export const select = layer({
  name: 'select',
  torch: 'torch.select',
  summary: 'One place along one axis, which is dropped.',
  description: `\`select 0\` makes \`[F]\` of a sequence \`[T, F]\`: its first item. Negative numbers count from the end.

PyTorch: \`x[:, 0]\`, \`torch.select\`. To keep the axis, use \`slice 0 1\`.`,
  operands: 'one',
  sizes: 'none',
  options: {
    index: integer({ doc: 'The place; negative from the end.' }),
    axis: along,
  },
  positional: ['index'],

  infer(call) {
    const { index } = call.options;
    const taken = takenFrom(call, call.options.axis);
    if (!taken) return undefined;
    const { size } = taken;
    const why = `there is no place ${index}, only ${size === 1 ? '0' : `0 to ${dimText(subtract(size, 1))}`}`;
    const needed = bounded(index < 0 ? -index : index + 1);
    return isThere(call, taken, 'index', size, needed, why) ? resized(taken) : undefined;
  },

  lower(node) {
    const { index, axis } = node.options;
    const shape = inputShape(node);
    const along = positiveAxis(axis, shape.length);
    return lowerPlaces(node, along, positiveAxis(index, shape[along]!));
  },

  tfjs: {
    channels: () => 'first',
    build(node) {
      const { index, axis } = node.options;
      const shape = inputShape(node);
      const along = positiveAxis(axis, shape.length);
      const take = takePlaces(along + 1, positiveAxis(index, shape[along]!), 1);
      return [take, { layer: 'reshape', config: { targetShape: outputShape(node) } }];
    },
  },

  examples: [
    { input: [4, 3], body: 'select 0' },
    { input: [2, 3, 4], body: 'select (-1) axis=1 | relu' },
    { input: [5], body: 'select 3' },
    { input: [2, 3], body: 'select 1 axis=-1', element: 'i32' },
  ],
});

export const split = layer({
  name: 'split',
  synonyms: ['chunk'],
  torch: 'torch.chunk',
  summary: 'One of several equal parts of one axis.',
  description: `\`split 3 part=0\`, \`split 3 part=1\` and \`split 3 part=2\` are the thirds of an axis, from its beginning to its end.
A size that the number of parts does not divide is an error; \`slice\` takes parts of different sizes.

PyTorch: \`torch.chunk(x, 3, 1)[0]\`, where the last part is smaller if it must be. Its \`torch.split\` takes the size of a part
rather than the number of parts.`,
  operands: 'one',
  sizes: 'none',
  options: {
    parts: integer({ minimum: 1, doc: 'How many parts there are.' }),
    part: integer({ doc: 'Which of them, from 0; negative from the end.' }),
    axis: along,
  },
  positional: ['parts'],

  infer(call) {
    const { parts, part } = call.options;
    const taken = takenFrom(call, call.options.axis);
    if (!taken) return undefined;
    const { size } = taken;
    if (part < -parts || part >= parts) {
      const evidence = { layer: call.written, option: 'part', minimum: -parts, maximum: parts - 1, found: part };
      call.fault('type/range', call.spanOf('part'), evidence);
    }
    const count = divideFloor(size, parts);
    if (!canSplit(call, size, parts, call.spanOf('parts'))) {
      const evidence = {
        layer: call.written,
        axis: taken.axis,
        received: shapeText(taken.type.shape),
        size: dimText(size),
        parts,
      };
      call.fault('shape/split', call.spanOf('parts'), evidence, { because: cameFrom(call) });
      return undefined;
    }
    return resized(taken, count);
  },

  working({ inputs, output, options: { axis, parts } }) {
    const { shape } = output.type;
    const along = positiveAxis(axis, shape.length);
    const by = `${part(inputs[0]!.type.shape[along]!)} / ${parts}`;
    return workingLines([{ axis: axisLabel(along, shape.length), by, gives: shape[along]! }]);
  },

  lower(node) {
    const along = positiveAxis(node.options.axis, outputShape(node).length);
    return lowerPlaces(node, along, beginOf(node.options, outputShape(node)[along]!));
  },

  tfjs: {
    channels: () => 'any',
    build(node, channels) {
      const shape = outputShape(node);
      const along = positiveAxis(node.options.axis, shape.length);
      const count = shape[along]!;
      return [takePlaces(tfjsAxis(along, shape.length, channels), beginOf(node.options, count), count)];
    },
  },

  examples: [
    { input: [6, 2, 3], body: 'split 3 part=1' },
    { input: [2, 4], body: 'split 2 part=-1 axis=-1' },
    { input: [3, 4, 4], body: 'y = conv ->4 k2\na = y | split 2 part=1 | sigmoid\ny | split 2 part=0 | mul a' },
  ],
});

/** The axis of which a layer takes some places, and all that it needs to say so. */
interface Taken extends Pick<Operand, 'type'> {
  readonly axis: number;
  readonly size: Dim;
}

function takenFrom(call: AnyCall, written: number): Taken | undefined {
  const [operand] = call.operands;
  const axis = operand && resolveAxis(call, written, operand.type.shape);
  return axis === undefined ? undefined : { type: operand!.type, axis, size: operand!.type.shape[axis]! };
}

/** The type with this many places along the axis; without the axis where none is given. */
function resized({ type: { element, shape }, axis }: Taken, count?: Dim): Inferred {
  return { type: { element, shape: count === undefined ? shape.toSpliced(axis, 1) : shape.with(axis, count) } };
}

/** Whether there are as many places as an option needs. What depends on symbolic sizes is asked of them. */
function isThere(
  call: AnyCall,
  { type, axis }: Taken,
  option: string,
  there: Dim,
  needed: number,
  why: string,
  fix?: Fix,
): boolean {
  const span = call.spanOf(option);
  if (canReach(call, there, needed, span)) return true;
  const evidence = { layer: call.written, axis, received: shapeText(type.shape), why };
  call.fault('shape/slice', span, evidence, { because: cameFrom(call), ...(fix && { fix }) });
  return false;
}

/** Where a part begins, each of which has this many places. */
function beginOf({ parts, part }: { readonly parts: number; readonly part: number }, count: number): number {
  return count * positiveAxis(part, parts);
}

/** The places of an axis from the first on, as many as the result has; one place where the result has no such axis. */
function lowerPlaces(
  node: Parameters<typeof inputShape>[0] & Parameters<typeof outputShape>[0],
  along: number,
  first: number,
  step = 1,
): Meaning {
  const axes = outputShape(node);
  const view = inputShape(node);
  const isDropped = axes.length < view.length;
  const index = view.map((_, axis) => {
    if (axis !== along) return affine(axes.length, [[isDropped && axis > along ? axis - 1 : axis, 1]]);
    return affine(axes.length, isDropped ? [] : [[axis, step]], first);
  });
  return [{ axes, loads: [{ name: 'x', from: input(), view, index }], result: variable('x') }];
}

function takePlaces(axis: number, first: number, count: number, step = 1): TfjsLayer {
  return { layer: 'Slice', config: { axis, first, count, ...unless(1, { step }) } };
}
