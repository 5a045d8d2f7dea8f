import * as digits from 'netc:digits';
import * as withStages from 'netc:digits/stages';
import { side } from './normalize.ts';
import type { Reading } from './reading.ts';
import { loadWeights } from './weights.ts';

/**
 * The network of `examples/digits.net` as netc compiled it when the page was built: plain code of this page, which no policy
 * forbids. A second module, made of the same net, tells what each layer gives.
 */
export async function loadCompiled(): Promise<(image: Float32Array) => Reading> {
  const weights = await loadWeights();
  const network = digits.load(weights);
  const observed = withStages.load(weights);
  const { outputs } = withStages.metadata;
  // What runs for the first time is slower than ever after.
  for (let round = 0; round < 20; round++) network.run(new Float32Array(side * side));
  return (image) => {
    const start = performance.now();
    const scores = network.run(image);
    const milliseconds = performance.now() - start;
    const results = observed.run(image);
    const stages = outputs.map(({ name, shape }, index) => ({
      layer: withStages.layers[index]!,
      shape,
      data: results[name]!,
    }));
    return { scores, stages, milliseconds };
  };
}
