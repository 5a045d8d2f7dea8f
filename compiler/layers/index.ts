import type { AnyLayer } from '../layer.ts';
import { findActivation } from './activations.ts';
import { add, div, max, min, mul, sub } from './arithmetic.ts';
import { avgpool } from './avgpool.ts';
import { batchnorm } from './batchnorm.ts';
import { concat } from './concat.ts';
import { conv } from './conv.ts';
import { dropout } from './dropout.ts';
import { expect } from './expect.ts';
import { flatten } from './flatten.ts';
import { globalavgpool } from './globalavgpool.ts';
import { globalmaxpool } from './globalmaxpool.ts';
import { identity } from './identity.ts';
import { linear } from './linear.ts';
import { maxpool } from './maxpool.ts';
import { log_softmax, softmax } from './softmax.ts';

export { activationNames, activations } from './activations.ts';

/** Every layer but the activations, which the prelude defines; in the order of the manual. */
export const layers: readonly AnyLayer[] = [
  conv,
  linear,
  maxpool,
  avgpool,
  globalavgpool,
  globalmaxpool,
  batchnorm,
  dropout,
  flatten,
  softmax,
  log_softmax,
  add,
  sub,
  mul,
  div,
  min,
  max,
  concat,
  identity,
  expect,
];

const byName: ReadonlyMap<string, AnyLayer> = new Map(
  layers.flatMap((layer) => [layer.name, ...(layer.synonyms ?? [])].map((name) => [name, layer])),
);

/** The layer or activation of this name or synonym. */
export function findLayer(name: string): AnyLayer | undefined {
  return byName.get(name) ?? findActivation(name);
}
