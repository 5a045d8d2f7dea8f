import * as tf from '@tensorflow/tfjs';
import { expect } from 'chai';
import { activations, findLayer } from '../../compiler/layers/index.ts';
import { initialWeights, writeSafetensors } from '../../compiler/weights.ts';
import { type ActivationCase, readActivationCases } from '../fixtures/activations.ts';
import { emitted, graphOf, moduleOf } from './generated.ts';

/** tfjs's own activations, by the formulas that they are recognized by. */
const own: ReadonlyMap<string, string> = new Map([
  ['max(0, x)', 'relu'],
  ['min(6, max(0, x))', 'relu6'],
  ['x * sigmoid(x)', 'swish'],
  ['sigmoid(x) * x', 'swish'],
  ['tanh(softplus(x)) * x', 'mish'],
  ['x > 0 ? x : expm1(x)', 'elu'],
  ['clamp(0.5 + x * 0.2, 0, 1)', 'hardSigmoid'],
  ['x / (abs(x) + 1)', 'softsign'],
]);

/** Formulas that are not quite those of tfjs's own activations. */
const others: readonly string[] = [
  'max(x, 0)', // has the derivative 1 at 0
  'clamp(x / 6 + 0.5, 0, 1)', // PyTorch's hard sigmoid
  'x * clamp(0.2 * x + 0.5, 0, 1)',
  'x > 0 ? x : 2 * expm1(x)',
  'x / (1 + x)',
];

describe('An activation in tfjs', () => {
  for (const each of readActivationCases()) {
    const options = Object.entries(each.options).map(([name, value]) => `${name} = ${value}`);
    it(`has PyTorch's values and slopes: ${each.name} ${options.join(', ')}`, () => check(each));
  }

  it('has a case for each that netc knows', () => {
    const tested = new Set(readActivationCases().map(({ name }) => name));
    expect([...activations].map(({ name }) => name).filter((name) => !tested.has(name))).to.deep.equal([]);
  });

  it("is tfjs's own where the formula is the same, whatever its name", () => {
    const found = [...own.keys()].map((formula) => [formula, activationOf(formula)]);
    expect(found).to.deep.equal([...own]);
  });

  it('is a class of the module where it is not', () => {
    expect(others.map(activationOf)).to.deep.equal(others.map(() => undefined));
  });
});

/** The activation of tfjs that this formula of x is built with. */
function activationOf(formula: string): string | undefined {
  return /activation: '(\w+)'/.exec(emitted(`act some(x) = ${formula}\nnet N(x: [4]) { some }`))?.[1];
}

async function check({ name, options, points, values, slopes }: ActivationCase): Promise<void> {
  const parameters = findLayer(name)!.options;
  const given = Object.entries(options).filter(([option]) => option in parameters);
  const text = given.map(([option, value]) => `${option}=(${value})`).join(' ');
  const net = `net N(x: [${points.length}]) { only: ${name} ${text} }`;
  const { load, metadata } = await moduleOf(net);
  const initial = initialWeights(graphOf(net), 0);
  // What is no option is a learned number, where it is not as it begins.
  const weights = metadata.weights.map(({ name: weight }) => {
    const { shape, data } = initial.get(weight)!;
    return [weight, { shape, data: Float32Array.of(options[weight.replace('only.', '')] ?? data[0]!) }] as const;
  });
  const model = load(writeSafetensors(new Map(weights)));
  const x = tf.tensor2d([...points], [1, points.length]);
  const found = (model.predict(x) as tf.Tensor).dataSync();
  const gradient = tf
    .grad((each) => model.apply(each) as tf.Tensor)(x)
    .dataSync();
  for (const [index, point] of points.entries()) {
    expect(
      isClose(found[index]!, values[index]!),
      `${name}(${point}) is ${found[index]}, not ${values[index]}`,
    ).to.equal(true);
    if (hasNoSlope(name, point)) continue;
    const message = `${name}'(${point}) is ${gradient[index]}, not ${slopes[index]}`;
    expect(isClose(gradient[index]!, slopes[index]!), message).to.equal(true);
  }
}

/** Where PyTorch's slope is none of the formula: at NaN it is that of one of the branches, and x³ has no float32. */
function hasNoSlope(name: string, point: number): boolean {
  return Number.isNaN(point) || (name === 'gelu_tanh' && Math.abs(point) >= 1e30);
}

function isClose(found: number, expected: number): boolean {
  if (!Number.isFinite(expected)) return Object.is(found, expected);
  return Math.abs(found - expected) <= 1e-5 * Math.max(1, Math.abs(expected));
}
