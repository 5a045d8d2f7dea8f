import type { AnyLayer } from '../layer.ts';
import { conv } from './conv.ts';
import { flatten } from './flatten.ts';
import { linear } from './linear.ts';
import { maxpool } from './maxpool.ts';

/** Every layer but the activations, which the prelude defines; in the order of the manual. */
export const layers: readonly AnyLayer[] = [conv, linear, maxpool, flatten];

const byName: ReadonlyMap<string, AnyLayer> = new Map(
  layers.flatMap((layer) => [layer.name, ...(layer.synonyms ?? [])].map((name) => [name, layer])),
);

/** The layer of this name or synonym. */
export function findLayer(name: string): AnyLayer | undefined {
  return byName.get(name);
}
