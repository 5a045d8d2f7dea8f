import {
  flag,
  type Inferred,
  integer,
  type Layer,
  layer,
  type PlacelessNode,
  type TfjsLayer,
  type TypedNode,
  type WeightSpec,
} from '../layer.ts';
import { apply, constant, type Scalar, variable, variablesOf } from '../scalar/scalar.ts';
import { accumulator, coordinate, type Meaning, type MeaningOperand } from '../tensor/tensor.ts';
import { add, affine, along, count, input, inputShape, type MeaningLoad, mul, step, weight } from './meaning.ts';
import { type AnyCall, featureSizes, gives, receivedShape, reportRank } from './rules.ts';
import { unless } from './tfjs.ts';
import { workingLines } from './working.ts';

/** What all recurrent layers share: all but the formula of one step. */

export const recurrentOptions = {
  layers: integer({
    default: 1,
    minimum: 1,
    maximum: 100,
    doc: 'How many of them stand one on top of the other, each on the states of the one below.',
  }),
  bidirectional: flag({
    default: false,
    doc: 'Whether a second one reads the sequence backwards; its states stand behind those of the first.',
  }),
  last: flag({ default: false, doc: 'Whether only the state after the whole sequence is given.' }),
  bias: flag({ default: true, doc: 'Whether learned numbers are added to both products.' }),
};

type RecurrentNode = TypedNode<typeof recurrentOptions>;
type PlacelessRecurrentNode = PlacelessNode<typeof recurrentOptions>;

export const recurrentDescription = `A sequence \`[T, F]\` becomes the sequence of its states, \`[T, out]\`; with \`bidirectional\` each step has the states of both
directions, \`[T, 2 · out]\`. The state before the first step is 0. With \`last\` only the state after the whole sequence is
left, \`[out]\` or \`[2 · out]\`: the forward one at the last step, the backward one at the first, which is \`h_n\` of
PyTorch's last layer.

Weights have PyTorch's names and layouts, \`weight_ih_l0\`, \`weight_hh_l0\`, \`bias_ih_l0\`, \`bias_hh_l0\`, and those of the
backward direction end with \`_reverse\`. PyTorch's \`dropout\` between \`layers\` plays no part in a compiled model; to train
with it, write the layers one by one, with \`dropout\` between them.`;

/** The shape rule: the steps stay, or none, and the features are the states of all directions. */
export function inferRecurrent(
  call: AnyCall,
  { bidirectional, last }: { readonly bidirectional: boolean; readonly last: boolean },
): Inferred | undefined {
  const shape = receivedShape(call);
  if (!shape) return undefined;
  const [steps, features] = shape;
  if (steps === undefined || features === undefined || shape.length !== 2) {
    reportRank(call, 'a sequence [T, F]', shape);
    return undefined;
  }
  const sizes = featureSizes(call, features);
  if (!sizes) return undefined;
  const states = bidirectional ? 2 * sizes.out : sizes.out;
  return gives(last ? [states] : [steps, states], { sizes });
}

/** That states of both directions stand side by side. */
export function recurrentWorking({ sizes, output, options }: RecurrentNode): readonly string[] {
  const gives = output.type.shape.at(-1)!;
  return options.bidirectional ? workingLines([{ axis: 'features', by: `2·${sizes!.out}`, gives }]) : [];
}

/** A sequence that is read in one direction by one of several layers. */
interface Pass {
  /** What the names of its weights end with. */
  readonly suffix: string;
  readonly features: number;
  readonly backwards: boolean;
}

/** Layer by layer, of each the forward direction first. */
function passesOf({ sizes, options: { layers, bidirectional } }: PlacelessRecurrentNode): readonly (readonly Pass[])[] {
  const { in: features, out } = sizes!;
  const directions = bidirectional ? [false, true] : [false];
  return Array.from({ length: layers }, (_, index) =>
    directions.map((backwards) => ({
      suffix: `_l${index}${backwards ? '_reverse' : ''}`,
      features: index === 0 ? features : out * directions.length,
      backwards,
    })),
  );
}

/** The weights of a layer with so many gates, the candidate included. */
export function recurrentWeights(node: PlacelessRecurrentNode, gates: number): readonly WeightSpec[] {
  const { out } = node.sizes!;
  const init = { kind: 'uniform', bound: 1 / Math.sqrt(out) } as const;
  const spec = (name: string, ...shape: readonly number[]): WeightSpec => ({ name, shape, role: 'parameter', init });
  return passesOf(node)
    .flat()
    .flatMap(({ suffix, features }) => [
      spec(`weight_ih${suffix}`, gates * out, features),
      spec(`weight_hh${suffix}`, gates * out, out),
      ...(node.options.bias ? [spec(`bias_ih${suffix}`, gates * out), spec(`bias_hh${suffix}`, gates * out)] : []),
    ]);
}

/** The support class of tfjs that computes it, with PyTorch's weights as they are. */
export function tfjsRecurrent(
  node: RecurrentNode,
  gates: number,
  name: string,
  config: TfjsLayer['config'] = {},
): readonly TfjsLayer[] {
  const { layers, bidirectional, last, bias } = node.options;
  const units = node.sizes!.out;
  return [
    {
      layer: name,
      config: {
        units,
        ...unless(1, { layers }),
        ...unless(false, { bidirectional }),
        ...unless(false, { last }),
        ...unless(true, { useBias: bias }),
        ...config,
        bound: 1 / Math.sqrt(units),
      },
      weights: recurrentWeights(node, gates).map((weight) => ({
        name: weight.name,
        axes: weight.shape.map((_, axis) => axis),
      })),
    },
  ];
}

export function recurrentMacs(node: RecurrentNode, gates: number): number {
  const { out } = node.sizes!;
  const products = passesOf(node)
    .flat()
    .reduce((sum, { features }) => sum + gates * out * (features + out), 0);
  return count(node.inputs[0]!.type.shape.slice(0, 1)) * products;
}

/**
 * One step of a recurrent layer, element by element. Formulas are over the products of the input and of the last state with
 * the weights of each gate, biases included: `x_r` and `h_r` of the gate `r`. A part is known to those after it by its
 * name, and to all as it was in the step before, as `last_cell`; the last part is the state.
 */
export interface Cell {
  /** In the order in which they stand in the weights. */
  readonly gates: readonly string[];
  readonly parts: readonly { readonly name: string; readonly formula: Scalar }[];
}

/** The sum of both products for a gate. */
export function gateSum(gate: string): Scalar {
  return add(variable(`x_${gate}`), variable(`h_${gate}`));
}

/**
 * Of each direction the products of the input for all steps at once, then a scan over the steps: the products of the last
 * state, and the parts of the cell.
 */
export function lowerRecurrent(node: RecurrentNode, cell: Cell): Meaning {
  const [steps] = inputShape(node) as [number];
  const { out } = node.sizes!;
  const { last, bias } = node.options;
  const meaning: Meaning[number][] = [];
  const push = (...expressions: Meaning): MeaningOperand => {
    meaning.push(...expressions);
    return step(meaning.length - 1);
  };
  let scan = 0;
  let below = input();
  const passes = passesOf(node);
  for (const [index, directions] of passes.entries()) {
    const states = directions.map((pass) => {
      const products = push(productOf(below, pass, 'ih', { steps, width: cell.gates.length * out, bias }));
      return push(...scanOf(cell, pass, { products, first: meaning.length, scan: scan++, steps, out, bias }));
    });
    if (last && index === passes.length - 1) push(lastOf(states, steps, out));
    else below = states.length === 1 ? states[0]! : push(sideBySide(states, steps, out));
  }
  return meaning;
}

interface ProductSizes {
  readonly steps: number;
  /** Of all gates together. */
  readonly width: number;
  readonly bias: boolean;
}

/** The product of a sequence, some steps before, with one of the weights, and its bias. */
function productOf(
  from: MeaningOperand,
  { suffix, features }: Pick<Pass, 'suffix' | 'features'>,
  part: 'ih' | 'hh',
  { steps, width, bias }: ProductSizes,
  before = 0,
): Meaning[number] {
  const [x, w, b] = [part === 'ih' ? 'x' : 'h', 'weight', 'bias'];
  return {
    axes: [steps, width],
    reduction: { operator: 'sum', axes: [features], body: mul(variable(x), variable(w)) },
    loads: [
      {
        name: x,
        from,
        view: [steps, features],
        index: [affine(3, [[0, 1]], -before), affine(3, [[2, 1]])],
        ...(before > 0 && { outside: 0 }),
      },
      { name: w, from: weight(`weight_${part}${suffix}`), view: [width, features], index: along(3, 1, 2) },
      ...(bias ? [{ name: b, from: weight(`bias_${part}${suffix}`), view: [width], index: along(3, 1) }] : []),
    ],
    result: bias ? add(variable(accumulator), variable(b)) : variable(accumulator),
  };
}

interface ScanParts {
  /** The products of the input. */
  readonly products: MeaningOperand;
  /** The number of its first expression in the meaning. */
  readonly first: number;
  readonly scan: number;
  readonly steps: number;
  readonly out: number;
  readonly bias: boolean;
}

function scanOf(
  { gates, parts }: Cell,
  { suffix, backwards }: Pass,
  { products, first, scan, steps, out, bias }: ScanParts,
): Meaning {
  const states = step(first + parts.length);
  const [now, time] = [affine(2, [[0, 1]]), backwards ? affine(2, [[0, -1]], steps - 1) : affine(2, [[0, 1]])];
  const feature = affine(2, [[1, 1]]);
  const gatesView = [steps, gates.length, out];
  const loads: readonly MeaningLoad[] = [
    ...gates.flatMap((gate, at): readonly MeaningLoad[] => [
      { name: `x_${gate}`, from: products, view: gatesView, index: [time, affine(2, [], at), feature] },
      { name: `h_${gate}`, from: step(first), view: gatesView, index: [now, affine(2, [], at), feature] },
    ]),
    ...parts.flatMap(({ name }, at): readonly MeaningLoad[] => {
      const part = { from: step(first + 1 + at), view: [steps, out] };
      return [
        { ...part, name, index: [now, feature] },
        { ...part, name: `last_${name}`, index: [affine(2, [[0, 1]], -1), feature], outside: 0 },
      ];
    }),
  ];
  const recurrent = productOf(states, { suffix, features: out }, 'hh', { steps, width: gates.length * out, bias }, 1);
  return [
    { scan, ...recurrent },
    ...parts.map(({ formula }): Meaning[number] => {
      const names = variablesOf(formula);
      return { scan, axes: [steps, out], loads: loads.filter(({ name }) => names.includes(name)), result: formula };
    }),
  ];
}

/** The states of both directions, side by side at each step; the backward ones were made from the last step to the first. */
function sideBySide([forward, backward]: readonly MeaningOperand[], steps: number, out: number): Meaning[number] {
  const view = [steps, out];
  return {
    axes: [steps, 2, out],
    loads: [
      { name: 'forward', from: forward!, view, index: along(3, 0, 2) },
      { name: 'backward', from: backward!, view, index: [affine(3, [[0, -1]], steps - 1), affine(3, [[2, 1]])] },
    ],
    result: byDirection(1),
  };
}

/** The states that were made last, of each direction. */
function lastOf([forward, backward]: readonly MeaningOperand[], steps: number, out: number): Meaning[number] {
  const view = [steps, out];
  if (!backward) {
    const index = [affine(1, [], steps - 1), affine(1, [[0, 1]])];
    return { axes: [out], loads: [{ name: 'state', from: forward!, view, index }], result: variable('state') };
  }
  const index = [affine(2, [], steps - 1), affine(2, [[1, 1]])];
  return {
    axes: [2, out],
    loads: [
      { name: 'forward', from: forward!, view, index },
      { name: 'backward', from: backward, view, index },
    ],
    result: byDirection(0),
  };
}

/** Chooses by the coordinate along an axis of both directions. */
function byDirection(axis: number): Scalar {
  const isForward = apply('less', variable(coordinate(axis)), constant(1));
  return apply('select', isForward, variable('forward'), variable('backward'));
}

interface GatedDetails extends Pick<Layer, 'name' | 'torch' | 'summary' | 'examples'> {
  /** What each step computes, as formulas and as operations. */
  readonly formulas: string;
  readonly cell: Cell;
  /** Whose idea it is, after PyTorch's class. */
  readonly source: string;
  /** The class of `4-emit/tfjs/support`. */
  readonly tfjs: string;
}

/** A recurrent layer that is its cell and nothing more. */
export function gatedLayer({ formulas, cell, source, tfjs, ...details }: GatedDetails) {
  const gates = cell.gates.length;
  return layer({
    ...details,
    description: `${formulas}

${recurrentDescription}

PyTorch: \`${details.torch}\` with \`batch_first=True\`, where layers are \`num_layers\`. Source: ${source}`,
    operands: 'one',
    sizes: 'both',
    features: 'last',
    options: recurrentOptions,

    infer(call) {
      return inferRecurrent(call, call.options);
    },

    working(node) {
      return recurrentWorking(node);
    },

    weights(node) {
      return recurrentWeights(node, gates);
    },

    macs(node) {
      return recurrentMacs(node, gates);
    },

    lower(node) {
      return lowerRecurrent(node, cell);
    },

    tfjs: {
      channels: () => 'first',
      build(node) {
        return tfjsRecurrent(node, gates, tfjs);
      },
    },
  });
}
