import type { Body, Expression, NumberLiteral } from '../../grammar/ast.ts';
import type { AnyLayer } from '../layer.ts';
import { activationNames, findLayer, layers } from '../layers/index.ts';

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
  is_causal: ['causal'],
  elementwise_affine: ['affine'],
  normalized_shape: ['axes'],
  use_bias: ['bias'],
  ceil_mode: ['ceil'],
  keepdim: ['keep'],
  keepdims: ['keep'],
  dim: ['axis', 'axes'],
  dims: ['axes', 'axis'],
  start_dim: ['start'],
  chunks: ['parts'],
  epsilon: ['eps'],
  rate: ['p'],
  prob: ['p'],
  probability: ['p'],
  negative_slope: ['slope'],
  alpha: ['slope'],
  init: ['weight'],
};

/** What sizes and features are called elsewhere: here they stand on both sides of an arrow. */
const featureOptions = new Set([
  'in_channels',
  'out_channels',
  'in_features',
  'out_features',
  'in_size',
  'out_size',
  'input_size',
  'hidden_size',
  'filters',
  'units',
  'channels',
  'features',
  'num_features',
  'in',
  'out',
]);

/** Our name of an option that is known by another one elsewhere, among those that the layer has. */
export function optionElsewhere(written: string, options: Iterable<string>): string | undefined {
  const own = Object.hasOwn(elsewhere, written.toLowerCase()) ? elsewhere[written.toLowerCase()]! : [];
  const has = new Set(options);
  return own.find((name) => has.has(name));
}

/** PyTorch's `dim` counts the batch, which has no number here. Undefined where nothing is to be counted anew. */
export function withoutBatchAxis(written: string, value: Expression | Body): NumberLiteral | undefined {
  if (written !== 'dim' || value.kind !== 'number' || value.value < 1) return undefined;
  return { ...value, value: value.value - 1, text: String(value.value - 1) };
}

/** Whether it is the name elsewhere of what stands around the arrow here. */
export function namesFeatures(written: string): boolean {
  return featureOptions.has(written.toLowerCase());
}
