import { add, dimText } from '../dim.ts';
import { type Fix, replacement } from '../fault.ts';
import { layer, real, size, type TypedNode, word } from '../layer.ts';
import { apply, constant, type Scalar, variable } from '../scalar/scalar.ts';
import type { Shape } from '../shape.ts';
import { type Affine, coordinate } from '../tensor/tensor.ts';
import { affine, input, inputShape, type MeaningLoad, outputShape } from './meaning.ts';
import { type AnyCall, cameFrom, canReach, gives } from './rules.ts';
import { type Sides, sidesOf, sidesText } from './sides.ts';
import { tfjsGather, tfjsPad } from './tfjs.ts';
import { axisName, spatialInput, suitsAxes } from './window.ts';
import { part, sidesWorked, workingLines } from './working.ts';

const options = {
  padding: size({
    short: 'p',
    minimum: 0,
    doc: 'How many places are laid around: a number, one for each axis, or `[top, bottom, left, right]`.',
  }),
  mode: word({
    default: 'constant',
    choices: ['constant', 'reflect', 'replicate', 'circular'],
    doc: 'What they hold: a number, what lies opposite of the border, the border itself, or what lies at the other end.',
  }),
  value: real({ default: 0, doc: 'The number, for `constant`.' }),
};

export const pad = layer({
  name: 'pad',
  synonyms: ['zeropad1d', 'zeropad2d', 'zeropad3d', 'constantpad1d', 'constantpad2d', 'constantpad3d'],
  torch: 'torch.nn.functional.pad',
  summary: 'Lays places around a signal, a picture or a volume.',
  description: `\`pad 1\` lays one place around all spatial axes, \`pad 1x2\` one above and below and two left and right, and
\`pad [1, 2, 3, 4]\` one above, two below, three left and four right. Of the row \`a b c d\`, \`pad 2\` makes

    0 0 a b c d 0 0     mode=constant, which is what is taken where nothing is said; value=0
    c b a b c d c b     mode=reflect
    a a a b c d d d     mode=replicate
    c d a b c d a b     mode=circular

\`reflect\` needs an axis that is longer than its padding, \`circular\` one that is as long. A \`conv\` pads with zeros by itself.

PyTorch: \`torch.nn.functional.pad\`, which counts from the last axis (left, right, top, bottom), and \`torch.nn.ConstantPad2d\`,
\`ReflectionPad2d\`, \`ReplicationPad2d\`, with their likes for signals and volumes.`,
  operands: 'one',
  sizes: 'none',
  options,
  positional: ['padding'],

  infer(call) {
    const image = spatialInput(call);
    if (!image) return undefined;
    const { features, spatial } = image;
    const { padding, mode } = call.options;
    if (!suitsAxes(call, 'padding', padding, spatial.length, true)) return undefined;
    const sides = spatial.map((_, axis) => sidesOf(padding, axis, spatial.length));
    if (mode !== 'constant' && call.spanOf('value') !== call.span) {
      const evidence = {
        layer: call.written,
        option: 'mode',
        choices: ['constant'],
        where: 'with `value`',
        found: mode,
      };
      call.fault('type/choice', call.spanOf('value'), evidence);
    }
    checkBorders(call, mode, spatial, sides);
    return gives([features, ...spatial.map((size, axis) => add(size, ...sides[axis]!))]);
  },

  working(node) {
    const [, ...received] = node.inputs[0]!.type.shape;
    const [, ...spatial] = node.output.type.shape;
    return workingLines(
      spatial.map((gives, axis) => {
        const by = sidesWorked(part(received[axis]!), '+', ...sidesOfNode(node, axis));
        return { axis: axisName(axis, spatial.length), by, gives };
      }),
    );
  },

  lower(node) {
    const view = inputShape(node);
    const axes = outputShape(node);
    const parts = view.slice(1).map((size, axis) => partsOf(size, sidesOfNode(node, axis), node.options.mode));
    const loads: MeaningLoad[] = [];
    const { mode, value } = node.options;
    // One load for each combination of parts, which are chosen from along one axis after the other.
    const chosen = (indices: readonly Affine[]): Scalar => {
      const axis = indices.length;
      if (axis === axes.length) {
        const name = `x${loads.length}`;
        loads.push({ name, from: input(), view, index: indices, outside: mode === 'constant' ? value : 0 });
        return variable(name);
      }
      const at = (part: Part) => affine(axes.length, [[axis, part.step]], part.start);
      return parts[axis - 1]!.reduceRight<Scalar | undefined>((after, part) => {
        const here = chosen([...indices, at(part)]);
        return after
          ? apply('select', apply('less', variable(coordinate(axis)), constant(part.end)), here, after)
          : here;
      }, undefined)!;
    };
    const result = chosen([affine(axes.length, [[0, 1]])]);
    return [{ axes, loads, result }];
  },

  tfjs: {
    channels: () => 'last',
    build(node) {
      const { mode, value } = node.options;
      const [, ...sizes] = inputShape(node);
      const sides = sizes.map((_, axis) => sidesOfNode(node, axis));
      if (mode === 'constant') return tfjsPad(sides, value);
      if (sides.every(([before, after]) => before + after === 0)) return [];
      return tfjsGather(
        sizes.map((size, axis) => {
          const parts = partsOf(size, sides[axis]!, mode);
          return Array.from({ length: parts.at(-1)!.end }, (_, at) => {
            const { start, step } = parts.find(({ end }) => at < end)!;
            return start + step * at;
          });
        }),
      );
    },
  },

  examples: [
    { input: [2, 3, 4], body: 'pad 1' },
    { input: [2, 3, 4], body: 'pad [0, 1, 2, 3] value=0.5' },
    { input: [2, 3, 4], body: 'pad 2x3 mode=reflect' },
    { input: [2, 3, 4], body: 'pad [3, 0, 1, 2] mode=replicate' },
    { input: [2, 3, 4], body: 'pad 1x4 mode=circular' },
    { input: [2, 5], body: 'pad [2, 1] mode=reflect' },
    { input: [1, 2, 3, 2], body: 'pad 1x2x1 mode=reflect' },
  ],
});

type PadNode = TypedNode<typeof options>;

function sidesOfNode({ options, output }: PadNode, axis: number): Sides {
  return sidesOf(options.padding, axis, output.type.shape.length - 1);
}

/** Reports a side that takes more places from within than there are. */
function checkBorders(call: AnyCall, mode: string, spatial: Shape, sides: readonly Sides[]): void {
  // A mirror leaves out the border itself.
  const spare = { reflect: 1, circular: 0 }[mode];
  if (spare === undefined) return;
  for (const [axis, size] of spatial.entries()) {
    const most = Math.max(...sides[axis]!);
    const needed = most + (most > 0 ? spare : 0);
    const span = call.spanOf('padding');
    if (canReach(call, size, needed, span)) continue;
    const available = add(size, -spare);
    const evidence = {
      layer: call.written,
      mode,
      padding: most,
      axis: axisName(axis, spatial.length),
      available: dimText(available),
    };
    const limits = spatial.map((each) => add(each, -spare));
    const isFixed = limits.every((each) => typeof each === 'number');
    const fix = isFixed && withinLimits(call, sides, limits);
    call.fault('shape/border', span, evidence, { because: cameFrom(call), ...(fix && { fix }) });
    return;
  }
}

/** As much of the padding as there is room for. */
function withinLimits(call: AnyCall, sides: readonly Sides[], limits: readonly number[]): Fix {
  const within = sides.map(([before, after], axis): Sides => {
    const limit = limits[axis]!;
    return [Math.min(before, limit), Math.min(after, limit)];
  });
  const text = sidesText(within);
  return replacement(call.spanOf('padding'), text, `${call.written} ${text}`);
}

/** A part of an axis of the result, up to `end`: at i it has what the input has at `start + step · i`. */
interface Part {
  readonly end: number;
  readonly start: number;
  readonly step: number;
}

/** What stands before, within and after the input. A constant is what stands outside of it, and needs no parts. */
function partsOf(size: number, [before, after]: Sides, mode: string): readonly Part[] {
  const end = before + size;
  const whole = end + after;
  if (mode === 'constant') return [{ end: whole, start: -before, step: 1 }];
  const [first, last] = bordersOf(size, before, mode);
  return [
    ...(before > 0 ? [{ end: before, ...first }] : []),
    { end, start: -before, step: 1 },
    ...(after > 0 ? [{ end: whole, ...last }] : []),
  ];
}

function bordersOf(size: number, before: number, mode: string): readonly [Omit<Part, 'end'>, Omit<Part, 'end'>] {
  switch (mode) {
    case 'reflect':
      return [
        { start: before, step: -1 },
        { start: before + 2 * (size - 1), step: -1 },
      ];
    case 'replicate':
      return [
        { start: 0, step: 0 },
        { start: size - 1, step: 0 },
      ];
    default:
      return [
        { start: size - before, step: 1 },
        { start: -before - size, step: 1 },
      ];
  }
}
