import { expect } from 'chai';
import { optimize } from '../../compiler/2-optimize/passes.ts';
import { operationText } from '../../compiler/tensor/text.ts';
import { expectSameResults, graphOf, modelOf, optimized, programOf } from './nets.ts';

describe('The passes', () => {
  const programs: readonly (readonly [what: string, net: string, operations: string])[] = [
    [
      'leave out layers that compute nothing, and give the next one what they were given',
      'net Case(x: [2, 2]) { identity | dropout 0.5 | flatten | expect [4] | relu }',
      `
# relu1: relu
relu1[4] = max(0, x)
  x = x[4] at [axis0]`,
    ],
    [
      'leave out what no result needs',
      'net Case(x: [4]) { a = relu\n x | tanh }',
      `
# tanh1: tanh
tanh1[4] = tanh(x)
  x = x[4] at [axis0]`,
    ],
    [
      'put activations into the operation before them',
      'net Case(x: [4]) { linear 4->3 | leaky_relu | tanh }',
      `
# linear1: linear 4->3 | leaky_relu | tanh
tanh1[3] = tanh(accumulator + bias > 0 ? accumulator + bias : 0.01 * (accumulator + bias))
  accumulator = sum over [4] of x * weight
  x = x[4] at [axis1]
  weight = linear1.weight[3, 4] at [axis0, axis1]
  bias = linear1.bias[3] at [axis0]`,
    ],
    [
      'put a normalization into the weights before it, to be computed when they are loaded',
      'net Case(x: [3, 6, 6]) { conv 3->4 k3 p1 bias=false | batchnorm | relu }',
      `
# batchnorm1: batchnorm
batchnorm1 step 1[4] = weight / sqrt(running_var + 0.00001)
  running_var = batchnorm1.running_var[4] at [axis0]
  weight = batchnorm1.weight[4] at [axis0]
# conv1.weight scaled: conv 3->4 k3 p1 bias=false | batchnorm
conv1.weight scaled[4, 3, 3, 3] = scale * weight
  weight = conv1.weight[4, 3, 3, 3] at [axis0, axis1, axis2, axis3]
  scale = batchnorm1 step 1[4] at [axis0]
# conv1.weight shift: conv 3->4 k3 p1 bias=false | batchnorm
conv1.weight shift[4] = bias - running_mean * scale
  running_mean = batchnorm1.running_mean[4] at [axis0]
  scale = batchnorm1 step 1[4] at [axis0]
  bias = batchnorm1.bias[4] at [axis0]
# conv1: conv 3->4 k3 p1 bias=false | batchnorm | relu
relu1[4, 6, 6] = max(0, accumulator + shift)
  accumulator = sum over [3, 3, 3] of x * weight
  x = x[3, 6, 6] at [axis3, axis1 + axis4 - 1, axis2 + axis5 - 1], 0 outside
  weight = conv1.weight scaled[4, 3, 3, 3] at [axis0, axis3, axis4, axis5]
  shift = conv1.weight shift[4] at [axis0]`,
    ],
    [
      'add what stood beside a convolution, at its own place, and go on',
      'net Case(x: [3, 6, 6]) { conv 3->3 k1 | add x | relu }',
      `
# conv1: conv 3->3 k1 | add | relu
relu1[3, 6, 6] = max(0, accumulator + bias + x1)
  accumulator = sum over [3, 1, 1] of x * weight
  x = x[3, 6, 6] at [axis3, axis1 + axis4, axis2 + axis5]
  weight = conv1.weight[3, 3, 1, 1] at [axis0, axis3, axis4, axis5]
  bias = conv1.bias[3] at [axis0]
  x1 = x[3, 6, 6] at [axis0, axis1, axis2]`,
    ],
    [
      'multiply with one number for each channel, and split the axes of a group for it',
      'net Case(x: [4, 5, 5]) { gate = globalavgpool keep\n x | conv 4->4 k3 p1 g2 bias=false | mul gate }',
      `
# globalavgpool1: globalavgpool keep
globalavgpool1[4] = accumulator / 25
  accumulator = sum over [5, 5] of x
  x = x[4, 5, 5] at [axis0, axis1, axis2]
# conv1: conv 4->4 k3 p1 g2 bias=false | mul
mul1[2, 2, 5, 5] = accumulator * x1
  accumulator = sum over [2, 3, 3] of x * weight
  x = x[2, 2, 5, 5] at [axis0, axis4, axis2 + axis5 - 1, axis3 + axis6 - 1], 0 outside
  weight = conv1.weight[2, 2, 2, 3, 3] at [axis0, axis1, axis4, axis5, axis6]
  x1 = globalavgpool1[4, 1, 1] at [2 * axis0 + axis1, 0, 0]`,
    ],
    [
      'join branches that all work place by place',
      'net Case(x: [4]) { linear 4->4 bias=false | mul {} { sigmoid } | sub { tanh } }',
      `
# linear1: linear 4->4 bias=false | sigmoid | mul | tanh | sub
sub1[4] = accumulator * sigmoid(accumulator) - tanh(accumulator * sigmoid(accumulator))
  accumulator = sum over [4] of x * weight
  x = x[4] at [axis1]
  weight = linear1.weight[4, 4] at [axis0, axis1]`,
    ],
  ];
  for (const [what, net, operations] of programs) {
    it(what, () => {
      expect(optimized(programOf(net)).operations.map(operationText).join('\n')).to.equal(operations.trim());
      expectSameResults(graphOf(net)!);
    });
  }

  it('name in a kernel what it fuses, in order', () => {
    const net = 'net Case(x: [3, 8, 8]) { stem: conv 3->4 k3 bias=false | batchnorm | hswish | maxpool 2 | relu }';
    expect(modelOf(programOf(net), { fuse: true }).kernels.map(({ comment }) => comment)).to.include.members([
      'stem: conv 3->4 k3 bias=false | batchnorm | hardswish',
      'maxpool1: maxpool 2 | relu',
    ]);
  });

  const kept: readonly (readonly [what: string, net: string, paths: readonly string[]])[] = [
    [
      'a normalization of a value that is read twice',
      'a = conv 3->3 k3 p1\n batchnorm | maxpool 3 s1 p1 | add a',
      ['conv1', 'batchnorm1', 'maxpool1'],
    ],
    [
      'a normalization before a convolution, whose border it must not move',
      'batchnorm | conv 3->3 k3 p1',
      ['batchnorm1', 'conv1'],
    ],
    ['an activation of a value that is a result', 'y = conv 3->3 k1\n relu', ['conv1', 'relu1']],
    ['an activation that is read at other places', 'relu | maxpool 3 s1 p1', ['relu1', 'maxpool1']],
    [
      'a sum of two convolutions, one of which it joins',
      'add { conv 3->3 k1 } { conv 3->3 k3 p1 }',
      ['conv1', 'conv2'],
    ],
    [
      'a normalization of a pool',
      'maxpool 3 s1 p1 | conv 3->3 k1 | relu | maxpool 3 s1 p1 | batchnorm',
      ['maxpool1', 'conv1', 'maxpool2'],
    ],
  ];
  for (const [what, body, paths] of kept) {
    it(`keep apart ${what}`, () => {
      const results = body.startsWith('y') ? '\n z = identity\n return y, z' : '';
      const types = body.startsWith('y') ? ' -> (y: [3, 4, 4], z: [3, 4, 4])' : '';
      const net = `net Case(x: [3, 4, 4])${types} {\n ${body}${results}\n}`;
      const run = modelOf(programOf(net), { fuse: true }).run.map(({ kernel }) => kernel);
      expect(run.filter((kernel) => !kernel.endsWith('Padding'))).to.deep.equal(paths);
      expectSameResults(graphOf(net)!);
    });
  }

  it('keep what follows from weights alone apart from what is done for each input', () => {
    const { prepare, run } = modelOf(programOf('net Case(x: [5]) { batchnorm | relu }'), { fuse: true });
    expect([prepare.length > 0, run.length]).to.deep.equal([true, 1]);
  });

  it('keep formulas short, however long a chain of activations is', () => {
    const net = `net Case(x: [4]) { ${new Array(40).fill('hswish').join(' | ')} }`;
    const { operations } = optimized(programOf(net));
    expect(operations.length).to.be.within(2, 39);
    for (const operation of operations) expect(operationText(operation).length).to.be.lessThan(2000);
    expectSameResults(graphOf(net)!);
  });

  it('leave each layer its own operation without fusion, but for those that compute nothing', () => {
    const net = 'net Case(x: [3, 6, 6]) { conv 3->4 k3 | batchnorm | identity | relu | dropout | flatten | softmax }';
    const { operations } = optimize(programOf(net), { fuse: false });
    expect(operations.every(({ does }) => does.length === 1)).to.equal(true);
    expect([...new Set(operations.map(({ does }) => does[0]!.path))]).to.deep.equal([
      'conv1',
      'batchnorm1',
      'relu1',
      'softmax1',
    ]);
  });
});
