import { expect } from 'chai';
import { analyze } from '../../compiler/compile.ts';
import { type Fault, hasErrors } from '../../compiler/fault.ts';
import { faultKinds } from '../../compiler/faults/index.ts';
import type { Graph } from '../../compiler/graph.ts';
import { checkWeights, readSafetensors, type Tensor } from '../../compiler/weights.ts';
import { safetensors } from './file.ts';

const text = `net Test(x: [4]) -> [2] {
  fc1: linear 4->3 | relu
  fc2: linear 3->2
}
`;
const right: Record<string, readonly number[]> = {
  'fc1.weight': [3, 4],
  'fc1.bias': [3],
  'fc2.weight': [2, 3],
  'fc2.bias': [2],
};

describe('Checking a file of weights', () => {
  it('finds nothing wrong with what the net needs, in any order', () => {
    expect(check(right)).to.deep.equal([]);
    expect(check(Object.fromEntries(Object.entries(right).reverse()))).to.deep.equal([]);
  });

  const cases: readonly [title: string, shapes: Record<string, readonly number[]>, words: readonly string[]][] = [
    ['a missing tensor', without(right, 'fc2.bias'), ['weights/missing: `w.safetensors` has no tensor `fc2.bias` [2]']],
    [
      'a tensor that nothing uses',
      { ...right, 'fc3.bias': [7] },
      ['weights/extra: `w.safetensors` has a tensor `fc3.bias` [7] that no layer uses'],
    ],
    [
      'a tensor of another shape',
      { ...right, 'fc1.weight': [4, 3] },
      ['weights/shape: `fc1.weight` is [4, 3] in `w.safetensors`, but the net needs [3, 4]'],
    ],
    [
      'a tensor by a slightly different name, as one mistake',
      renamed(right, (name) => name.replace('fc1.weight', 'fc1.wieght')),
      ['weights/missing: `w.safetensors` has no tensor `fc1.weight` [3, 4]; did you mean its `fc1.wieght`?'],
    ],
    [
      'a layer by a slightly different name, as one mistake for each of its tensors',
      renamed(right, (name) => name.replace('fc1', 'fc_1')),
      [
        'weights/missing: `w.safetensors` has no tensor `fc1.weight` [3, 4]; did you mean its `fc_1.weight`?',
        'weights/missing: `w.safetensors` has no tensor `fc1.bias` [3]; did you mean its `fc_1.bias`?',
      ],
    ],
    [
      'all layers by slightly different names',
      renamed(right, (name) => name.replace('fc', 'Fc_')),
      [
        'weights/missing: `w.safetensors` has no tensor `fc1.weight` [3, 4]; did you mean its `Fc_1.weight`?',
        'weights/missing: `w.safetensors` has no tensor `fc1.bias` [3]; did you mean its `Fc_1.bias`?',
        'weights/missing: `w.safetensors` has no tensor `fc2.weight` [2, 3]; did you mean its `Fc_2.weight`?',
        'weights/missing: `w.safetensors` has no tensor `fc2.bias` [2]; did you mean its `Fc_2.bias`?',
      ],
    ],
    [
      'a near name of another shape as two mistakes',
      { ...without(right, 'fc1.bias'), 'fc1.biases': [4] },
      [
        'weights/missing: `w.safetensors` has no tensor `fc1.bias` [3]',
        'weights/extra: `w.safetensors` has a tensor `fc1.biases` [4] that no layer uses',
      ],
    ],
    [
      'a prefix before all names, as one mistake',
      renamed(right, (name) => `module.${name}`),
      ['weights/prefix: `w.safetensors` has `module.` before the name of every tensor'],
    ],
    [
      'several things',
      { ...without(right, 'fc2.bias'), 'fc1.bias': [4], unknown: [] },
      [
        'weights/missing: `w.safetensors` has no tensor `fc2.bias` [2]',
        'weights/shape: `fc1.bias` is [4] in `w.safetensors`, but the net needs [3]',
        'weights/extra: `w.safetensors` has a tensor `unknown` [] that no layer uses',
      ],
    ],
    [
      'another net, as one mistake',
      { 'conv1.weight': [8, 3, 3, 3], 'conv1.bias': [8], 'bn.weight': [8], 'bn.bias': [8] },
      [
        'weights/other: `w.safetensors` has none of the 4 tensors of `Test`, such as `fc1.weight`; it has `conv1.weight`, `conv1.bias`, `bn.weight`, …',
      ],
    ],
    [
      'a file without tensors',
      {},
      ['weights/other: `w.safetensors` has none of the 4 tensors of `Test`, such as `fc1.weight`; it has no others'],
    ],
    [
      'names that would disturb the terminal',
      { ...right, ['\x1b[2J'.repeat(40)]: [1] },
      [
        `weights/extra: \`w.safetensors\` has a tensor \`${'\uFFFD[2J'.repeat(20).slice(0, 79)}…\` [1] that no layer uses`,
      ],
    ],
  ];
  for (const [title, shapes, words] of cases) {
    it(`tells of ${title}`, () => {
      expect(check(shapes).map(worded)).to.deep.equal(words);
    });
  }

  it('tells of a prefix that only the net has', () => {
    const faults = check(right, `net Test(x: [4]) -> [2] { model: {\n${text.split('\n').slice(1, 3).join('\n')}\n} }`);
    expect(faults.map(worded)).to.deep.equal([
      'weights/prefix: the names of `w.safetensors` fit, but lack the `model.` that the net has before each',
    ]);
  });

  it('tells of whole numbers', () => {
    const shapes = { ...right };
    const tensors = tensorsOf(shapes).set('fc1.bias', { shape: [3], data: new Float32Array(), dtype: 'I8' });
    expect(checkWeights(graphOf(text), 'w.safetensors', tensors).map(worded)).to.deep.equal([
      'weights/element: `fc1.bias` holds whole numbers (I8) in `w.safetensors`, but the net computes with F32',
    ]);
  });

  it('tells of counts and indices that no layer reads, and takes the file all the same', () => {
    const tensors = tensorsOf(right).set('places', { shape: [5, 2], data: new Float32Array(), dtype: 'I64' });
    const faults = checkWeights(graphOf(text), 'w.safetensors', tensors);
    expect(faults.map(worded)).to.deep.equal([
      'weights/unread: `places` [5, 2] of `w.safetensors` holds whole numbers (I64), and is not read',
    ]);
    expect(hasErrors(faults)).to.equal(false);
  });

  it('lets a count of batches be there or not', () => {
    const net = 'net Test(x: [2, 4, 4]) { bn1: batchnorm }';
    const norm = { 'bn1.weight': [2], 'bn1.bias': [2], 'bn1.running_mean': [2], 'bn1.running_var': [2] };
    expect(check(norm, net)).to.deep.equal([]);
    expect(check({ ...norm, 'bn1.num_batches_tracked': [] }, net)).to.deep.equal([]);
  });

  it('counts weights that layers share once', () => {
    const graph = graphOf(text);
    const shared: Graph = { ...graph, nodes: [...graph.nodes, ...graph.nodes] };
    expect(checkWeights(shared, 'w', tensorsOf(without(right, 'fc2.bias'))).length).to.equal(1);
  });

  it('points to the file, and to the layer that needs the tensor', () => {
    const [fault] = check(without(right, 'fc2.bias'));
    expect(fault!.span).to.deep.equal({ source: 'w.safetensors', start: 0, end: 0 });
    const [because] = fault!.because!;
    expect(text.slice(because!.span.start, because!.span.end)).to.include('linear');
    expect(because!.message).to.equal('has bias [2]');
  });

  it('points to a learned value, which bears no name beside its path', () => {
    const weights = { 'linear1.weight': [1, 2], 'linear1.bias': [1] };
    const [missing] = check(weights, 'net Test(x: [2]) { add { shift: param [2] } | linear 2->1 }');
    expect(worded(missing!)).to.equal('weights/missing: `w.safetensors` has no tensor `shift` [2]');
    expect(missing!.because!.map(({ message }) => message)).to.deep.equal(['has [2]']);
  });

  it('takes no longer for a file of very many tensors', () => {
    const shapes: Record<string, readonly number[]> = {};
    for (let index = 0; index < 30_000; index++) shapes[`layer${index}.weight`] = [0];
    const entries = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, { dtype: 'F32', shape, data_offsets: [0, 0] }]),
    );
    const { value, faults } = readSafetensors('w', safetensors(entries));
    expect(faults).to.deep.equal([]);
    const start = performance.now();
    expect(
      checkWeights(graphOf(text), 'w', new Map([...value, ...tensorsOf(without(right, 'fc1.bias'))])).length,
    ).to.equal(30_001);
    expect(performance.now() - start).to.be.below(5000);
  });
});

function graphOf(net: string): Graph {
  const { value, faults } = analyze({ name: 'test.net', text: net });
  expect(faults).to.deep.equal([]);
  return value.graphs[0]!;
}

function check(shapes: Record<string, readonly number[]>, net = text): Fault[] {
  return checkWeights(graphOf(net), 'w.safetensors', tensorsOf(shapes));
}

function tensorsOf(shapes: Record<string, readonly number[]>): Map<string, Tensor> {
  return new Map(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) },
    ]),
  );
}

function worded({ code, evidence }: Fault): string {
  const message: (evidence: never) => string = faultKinds[code].message;
  return `${code}: ${message(evidence as never)}`;
}

function without(shapes: Record<string, readonly number[]>, name: string): Record<string, readonly number[]> {
  return Object.fromEntries(Object.entries(shapes).filter(([key]) => key !== name));
}

function renamed(
  shapes: Record<string, readonly number[]>,
  rename: (name: string) => string,
): Record<string, readonly number[]> {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [rename(name), shape]));
}
