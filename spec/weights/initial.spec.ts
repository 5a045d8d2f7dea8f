import { expect } from 'chai';
import { analyze } from '../../compiler/compile.ts';
import type { Graph } from '../../compiler/graph.ts';
import { checkWeights, initialWeights } from '../../compiler/weights.ts';

const net = `net Test(image: [8, 12, 12]) -> [10] {
  conv1: conv 8->16 k3 g2 | bn1: batchnorm | prelu
  flatten
  fc1: linear 1600->100 | relu
  fc2: linear 100->10 bias=false
}`;

describe('Initial weights', () => {
  const graph = graphOf(net);
  const weights = initialWeights(graph, 0);

  it('are what the net needs, without what it does not read', () => {
    expect(checkWeights(graph, 'initial', weights)).to.deep.equal([]);
    expect([...weights.keys()]).to.deep.equal([
      'conv1.weight',
      'conv1.bias',
      'bn1.weight',
      'bn1.bias',
      'bn1.running_mean',
      'bn1.running_var',
      'prelu1.weight',
      'fc1.weight',
      'fc1.bias',
      'fc2.weight',
    ]);
  });

  // PyTorch draws weights and biases from ±1 / √fan-in; the fan-in of a convolution counts the channels of one group.
  const uniform: readonly [name: string, fanIn: number][] = [
    ['conv1.weight', 4 * 9],
    ['conv1.bias', 4 * 9],
    ['fc1.weight', 1600],
    ['fc1.bias', 1600],
    ['fc2.weight', 100],
  ];
  for (const [name, fanIn] of uniform) {
    it(`spread ${name} evenly up to 1 / √${fanIn}`, () => {
      const { data } = weights.get(name)!;
      const unit = [...data].map((value) => value * Math.sqrt(fanIn));
      const largest = Math.max(...unit.map(Math.abs).slice(0, 10_000));
      expect(unit.every((value) => Math.abs(value) <= 1 + 1e-6)).to.equal(true);
      // Of n even draws the largest is below 1 - 10 / n once in e^10, and mean and variance stray by four deviations as seldom.
      expect(largest).to.be.above(1 - 10 / Math.min(unit.length, 10_000));
      const mean = average(unit);
      const variance = average(unit.map((value) => value * value));
      expect(Math.abs(mean)).to.be.below(4 / Math.sqrt(3 * unit.length));
      expect(Math.abs(variance - 1 / 3)).to.be.below(4 * Math.sqrt(4 / 45 / unit.length));
    });
  }

  it('have neighbours that know nothing of each other', () => {
    const data = [...weights.get('fc1.weight')!.data].map((value) => value * 40 * Math.sqrt(3));
    for (const lag of [1, 2, 100]) {
      const correlation = average(data.slice(lag).map((value, index) => value * data[index]!));
      expect(Math.abs(correlation)).to.be.below(4 / Math.sqrt(data.length));
    }
  });

  it('are constants where PyTorch has constants', () => {
    expect(new Set(weights.get('bn1.weight')!.data)).to.deep.equal(new Set([1]));
    expect(new Set(weights.get('bn1.running_mean')!.data)).to.deep.equal(new Set([0]));
    expect(new Set(weights.get('prelu1.weight')!.data)).to.deep.equal(new Set([0.25]));
  });

  it('are the same for the same seed, and others for another', () => {
    expect(initialWeights(graph, 0)).to.deep.equal(weights);
    expect(initialWeights(graph, 1).get('fc2.weight')!.data).to.not.deep.equal(weights.get('fc2.weight')!.data);
  });

  it('stay as they are where another layer is changed', () => {
    const changed = initialWeights(graphOf(net.replace('->16 k3 g2', '->16 k3')), 0);
    expect(changed.get('fc2.weight')).to.deep.equal(weights.get('fc2.weight'));
  });

  it('draw from a normal distribution where a layer asks for it', () => {
    const [node] = graph.nodes;
    const spec = {
      name: 'table',
      shape: [20_000],
      role: 'parameter',
      init: { kind: 'normal', deviation: 0.02 },
    } as const;
    const normal: Graph = { ...graph, nodes: [{ ...node!, weights: [{ name: 'table', spec }] }] };
    const unit = [...initialWeights(normal, 3).get('table')!.data].map((value) => value / 0.02);
    expect(Math.abs(average(unit))).to.be.below(4 / Math.sqrt(unit.length));
    expect(average(unit.map((value) => value ** 2))).to.be.closeTo(1, 4 * Math.sqrt(2 / unit.length));
    expect(average(unit.map((value) => value ** 4))).to.be.closeTo(3, 4 * Math.sqrt(96 / unit.length));
    expect(unit.filter((value) => Math.abs(value) > 1.96).length / unit.length).to.be.closeTo(0.05, 0.006);
  });
});

function graphOf(text: string): Graph {
  const { value, faults } = analyze({ name: 'test.net', text });
  expect(faults).to.deep.equal([]);
  return value.graphs[0]!;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
