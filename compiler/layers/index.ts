import type { AnyLayer } from '../layer.ts';
import { findActivation } from './activations.ts';
import { adaptiveavgpool } from './adaptiveavgpool.ts';
import { adaptivemaxpool } from './adaptivemaxpool.ts';
import { arange } from './arange.ts';
import { add, div, mul, sub } from './arithmetic.ts';
import { attention } from './attention.ts';
import { avgpool } from './avgpool.ts';
import { batchnorm } from './batchnorm.ts';
import { concat } from './concat.ts';
import { conv } from './conv.ts';
import { crop } from './crop.ts';
import { deconv } from './deconv.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import { expect } from './expect.ts';
import { max, min } from './extremes.ts';
import { flatten } from './flatten.ts';
import { gather } from './gather.ts';
import { globalavgpool } from './globalavgpool.ts';
import { globalmaxpool } from './globalmaxpool.ts';
import { glu } from './glu.ts';
import { groupnorm } from './groupnorm.ts';
import { gru } from './gru.ts';
import { identity } from './identity.ts';
import { instancenorm } from './instancenorm.ts';
import { layernorm } from './layernorm.ts';
import { linear } from './linear.ts';
import { localresponsenorm } from './localresponsenorm.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { maxpool } from './maxpool.ts';
import { normalize } from './normalize.ts';
import { pad } from './pad.ts';
import { param } from './param.ts';
import { permute } from './permute.ts';
import { pixelshuffle, pixelunshuffle } from './pixelshuffle.ts';
import { mean, sum } from './reduction.ts';
import { reshape } from './reshape.ts';
import { rmsnorm } from './rmsnorm.ts';
import { rnn } from './rnn.ts';
import { select, slice, split } from './slice.ts';
import { log_softmax, softmax, softmin } from './softmax.ts';
import { upsample } from './upsample.ts';

export { activationNames, activations } from './activations.ts';

/** Every layer but the activations, which the prelude defines; in the order of the manual. */
export const layers: readonly AnyLayer[] = [
  conv,
  deconv,
  linear,
  maxpool,
  avgpool,
  adaptiveavgpool,
  adaptivemaxpool,
  globalavgpool,
  globalmaxpool,
  upsample,
  pixelshuffle,
  pixelunshuffle,
  pad,
  crop,
  batchnorm,
  layernorm,
  groupnorm,
  instancenorm,
  rmsnorm,
  localresponsenorm,
  normalize,
  embedding,
  rnn,
  lstm,
  gru,
  attention,
  dropout,
  flatten,
  reshape,
  permute,
  slice,
  select,
  split,
  softmax,
  softmin,
  log_softmax,
  glu,
  mean,
  sum,
  add,
  sub,
  mul,
  div,
  min,
  max,
  concat,
  matmul,
  gather,
  identity,
  expect,
  param,
  arange,
];

const byName: ReadonlyMap<string, AnyLayer> = new Map(
  layers.flatMap((layer) => [layer.name, ...(layer.synonyms ?? [])].map((name) => [name, layer])),
);

/** The layer or activation of this name or synonym. */
export function findLayer(name: string): AnyLayer | undefined {
  return byName.get(name) ?? findActivation(name);
}
