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
  use_bias: ['bias'],
  ceil_mode: ['ceil'],
  keepdim: ['keep'],
  keepdims: ['keep'],
  dim: ['axis', 'axes'],
  dims: ['axes', 'axis'],
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
  'in',
  'out',
]);

/** Our name of an option that is known by another one elsewhere, among those that the layer has. */
export function optionElsewhere(written: string, options: Iterable<string>): string | undefined {
  const own = Object.hasOwn(elsewhere, written.toLowerCase()) ? elsewhere[written.toLowerCase()]! : [];
  const has = new Set(options);
  return own.find((name) => has.has(name));
}

/** Whether it is the name elsewhere of what stands around the arrow here. */
export function namesFeatures(written: string): boolean {
  return featureOptions.has(written.toLowerCase());
}
