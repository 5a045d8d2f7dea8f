import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type CheckOptions, check } from '../../compiler/1-check/check.ts';
import { requirementText } from '../../compiler/dim.ts';
import type { Fault } from '../../compiler/fault.ts';
import { layerText } from '../../compiler/layer-text.ts';
import { shapeText } from '../../compiler/shape.ts';
import { parse } from '../../grammar/parse.ts';

function checked(text: string, options?: CheckOptions) {
  const { value, faults } = check(parse({ name: 'test.net', text }).value, options);
  return { graph: value[0]!, graphs: value, faults, codes: faults.map(({ code }) => code) };
}

/** The words that a fault points at. */
function pointed(text: string, fault: Fault | undefined): string | undefined {
  return fault && text.slice(fault.span.start, fault.span.end);
}

describe('the checked graph', () => {
  it('holds the layers of LeNet in order, each with its path, operand, shape and weights', () => {
    const { graph, faults } = checked(readFileSync('examples/lenet.net', 'utf8'));
    expect(faults).to.deep.equal([]);
    const lines = graph.nodes.map(({ path, inputs, output, weights }) =>
      [
        `${inputs.map((value) => value.name)} | ${path} -> ${shapeText(output.type.shape)}`,
        ...weights.map(({ name }) => name),
      ].join(' '),
    );
    expect(lines).to.deep.equal([
      'image | conv1 -> [6, 28, 28] conv1.weight conv1.bias',
      'conv1 | relu1 -> [6, 28, 28]',
      'relu1 | maxpool1 -> [6, 14, 14]',
      'maxpool1 | conv2 -> [16, 10, 10] conv2.weight conv2.bias',
      'conv2 | relu2 -> [16, 10, 10]',
      'relu2 | maxpool2 -> [16, 5, 5]',
      'maxpool2 | flatten1 -> [400]',
      'flatten1 | fc1 -> [120] fc1.weight fc1.bias',
      'fc1 | relu3 -> [120]',
      'relu3 | fc2 -> [84] fc2.weight fc2.bias',
      'fc2 | relu4 -> [84]',
      'relu4 | fc3 -> [10] fc3.weight fc3.bias',
    ]);
    expect(graph.name).to.equal('LeNet');
    expect(graph.doc).to.equal('The CIFAR-10 network of the classic tutorial.');
    const { output } = graph.nodes.at(-1)!;
    expect(graph.outputs).to.deep.equal([{ name: 'result', value: output, type: output.type }]);
    expect(graph.nodes[0]!.sizes).to.deep.equal({ in: 3, out: 6 });
    expect(graph.nodes[0]!.options).to.deep.equal({
      kernel: [5],
      stride: [1],
      padding: [0],
      dilation: [1],
      groups: 1,
      bias: true,
    });
  });

  it('names values: inputs, `name = …` with the first name, and paths', () => {
    const { graph } = checked('net N(x: [8]) {\n a = linear 8->8\n b = { c = a | relu }\n x | tanh | add a b\n}');
    expect(graph.nodes.map(({ output }) => output.name)).to.deep.equal(['a', 'c', 'tanh1', 'add1']);
    expect(graph.nodes.at(-1)!.inputs.map(({ name }) => name)).to.deep.equal(['tanh1', 'a', 'c']);
  });

  it('feeds branches alone only where all operands are branches, two or more', () => {
    const { graph } = checked(
      'net N(x: [8]) {\n add { relu }\n add { tanh } {}\n a = add x { sigmoid }\n add a\n residual { relu }\n}',
    );
    const joins = graph.nodes.filter(({ layer }) => layer.operands === 'join');
    expect(joins.map(({ inputs }) => inputs.map(({ name }) => name))).to.deep.equal([
      ['x', 'relu1'],
      ['tanh1', 'add1'],
      ['add2', 'x', 'sigmoid1'],
      ['a', 'a'],
      ['add4', 'relu2'],
    ]);
  });

  it('counts layers without a label by kind and scope, under the name that the layer is printed with', () => {
    const { graph, faults } = checked(
      `let i = 2
net N(x: [8]) {
  dense 8->8 | stem: linear 8->8 | linear 8->8
  head: { fc 8->8 | { linear 8->8 } | deep: { linear 8->8 | "a.b": linear 8->8 } }
  add { linear 8->8 }
  features.{i + 1}.fc: linear 8->8
}`,
    );
    expect(faults).to.deep.equal([]);
    expect(graph.nodes.map(({ path }) => path)).to.deep.equal([
      'linear1',
      'stem',
      'linear3',
      'head.linear1',
      'head.linear2',
      'head.deep.linear1',
      'head.deep.a.b',
      'linear4',
      'add1',
      'features.3.fc',
    ]);
  });

  it('keeps paths unique where a label has the name of a later layer', () => {
    const { graph } = checked('net N(x: [8]) { linear2: linear 8->8 | linear 8->8 | linear 8->8 }');
    expect(graph.nodes.map(({ path }) => path)).to.deep.equal(['linear2', 'linear3', 'linear4']);
  });

  it('gives several results in the order of the declaration', () => {
    const { graph } = checked(
      'net N(x: [8]) -> (p: [2], q: [3]) {\n q = linear 8->3\n p = x | linear 8->2\n return q, p\n}',
    );
    expect(graph.outputs.map(({ name, value }) => `${name} ${shapeText(value.type.shape)}`)).to.deep.equal([
      'p [2]',
      'q [3]',
    ]);
  });

  it('takes elements of i32 where nothing computes with them', () => {
    const { graph, faults } = checked('net N(t: i32[8]) -> i32[8] { identity }');
    expect(faults).to.deep.equal([]);
    expect(graph.outputs[0]!.value.type.element).to.equal('i32');
  });

  it('applies activations of the file like built-in ones, with the weights that they learn', () => {
    const { graph, faults } = checked(
      'act bend(x, slope = 0.1, learn weight = 0.25) = x > 0 ? weight * x : slope * x\nnet N(x: [8]) { bend slope=0.2 | mine: bend }',
    );
    expect(faults).to.deep.equal([]);
    expect(graph.nodes.map(({ options }) => options)).to.deep.equal([
      { per_channel: false, slope: 0.2 },
      { per_channel: false, slope: 0.1 },
    ]);
    expect(graph.nodes.flatMap(({ weights }) => weights.map(({ name }) => name))).to.deep.equal([
      'bend1.weight',
      'mine.weight',
    ]);
  });

  it('is not there for a net whose result is unknown; the others of the file are', () => {
    const { graphs, codes } = checked('net A(x: [8]) { frobnicate }\nnet B(x: [8]) { relu }');
    expect(codes).to.deep.equal(['name/unknown']);
    expect(graphs.map(({ name }) => name)).to.deep.equal(['B']);
  });

  it('shares the weights of all that stands in a block, groups, repeats and handed lines included', () => {
    const block = `block Unit (norm) {
      conv ->4 k3 p1 | bn: norm
      stem: { conv ->4 k1 }
      layers: repeat 2 { conv ->4 k1 | relu }
    }`;
    const { graph, codes } = checked(`${block}
      net N(a: [3, 8, 8], b: [3, 8, 8]) {
        first = a | tower: Unit norm={ batchnorm }
        b | tower: Unit norm={ batchnorm } share | sub first
      }`);
    expect(codes).to.deep.equal([]);
    const paths = graph.nodes.filter(({ weights }) => weights.length > 0).map(({ path }) => path);
    const once = ['conv1', 'bn.batchnorm1', 'stem.conv1', 'layers.0.conv1', 'layers.1.conv1'].map((p) => `tower.${p}`);
    expect(paths).to.deep.equal([...once, ...once]);
  });
});

describe('symbolic sizes', () => {
  const text = 'net N(image: [3, H, W]) -> [10] {\n conv 3->4 k5 | maxpool 2 | flatten | linear 400->10\n}';

  it('stay open, in the order of the inputs, and bring requirements', () => {
    const { graph, faults } = checked(text);
    expect(faults).to.deep.equal([]);
    expect(graph.symbols).to.deep.equal(['H', 'W']);
    expect(graph.requirements.map(requirementText)).to.deep.equal([
      'H >= 5',
      'W >= 5',
      'H - 4 >= 2',
      'W - 4 >= 2',
      '4 * ((H - 4) / 2) * ((W - 4) / 2) = 400',
    ]);
    const last = graph.requirements.at(-1)!;
    expect(text.slice(last.span.start, last.span.end)).to.equal('400');
  });

  it('are fixed by `dims`, all or some', () => {
    const fixed = checked(text, {
      dims: new Map([
        ['H', 24],
        ['W', 24],
      ]),
    });
    expect(fixed.codes).to.deep.equal([]);
    expect([fixed.graph.symbols, fixed.graph.requirements]).to.deep.equal([[], []]);
    const half = checked(text, { dims: new Map([['W', 24]]) });
    expect(half.graph.symbols).to.deep.equal(['H']);
    expect(
      checked(text, {
        dims: new Map([
          ['H', 30],
          ['W', 24],
        ]),
      }).codes,
    ).to.deep.equal(['shape/features']);
  });

  it('bring the same requirement once', () => {
    const { graph } = checked('net N(image: [3, H, W]) { a = conv 3->4 k5\n image | conv 3->4 k5 | add a }');
    expect(graph.requirements.map(requirementText)).to.deep.equal(['H >= 5', 'W >= 5']);
  });

  it('ask to be whole where they are divided, unless that is said to round', () => {
    const { graph } = checked('net N(image: [3, H, W]) -> [3, H / 2, floor(W / 2)] { maxpool 2 }');
    expect(graph.requirements.map(requirementText)).to.deep.equal(['H >= 2', 'W >= 2', '2 * (H / 2) = H']);
  });

  it('leave the features that depend on them to be inferred, also in the text of the layer', () => {
    const { graph, faults } = checked('net N(x: [3, L]) { linear ->4 }');
    expect(faults).to.deep.equal([]);
    expect(graph.nodes.map(layerText)).to.deep.equal(['linear ->4']);
  });

  it('are opened for every written size but the channels, under names that are free', () => {
    const opened = (inputs: string) => {
      const { graph } = checked(`net N(${inputs}) { x | relu }`, { openSizes: true });
      return [graph.symbols, ...graph.inputs.map(({ type }) => shapeText(type.shape))];
    };
    expect(opened('x: [3, 32, 32]')).to.deep.equal([['H', 'W'], '[3, H, W]']);
    expect(opened('x: [3, 100]')).to.deep.equal([['L'], '[3, L]']);
    expect(opened('x: [3, 4, 5, 6]')).to.deep.equal([['D', 'H', 'W'], '[3, D, H, W]']);
    expect(opened('x: [64]')).to.deep.equal([[], '[64]']);
    expect(opened('x: [3, 32, H]')).to.deep.equal([['H', 'H_'], '[3, H_, H]']);
    expect(opened('x: [3, 8, 8], y: [1, 9]')).to.deep.equal([['x_H', 'x_W', 'y_L'], '[3, x_H, x_W]', '[1, y_L]']);
  });
});

describe('settings', () => {
  const text =
    'let classes = 10\nlet deep = false\nlet twice = classes * 2\nnet N(x: [8]) -> [twice] { if deep { relu }\n linear ->twice }';

  it('replace the values of lets, and what follows from them', () => {
    const { graph, faults } = checked(text, {
      set: new Map<string, number | boolean>([
        ['classes', 3],
        ['deep', true],
      ]),
    });
    expect(faults).to.deep.equal([]);
    expect(graph.nodes.map(({ path }) => path)).to.deep.equal(['relu1', 'linear1']);
    expect(graph.outputs[0]!.value.type.shape).to.deep.equal([6]);
  });

  it('replace a layer by another one, which goes by its name', () => {
    const net = 'let act = hswish\nnet N(x: [8]) { linear 8->4 | act }';
    const last = (set: ReadonlyMap<string, string>) => checked(net, { set }).graph.nodes.at(-1)!.layer.name;
    expect(last(new Map())).to.equal('hardswish');
    expect(last(new Map([['act', 'relu']]))).to.equal('relu');
    expect(checked(net, { set: new Map([['act', 'rleu']]) }).codes).to.deep.equal(['type/setting']);
  });

  for (const [name, value, code, nearest] of [
    ['clases', 3, 'name/setting', 'classes'],
    ['classes', 'many', 'type/setting', undefined],
  ] as const) {
    it(`report ${name}=${value}`, () => {
      const { faults } = checked(text, { set: new Map([[name, value]]) });
      expect(faults.map((fault) => fault.code)).to.deep.equal([code]);
      expect(faults[0]!.evidence).to.have.property(nearest ? 'nearest' : 'found', nearest ?? '"many"');
    });
  }

  it('report a dimension that no net has, and one that is no size', () => {
    const net = 'net N(image: [3, H, W]) { relu }';
    expect(checked(net, { dims: new Map([['Height', 3]]) }).codes).to.deep.equal(['name/setting']);
    const { faults } = checked(net, { dims: new Map([['H', 0.5]]) });
    expect(faults.map((fault) => [fault.code, pointed(net, fault)])).to.deep.equal([['type/setting', 'H']]);
  });
});

describe('a fault', () => {
  it('tells where its cause stands, and how it came about', () => {
    const text = 'net N(image: [3, 36, 36]) {\n conv 3->16 k5 | maxpool 5 | flatten\n fc: linear 400->10\n}';
    const { faults } = checked(text);
    expect(faults.map((fault) => [fault.code, pointed(text, fault)])).to.deep.equal([['shape/features', '400']]);
    const [because] = faults[0]!.because!;
    expect(text.slice(because!.span.start, because!.span.end)).to.equal('flatten');
    expect(because!.message).to.equal('gives [576] here: 16 × 6 × 6');
  });

  it('comes once for a mistake that several places share', () => {
    const { codes } = checked('let width = 3 / true\nnet N(x: [8]) { linear ->width | linear ->width | conv k=width }');
    expect(codes).to.deep.equal(['type/operand']);
  });

  it('stands in the order of the text', () => {
    const { faults } = checked(
      'net A(x: [8]) -> [9] { linear 7->8 | reul }\nact b(x) = y\nlet c = d\nnet E(x: [8]) { linear 8->c | f }',
    );
    expect(faults.map(({ span }) => span.start)).to.deep.equal(
      faults.map(({ span }) => span.start).toSorted((a, b) => a - b),
    );
    expect(faults).to.have.length(5);
  });

  it('points at a name that is known only inside of other braces', () => {
    const text = 'net N(x: [8]) {\n add { inner = relu }\n add inner\n}';
    const { faults } = checked(text);
    expect(faults[0]!.because!.map(({ span }) => text.slice(span.start, span.end))).to.deep.equal(['inner']);
  });

  it('counts all weights of a net together', () => {
    const layer = (label: string) => `${label}: linear 40000->40000`;
    expect(checked(`net N(x: [40000]) { ${layer('a')} }`).codes).to.deep.equal([]);
    const { codes } = checked(`net N(x: [40000]) { ${layer('a')} | ${layer('b')} | ${layer('c')} }`);
    expect(codes).to.deep.equal(['shape/large']);
  });
});
