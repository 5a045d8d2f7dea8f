import { expect } from 'chai';
import { findLayer } from '../../compiler/layers/index.ts';
import { initialWeights, type Tensor, writeSafetensors } from '../../compiler/weights.ts';
import { type ActivationCase, readActivationCases } from '../fixtures/activations.ts';
import { builtOf, emitted, importModule, type Outputs } from './generated.ts';

/** All activations as one net, each with an input, an output and a label of its own. */
describe('Activations in a compiled module', () => {
  const cases = readActivationCases();
  let results: Outputs;

  before(async () => {
    const size = (index: number) => `[${cases[index]!.points.length}]`;
    const net = `net All(${cases.map((_, index) => `x${index}: ${size(index)}`).join(', ')}) -> (
      ${cases.map((_, index) => `y${index}: ${size(index)}`).join(', ')}
    ) {
      ${cases.map((each, index) => `y${index} = x${index} | a${index}: ${written(each)}`).join('\n')}
      return ${cases.map((_, index) => `y${index}`).join(', ')}
    }`;
    const { load } = await importModule(emitted(net));
    const weights = [...initialWeights(builtOf(net).graph, 0)].map(([name, initial]): [string, Tensor] => {
      const [label, option] = name.split('.');
      const { options } = cases.find((_, index) => label === `a${index}`)!;
      const learned = options[option!];
      return [name, learned === undefined ? initial : { shape: initial.shape, data: Float32Array.of(learned) }];
    });
    const inputs = cases.map(({ points }, index) => [`x${index}`, Float32Array.from(points)] as const);
    results = load(writeSafetensors(new Map(weights))).run(Object.fromEntries(inputs));
  });

  for (const [index, each] of cases.entries()) {
    it(`give PyTorch's values: ${written(each)}`, () => {
      const values = (results as Readonly<Record<string, Float32Array>>)[`y${index}`]!;
      for (const [place, expected] of each.values.entries()) {
        const actual = values[place]!;
        // A rounded input moves the result by as much; equal infinities have no distance.
        const isClose =
          Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected));
        expect(isClose, `at ${each.points[place]}: ${actual}, not ${expected}`).to.equal(true);
      }
    });
  }
});

/** As one writes it; what is learned is no option. */
function written({ name, options }: ActivationCase): string {
  const known = findLayer(name)!.options;
  const given = Object.entries(options).filter(([option]) => option in known);
  return [name, ...given.map(([option, value]) => `${option}=${value}`)].join(' ');
}
