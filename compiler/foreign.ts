import type { Body, Expression, NumberLiteral } from '../grammar/ast.ts';
import { expressionText } from './expression-text.ts';
import type { AnyLayer } from './layer.ts';
import { activationNames, findLayer, layers } from './layers/index.ts';

/** The layer that is called so here, or elsewhere: in upper case, as PyTorch's classes are, or with other underscores. */
export function layerElsewhere(written: string): AnyLayer | undefined {
  known ??= new Map(
    [...layers.flatMap(({ name, synonyms = [] }) => [...synonyms, name]), ...activationNames()].map((name) => [
      plain(name),
      name,
    ]),
  );
  const name = known.get(plain(written));
  return findLayer(written) ?? (name === undefined ? undefined : findLayer(name));
}

let known: ReadonlyMap<string, string> | undefined;

const plain = (name: string) => name.toLowerCase().replaceAll('_', '');

/**
 * What options are called elsewhere (PyTorch, Keras) and here. Only a name that the layer has is suggested.
 */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  kernel_size: ['kernel'],
  filter_size: ['kernel'],
  pool_size: ['kernel'],
  window: ['kernel'],
  strides: ['stride'],
  pad: ['padding'],
  dilation_rate: ['dilation'],
  dilations: ['dilation'],
  num_groups: ['groups'],
  group: ['groups'],
  num_heads: ['heads'],
  num_layers: ['layers'],
  scale_factor: ['scale'],
  is_causal: ['causal'],
  elementwise_affine: ['affine'],
  use_bias: ['bias'],
  ceil_mode: ['ceil'],
  keepdim: ['keep'],
  keepdims: ['keep'],
  dim: ['axis', 'axes'],
  dims: ['axes', 'axis'],
  start_dim: ['start'],
  begin: ['start'],
  stop: ['end'],
  chunks: ['parts'],
  epsilon: ['eps'],
  rate: ['p'],
  prob: ['p'],
  probability: ['p'],
  negative_slope: ['slope'],
  alpha: ['slope'],
  init: ['weight'],
};

/** What sizes and features are called elsewhere, and the side of the arrow on which they stand here. */
const featureSides: Readonly<Record<string, 'in' | 'out'>> = {
  in_channels: 'in',
  in_features: 'in',
  in_size: 'in',
  input_size: 'in',
  input_dim: 'in',
  num_embeddings: 'in',
  in: 'in',
  out_channels: 'out',
  out_features: 'out',
  out_size: 'out',
  hidden_size: 'out',
  embedding_dim: 'out',
  output_dim: 'out',
  filters: 'out',
  units: 'out',
  channels: 'out',
  features: 'out',
  num_features: 'out',
  out: 'out',
};

/** Our name of an option that is known by another one elsewhere, among those that the layer has. */
export function optionElsewhere(written: string, options: Iterable<string>): string | undefined {
  const own = Object.hasOwn(elsewhere, written.toLowerCase()) ? elsewhere[written.toLowerCase()]! : [];
  const has = new Set(options);
  return own.find((name) => has.has(name));
}

/** PyTorch's names for axes, which count the batch. */
const batchedAxes = new Set(['dim', 'dims', 'start_dim', 'end_dim']);

/** PyTorch counts the batch, which has no number here. Undefined where nothing is to be counted anew. */
export function withoutBatchAxis(written: string, value: Expression | Body): Expression | undefined {
  if (!batchedAxes.has(written)) return undefined;
  if (value.kind === 'number') return value.value < 1 ? undefined : lessOne(value);
  if (value.kind !== 'shape') return undefined;
  const items = value.items[0]?.kind === 'number' && isOrder(value.items) ? value.items.slice(1) : value.items;
  const isCounted = items.every((item) => item.kind !== 'number' || item.value >= 1);
  return isCounted
    ? { ...value, items: items.map((item) => (item.kind === 'number' ? lessOne(item) : item)) }
    : undefined;
}

function lessOne(axis: NumberLiteral): NumberLiteral {
  return { ...axis, value: axis.value - 1, text: String(axis.value - 1) };
}

/** The order of all axes, of which the batch stays the first. */
function isOrder(axes: readonly Expression[]): boolean {
  const numbers = axes.map((axis) => (axis.kind === 'number' ? axis.value : Number.NaN));
  const known = new Set(numbers);
  return numbers.length > 1 && numbers[0] === 0 && [...numbers.keys()].every((axis) => known.has(axis));
}

/** Numbers in a row as functions elsewhere take them, which speak of the batch too: `x.permute(0, 2, 1)`, `x.view(-1, 8, 16)`. */
export function withoutBatchItem(
  { positional = [], options }: Listing,
  items: readonly Expression[],
): readonly Expression[] {
  const { type } = options[positional[0]!]!;
  const isOpen = (item: Expression) => item.kind === 'unary' && item.operator === '-';
  const [first, ...others] = items.map(bare);
  if (type === 'axes' && first && isOrder([first, ...others])) {
    return others.map((item) => (item.kind === 'number' ? lessOne(item) : item));
  }
  return type === 'shape' && first && isOpen(first) && others.length > 0 && !others.some(isOpen) ? others : items;
}

/** The side of the arrow on which stands here what has this name elsewhere. */
export function featureSide(written: string): 'in' | 'out' | undefined {
  const name = written.toLowerCase();
  return Object.hasOwn(featureSides, name) ? featureSides[name] : undefined;
}

/** Options elsewhere that say how numbers are stored or laid out, and why no network needs them here. */
const needless: Readonly<Record<string, string>> = {
  inplace: 'what is computed in place is not a matter of the network',
  batch_first: 'the batch always comes first',
  device: 'where it is computed is not a matter of the network',
  dtype: 'the input of the net says what its numbers are',
};

/** Why an option that exists elsewhere is not needed here. */
export function whyNeedless(written: string): string | undefined {
  return Object.hasOwn(needless, written) ? needless[written] : undefined;
}

/** Our way to write what is a layer or a word of its own elsewhere. */
const waysElsewhere: Readonly<Record<string, string>> = {
  transpose: '`permute` lays axes in another order: `permute [1, 0]`',
  swapaxes: '`permute` lays axes in another order: `permute [1, 0]`',
  squeeze: '`reshape` or `flatten` takes axes of 1 away',
  unsqueeze: '`reshape` makes axes of 1, as in `reshape [1, 28, 28]`',
  stack: '`concat` joins along an axis that `reshape` makes',
  transformerencoderlayer:
    'it is a block of `residual { attention heads=8 } | layernorm` and `residual { linear ->2048 | relu | linear ->512 } | layernorm`',
  transformerencoder: '`repeat 6 { … }` writes a block several times',
  modulelist: '`repeat 3 { … }` and `repeat 3 as i { … }` write layers several times',
  sequential: 'layers follow each other along `|`, or line by line',
  for: '`repeat 3 { … }` and `repeat 3 as i { … }` write lines several times',
  while: '`repeat 3 { … }` and `repeat 3 as i { … }` write lines several times',
  block: 'a `block` stands at the top of the file, outside of all braces',
  act: 'an `act` stands at the top of the file, outside of all braces',
  def: 'a piece of a network with a name is a `block`, at the top of the file',
  activation: 'an activation is a layer by its own name, as in `| relu`',
};

/** What to write instead of a layer that is none here, in words. */
export function wayElsewhere(written: string): string | undefined {
  const name = plain(written);
  return Object.hasOwn(waysElsewhere, name) ? waysElsewhere[name] : undefined;
}

/** Of a layer or a block, what says how its arguments are listed. */
interface Listing {
  readonly positional?: readonly string[];
  readonly options: Readonly<Record<string, { readonly type: string }>>;
}

/** Whether the one argument that has no name is a list; where the stride has none elsewhere, that is the second number. */
export function takesList({ positional = [], options }: Listing): boolean {
  const [option] = positional;
  if (option === undefined || positional.length > 1) return false;
  const { type } = options[option]!;
  return type === 'shape' || type === 'axes' || (type === 'size' && !options.stride);
}

/** `[8, 16]`, or `7x7` where that is a size. */
export function listText({ positional = [], options }: Listing, items: readonly Expression[]): string {
  const texts = items.map((item) => expressionText(bare(item)));
  const isSize =
    options[positional[0]!]!.type === 'size' && texts.length <= 3 && texts.every((text) => /^\d+$/.test(text));
  return isSize ? texts.join('x') : `[${texts.join(', ')}]`;
}

/** Only an argument that stands alone needs parentheses around its sign. */
export function bare(value: Expression): Expression {
  return value.kind === 'parenthesized' ? value.inner : value;
}
