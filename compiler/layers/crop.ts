import { add, dimText } from '../dim.ts';
import { replacement } from '../fault.ts';
import { layer, size } from '../layer.ts';
import { variable } from '../scalar/scalar.ts';
import type { Shape } from '../shape.ts';
import { affine, input, inputShape, outputShape } from './meaning.ts';
import { type AnyCall, cameFrom, canReach, gives } from './rules.ts';
import { type Sides, sidesOf, sidesText } from './sides.ts';
import { tfjsCrop } from './tfjs.ts';
import { axisName, spatialInput, suitsAxes } from './window.ts';
import { part, sidesWorked, workingLines } from './working.ts';

export const crop = layer({
  name: 'crop',
  synonyms: ['cropping1d', 'cropping2d', 'cropping3d'],
  summary: 'Takes places off the sides of a signal, a picture or a volume.',
  description: `\`crop 1\` takes one place off each side of all spatial axes, \`crop 1x2\` one off the top and the bottom and two off the left and
the right, and \`crop [1, 2, 3, 4]\` one off the top, two off the bottom, three off the left and four off the right: what \`pad\` with the
same numbers lays around. At least one place of each axis is left. \`slice\` takes a part of one axis, by where it begins and ends.

PyTorch: \`x[:, :, 1:-1, 2:-2]\`, \`torch.nn.functional.pad\` with negative numbers.`,
  operands: 'one',
  sizes: 'none',
  options: {
    cropping: size({
      minimum: 0,
      doc: 'How many places are taken off: a number, one for each axis, or `[top, bottom, left, right]`.',
    }),
  },
  positional: ['cropping'],

  infer(call) {
    const image = spatialInput(call);
    if (!image) return undefined;
    const { features, spatial } = image;
    const { cropping } = call.options;
    if (!suitsAxes(call, 'cropping', cropping, spatial.length, true)) return undefined;
    const sides = spatial.map((_, axis) => sidesOf(cropping, axis, spatial.length));
    if (!leavesPlaces(call, 'cropping', spatial, sides, (text) => text)) return undefined;
    return gives([features, ...spatial.map((each, axis) => add(each, -sides[axis]![0], -sides[axis]![1]))]);
  },

  working({ inputs, output, options }) {
    const [, ...received] = inputs[0]!.type.shape;
    const [, ...spatial] = output.type.shape;
    return workingLines(
      spatial.map((gives, axis) => {
        const by = sidesWorked(part(received[axis]!), '-', ...sidesOf(options.cropping, axis, spatial.length));
        return { axis: axisName(axis, spatial.length), by, gives };
      }),
    );
  },

  lower(node) {
    const view = inputShape(node);
    const axes = outputShape(node);
    const index = axes.map((_, axis) => {
      const [before] = axis === 0 ? [0] : sidesOf(node.options.cropping, axis - 1, axes.length - 1);
      return affine(axes.length, [[axis, 1]], before);
    });
    return [{ axes, loads: [{ name: 'x', from: input(), view, index }], result: variable('x') }];
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const [, ...sizes] = outputShape(node);
      return tfjsCrop(
        sizes.map((_, axis) => sidesOf(node.options.cropping, axis, sizes.length)),
        sizes,
      );
    },
  },

  examples: [
    { input: [2, 5, 6], body: 'crop 1' },
    { input: [2, 5, 6], body: 'crop [0, 1, 2, 3]' },
    { input: [2, 7], body: 'crop [2, 1]' },
    { input: [1, 3, 4, 5], body: 'crop 1x0x2' },
  ],
});

/**
 * Whether a place of each axis of these sizes is left where the sides that are written as `option` are taken off; reports
 * the first of which nothing is. `written` makes the option of the text of such sides.
 */
export function leavesPlaces(
  call: AnyCall,
  option: string,
  sizes: Shape,
  sides: readonly Sides[],
  written: (text: string) => string,
): boolean {
  const span = call.spanOf(option);
  for (const [axis, size] of sizes.entries()) {
    const taken = sides[axis]![0] + sides[axis]![1];
    if (canReach(call, size, taken + 1, span)) continue;
    const evidence = { layer: call.written, taken, axis: axisName(axis, sizes.length), available: dimText(size) };
    const within = sidesWithin(sizes, sides);
    const text = within && written(sidesText(within));
    call.fault('shape/crop', span, evidence, {
      because: cameFrom(call),
      ...(text !== undefined && { fix: replacement(span, text, `${call.written} … ${text}`) }),
    });
    return false;
  }
  return true;
}

/** As much of the sides as leaves a place, both alike where they can be; undefined where sizes are open or none can be taken. */
function sidesWithin(sizes: Shape, sides: readonly Sides[]): readonly Sides[] | undefined {
  const within = sizes.map((size, axis): Sides => {
    const [before, after] = sides[axis]!;
    if (typeof size !== 'number' || size < 1) return [Number.NaN, Number.NaN];
    if (before + after < size) return [before, after];
    const half = Math.floor((size - 1) / 2);
    return [Math.min(before, Math.max(half, size - 1 - after)), Math.min(after, Math.max(half, size - 1 - before))];
  });
  const numbers = within.flat();
  return numbers.some(Number.isNaN) || numbers.every((each) => each === 0) ? undefined : within;
}
