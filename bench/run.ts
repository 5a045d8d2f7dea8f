/**
 * `npm run bench`: compiled TypeScript beside tfjs's cpu backend and beside itself without fusion, in one process and
 * in turns. Before anything is timed, the answers are compared.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { emitTypeScript } from '../compiler/4-emit/typescript/emit.ts';
import { analyze, build } from '../compiler/compile.ts';
import { initialWeights, writeSafetensors } from '../compiler/weights.ts';
import { machine, measure, table } from './measure.ts';
import * as tfjs from './peers/tfjs.ts';

const cases = [
  {
    title: 'LeNet, 0.65 M multiply-accumulates',
    file: 'examples/lenet.net',
    shape: [3, 32, 32],
    peer: tfjs.lenet,
    rounds: 25,
    bar: 5,
  },
  {
    title: '3×3 convolutions of ResNet-18, 1.7 G multiply-accumulates',
    file: 'bench/stack.net',
    shape: [64, 56, 56],
    peer: tfjs.stack,
    rounds: 3,
    bar: 6,
  },
] as const;

await tfjs.start();
console.log(machine());
console.log(`peer: ${tfjs.version}`);

for (const { title, file, shape, peer, rounds, bar } of cases) {
  const source = { name: file, text: readFileSync(file, 'utf8') };
  const graph = analyze(source).value.graphs[0]!;
  const weights = initialWeights(graph, 0);
  const bytes = writeSafetensors(weights);
  const [fused, separate] = [await load(file, true), await load(file, false)];
  const theirs = peer(weights);

  const input = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, index) => Math.sin(index * 12.9898));
  const pictures = channelsLast(input, shape);
  // The stack's result is a picture, which tfjs gives with the channels last.
  const expected = fused(input);
  const given = theirs(pictures);
  compare(given, graph.outputs[0]!.value.type.shape.length === 3 ? channelsLast(expected, [512, 7, 7]) : expected);
  compare(separate(input), expected);

  const figures = measure(
    [
      { name: 'netc, TypeScript', run: () => fused(input) },
      { name: 'netc, TypeScript, --no-fuse', run: () => separate(input) },
      { name: 'tfjs, cpu backend', run: () => theirs(pictures) },
    ],
    { rounds },
  );
  console.log(`\n${table(title, figures)}`);
  const ratio = figures[2]!.median / figures[0]!.median;
  console.log(`  tfjs needs ${ratio.toFixed(1)} times as long; the bar is ${bar}`);

  async function load(path: string, fuse: boolean): Promise<(input: Float32Array) => Float32Array> {
    mkdirSync('.cache/bench', { recursive: true });
    const target = `.cache/bench/${path.replaceAll(/\W/g, '-')}-${fuse ? 'fused' : 'separate'}.ts`;
    writeFileSync(target, emitTypeScript(build(graph, { fuse }), { source: path, version: 'bench' }));
    const module = (await import(`../${target}`)) as {
      load(bytes: Uint8Array): { run(input: Float32Array): Float32Array };
    };
    const model = module.load(bytes);
    return (values) => model.run(values);
  }
}

function channelsLast(
  values: Float32Array,
  [channels, height, width]: readonly [number, number, number],
): Float32Array {
  const result = new Float32Array(values.length);
  for (let c = 0; c < channels; c++)
    for (let at = 0; at < height * width; at++) result[at * channels + c] = values[c * height * width + at]!;
  return result;
}

/** Throws where two answers differ by more than rounding. */
function compare(actual: Float32Array, expected: Float32Array): void {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);
  expected.forEach((value, index) => {
    if (!(Math.abs(actual[index]! - value) <= 1e-4 * scale))
      throw new Error(`answers differ at ${index}: ${actual[index]} and ${value}`);
  });
}
