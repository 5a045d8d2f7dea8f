import * as tf from '@tensorflow/tfjs';
import { expect } from 'chai';
import { initialWeights, readSafetensors, writeSafetensors } from '../../compiler/weights.ts';
import { caseFiles, type FixtureCase, filled, given, largestDifference, readCases } from '../fixtures/cases.ts';
import { fill } from '../fixtures/fill.ts';
import { graphOf, isRefused, moduleOf, predict } from './generated.ts';

describe('Training a tfjs model', () => {
  const net = `net Sides(image: [1, 8, 8]) -> [2] {
    conv1: conv 1->4 k3 p1 | batchnorm | hardswish | maxpool 2
    flatten
    fc: linear 64->2
  }`;

  it('lets the loss fall, and what it learned can be saved and loaded', async () => {
    const { load, save } = await moduleOf(net);
    const model = load(writeSafetensors(initialWeights(graphOf(net), 0)));
    const { images, labels } = brightSides(24);
    const loss = (truth: tf.Tensor, scores: tf.Tensor) => tf.losses.softmaxCrossEntropy(truth, scores);
    model.compile({ optimizer: tf.train.adam(0.01), loss, metrics: ['accuracy'] });
    const { history } = await model.fit(images, labels, { epochs: 6, batchSize: 8, shuffle: false, verbose: 0 });
    const losses = history.loss as number[];
    expect(losses.at(-1)).to.be.below(losses[0]! / 2);
    expect(history.acc!.at(-1)).to.equal(1);

    const again = load(save(model));
    const input = [{ name: 'image', shape: [24, 1, 8, 8], data: images.dataSync<'float32'>() }];
    expect(largestDifference(predict(again, input)[0]!, predict(model, input)[0]!)).to.equal(0);
    tf.dispose([images, labels]);
  });

  it('trains the numbers that an activation learns', async () => {
    const { load, save } = await moduleOf('net N(x: [4]) { only: prelu }');
    const model = load(writeSafetensors(new Map([['only.weight', { shape: [1], data: Float32Array.of(0.25) }]])));
    model.compile({ optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError' });
    const x = tf.tensor2d([[-1, -2, 3, 4]]);
    // The mean square of 0.25 · (-1, -2, 0, 0) has the derivative 0.5 · 0.25 · (1 + 4) by the slope.
    await model.fit(x, tf.tensor2d([[0, 0, 3, 4]]), { epochs: 1, verbose: 0 });
    const { value } = readSafetensors('saved', save(model));
    expect(value.get('only.weight')!.data[0]).to.be.closeTo(0.25 - 0.5 * 0.5 * 0.25 * 5, 1e-6);
  });

  const slopes: readonly (readonly [body: string, numbers: readonly number[], slopes: readonly number[]])[] = [
    ['max axes=0', [2, 2, 1], [0.5, 0.5, 0]],
    ['min axes=0 keep', [2, 1, 1], [0, 0.5, 0.5]],
    ['reshape [1, 3] | globalmaxpool', [2, 2, 1], [0.5, 0.5, 0]],
    ['reshape [1, 1, 4] | globalmaxpool keep', [1, 1, 1, 1], [0.25, 0.25, 0.25, 0.25]],
    ['max { mul { abs } }', [1, 2, -1, 0.25], [1.5, 4, 1.5, 1]],
    ['min { mul { abs } }', [1, 2, -1, 0.25], [1.5, 1, 1.5, 0.5]],
  ];
  for (const [body, numbers, expected] of slopes) {
    it(`gives equal numbers the slopes that PyTorch gives them: ${body}`, async () => {
      const model = (await moduleOf(`net N(x: [${numbers.length}]) { ${body} }`)).build();
      const slope = tf.grad((x) => model.apply(x) as tf.Tensor)(tf.tensor([numbers]));
      expect([...slope.dataSync()]).to.deep.equal(expected);
    });
  }

  it('drops numbers by chance, and leaves them alone afterwards', async () => {
    const { build } = await moduleOf('net N(x: [1000]) { dropout 0.25 }');
    const model = build();
    const ones = tf.ones([1, 1000]);
    const trained = (model.apply(ones, { training: true }) as tf.Tensor).dataSync();
    expect(new Set(trained)).to.deep.equal(new Set([0, Math.fround(1 / 0.75)]));
    expect(trained.filter((each) => each === 0).length).to.be.within(150, 350);
    expect([...(model.predict(ones) as tf.Tensor).dataSync()].every((each) => each === 1)).to.equal(true);
  });

  for (const affine of [true, false]) {
    it(`moves the statistics of batchnorm as PyTorch does, affine=${affine}`, async () => {
      const text = `net N(x: [2, 3]) { norm: batchnorm momentum=0.25 affine=${affine} | flatten | linear 6->1 }`;
      const { build, save, metadata } = await moduleOf(text);
      const model = build();
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      const x = tf.tensor([1, 2, 3, 4, 4, 4, 5, 6, 7, 4, 4, 8], [2, 2, 3]);
      await model.fit(x, tf.zeros([2, 1]), { epochs: 1, verbose: 0 });
      const { value } = readSafetensors('saved', save(model));
      expect([...value.keys()]).to.deep.equal(metadata.weights.map(({ name }) => name));
      const [first, second] = value.get('norm.running_mean')!.data;
      expect(first).to.be.closeTo(0.25 * 4, 1e-6);
      expect(second).to.be.closeTo((0.25 * 28) / 6, 1e-6);
    });
  }
});

describe('A tfjs model of each kind of layer', () => {
  for (const each of caseFiles
    .flatMap(readCases)
    .filter(({ name, net }) => !name.startsWith('LeNet') && !isRefused(net))) {
    it(`has right gradients, and can be stored: ${each.name}`, async () => {
      const { model, save, inputs } = await modelOf(each);
      checkGradients(
        model,
        inputs.map(({ shape, data }) => tf.tensor(data, [...shape])),
      );

      const stored = JSON.parse(JSON.stringify(model.toJSON(null, false)));
      const copy = await tf.models.modelFromJSON(stored);
      copy.setWeights(model.getWeights());
      const expected = predict(model, inputs);
      for (const [index, found] of predict(copy, inputs).entries())
        expect(largestDifference(found, expected[index]!)).to.equal(0);
      const { value: saved } = readSafetensors('saved', save(copy));
      for (const { name, shape, data } of filled(each.weights)) expect(saved.get(name)).to.deep.equal({ shape, data });
    });
  }
});

/** Pictures that are brighter on the left or on the right, and on which side, in turns. */
function brightSides(count: number): { images: tf.Tensor; labels: tf.Tensor } {
  const noise = fill('images', [count, 8, 8]);
  const pixels = noise.map((value, index) => {
    const isBright = index % 8 < 4 === (Math.floor(index / 64) % 2 === 0);
    return 0.3 * value + (isBright ? 1 : 0);
  });
  const sides = Array.from({ length: count }, (_, index) => index % 2);
  return { images: tf.tensor(pixels, [count, 1, 8, 8]), labels: tf.oneHot(tf.tensor1d(sides, 'int32'), 2) };
}

async function modelOf({ net, weights, inputs }: FixtureCase) {
  const { load, save } = await moduleOf(net);
  const tensors = new Map(filled(weights).map((tensor) => [tensor.name, tensor]));
  return { model: load(writeSafetensors(tensors)), save, inputs: given(inputs) };
}

/** By the inputs and by each trained weight, along one direction, against the difference quotient. */
function checkGradients(model: tf.LayersModel, inputs: readonly tf.Tensor[]): void {
  const result = (...values: tf.Tensor[]) => {
    const given = model.apply(values.length === 1 ? values[0]! : values) as tf.Tensor | tf.Tensor[];
    const parts = [given].flat().map((each, index) => each.mul(direction(`result ${index}`, each.shape)).sum());
    return tf.addN(parts) as tf.Scalar;
  };
  tf.tidy(() => {
    // What is made of whole numbers has no slope.
    if (inputs.every(({ dtype }) => dtype === 'float32')) {
      const directions = inputs.map((each, index) => direction(`input ${index}`, each.shape));
      const moved = (step: number) => result(...inputs.map((each, index) => each.add(directions[index]!.mul(step))));
      const gradients = tf.grads(result)([...inputs]);
      const slope = tf.addN(gradients.map((each, index) => each.mul(directions[index]!).sum()));
      expectSlope(moved, slope, 'the input');
    }
    for (const weight of model.trainableWeights) {
      const variable = weight.read() as tf.Variable;
      const before = variable.clone();
      const { grads } = tf.variableGrads(() => result(...inputs), [variable]);
      const along = direction(weight.name, variable.shape);
      const changed = (step: number) => {
        variable.assign(before.add(along.mul(step)));
        return result(...inputs);
      };
      expectSlope(changed, grads[variable.name]!.mul(along).sum(), weight.originalName);
      variable.assign(before);
    }
  });
}

function direction(name: string, shape: readonly number[]): tf.Tensor {
  return tf.tensor(fill(name, shape), [...shape]);
}

function expectSlope(moved: (step: number) => tf.Tensor, slope: tf.Tensor, name: string): void {
  // So small that hardly a largest number changes, and as large as float32 needs.
  const step = 1e-4;
  const quotient = (moved(step).dataSync()[0]! - moved(-step).dataSync()[0]!) / (2 * step);
  const found = slope.dataSync()[0]!;
  expect(found, name).to.be.closeTo(quotient, 2e-2 * Math.max(1, Math.abs(quotient)));
}
