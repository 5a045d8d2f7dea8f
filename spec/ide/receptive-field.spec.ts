import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { analyze } from '../../compiler/compile.ts';
import type { Graph } from '../../compiler/graph.ts';
import { type FieldAxis, receptiveFields } from '../../compiler/receptive-field.ts';

describe('the receptive field', () => {
  const known: readonly [file: string, path: string, size: number, stride: number][] = [
    ['lenet', 'conv1', 5, 1],
    ['lenet', 'conv2', 14, 2],
    ['lenet', 'maxpool2', 16, 4],
    ['vgg11', 'maxpool5', 150, 32],
    ['resnet18', 'conv1', 7, 2],
    ['resnet18', 'maxpool1', 11, 4],
    ['resnet18', 'layer4.1.conv2', 435, 32],
    ['resnet50', 'layer4.2.conv2', 427, 32],
  ];
  for (const [file, path, size, stride] of known) {
    it(`of ${path} in ${file} is ${size} with stride ${stride}`, () => {
      const axis = { size, stride };
      expect(fieldOf(example(file), path)).to.deep.equal([{ size: Infinity }, axis, axis]);
    });
  }

  it('holds the whole picture behind a layer that sees all of it', () => {
    const all = { size: Infinity };
    expect(fieldOf(example('lenet'), 'fc1')).to.deep.equal([all, all, all]);
    expect(fieldOf(example('resnet18'), 'globalavgpool1')).to.deep.equal([all, all, all]);
    expect(last('[3, 8, 8]', 'mul {} { globalavgpool keep }')!.slice(1)).to.deep.equal([all, all]);
  });

  it('is that of windows that slide over windows, however they are written', () => {
    const window = fc.record({
      kernel: fc.integer({ min: 1, max: 5 }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 2 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      layer: fc.constantFrom('conv ->4 ', 'conv ->4 g2 ', 'maxpool ', 'relu | batchnorm | conv ->4 '),
    });
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 4 }), (windows) => {
        let [size, stride] = [1, 1];
        for (const { kernel, dilation, stride: step } of windows) {
          size += dilation * (kernel - 1) * stride;
          stride *= step;
        }
        const body = windows.map(({ layer, kernel, stride, padding, dilation }) => {
          const words = `k${kernel} s${stride} d${dilation}`;
          return layer === 'maxpool ' ? `${layer}${words}` : `${layer}${words} p${padding}`;
        });
        const [, length] = last('[4, 4000]', body.join(' | '))!;
        expect(length, body.join(' | ')).to.deep.equal({ size, stride });
      }),
      { numRuns: 60 },
    );
  });

  it('is the larger one where branches meet', () => {
    expect(last('[2, 40]', 'add { conv ->2 k3 p1 } { conv ->2 k7 p3 }')![1]).to.deep.equal({ size: 7, stride: 1 });
    expect(last('[2, 40]', 'concat { conv ->2 k3 p1 | conv ->2 k3 p1 } {}')![1]!.stride).to.equal(1);
  });

  it('goes through layers that move, drop, add and multiply places', () => {
    const axis = (size: number, stride: number): FieldAxis => ({ size, stride });
    const cases: readonly [input: string, body: string, axis: FieldAxis][] = [
      ['[2, 40]', 'pad 3 mode=reflect | conv ->2 k5', axis(5, 1)],
      ['[2, 40]', 'crop 3 | conv ->2 k5', axis(5, 1)],
      ['[2, 40]', 'slice 4 step=2 axis=1 | conv ->2 k3', axis(5, 2)],
      ['[2, 40]', 'upsample 4', axis(1, 1 / 4)],
      ['[2, 40]', 'upsample size=[60]', axis(1, 2 / 3)],
      ['[2, 40]', 'deconv ->2 k2 s2', axis(1, 1 / 2)],
      ['[2, 40]', 'maxpool 2 | deconv ->2 k2 s2', axis(2, 1)],
      ['[2, 48]', 'adaptiveavgpool 12', axis(4, 4)],
      // Places of one half lie apart from those of the other one, which no stride tells.
      ['[2, 40]', 'concat { conv ->2 k3 p1 } {} axis=1', { size: 3 }],
      ['[2, 40]', 'expect [2, 40] | dropout | softmax axis=0 | conv ->2 k3', axis(3, 1)],
    ];
    for (const [input, body, expected] of cases) expect(last(input, body)![1], body).to.deep.equal(expected);
    expect(last('[4, 24, 24]', 'pixelshuffle 2')!.slice(1)).to.deep.equal([axis(1, 1 / 2), axis(1, 1 / 2)]);
    expect(last('[1, 24, 24]', 'pixelunshuffle 2')!.slice(1)).to.deep.equal([axis(1, 2), axis(1, 2)]);
    expect(last('[3, 24, 30]', 'permute [0, 2, 1] | conv ->2 k3x5')).to.deep.equal([
      { size: Infinity },
      axis(5, 1),
      axis(3, 1),
    ]);
  });

  it('of a sequence is a step, or all that there are', () => {
    const all = { size: Infinity };
    expect(last('[20, 8]', 'linear 8->4 | layernorm | relu')).to.deep.equal([{ size: 1, stride: 1 }, all]);
    expect(last('[20, 8]', 'lstm 8->4')).to.deep.equal([all, all]);
    expect(last('[20, 8]', 'attention heads=2')).to.deep.equal([all, all]);
    expect(last('i32[20]', 'embedding 9->4')).to.deep.equal([{ size: 1, stride: 1 }]);
  });

  it('is known of symbolic sizes that the net can have', () => {
    const body = 'conv ->4 k3 p1 | maxpool 2 | maxpool 2 | conv ->4 k3 p1 | upsample 4 | add { conv ->4 k1 }';
    const [, height, width] = last('[3, H, W]', 'conv ->4 k3 s2 | conv ->4 k3')!;
    expect(height).to.deep.equal({ size: 7, stride: 2 });
    expect(width).to.deep.equal(height);
    expect(last('[3, H, W]', body)![1]!.stride).to.equal(1);
    const { value } = analyze({ name: 'spec.net', text: 'net Never(x: [3, H, H]) { maxpool 2 | expect [3, H, H] }' });
    for (const graph of value.graphs) expect(receptiveFields(graph, graph.nodes[0]!.output)).to.equal(undefined);
  });

  it('is told for each input that a value follows from', () => {
    const graph = checked('net Two(a: [2, 9], b: [2, 9], c: [2, 9]) { x = a | conv ->2 k3 p1\nb | add x | mul c }');
    const fields = receptiveFields(graph, graph.nodes.find(({ path }) => path === 'add1')!.output)!;
    expect(fields.map(({ input, axes }) => [input.name, axes[1]!.size])).to.deep.equal([
      ['a', 3],
      ['b', 1],
    ]);
  });
});

function example(file: string): Graph {
  const name = `examples/${file}.net`;
  const files = { read: (path: string) => ({ text: readFileSync(path, 'utf8') }) };
  return analyze({ name, text: readFileSync(name, 'utf8') }, { files }).value.graphs[0]!;
}

function checked(text: string): Graph {
  const { value, faults } = analyze({ name: 'spec.net', text });
  expect(faults.map(({ code }) => code).filter((code) => code !== 'use/unused')).to.deep.equal([]);
  return value.graphs[0]!;
}

function fieldOf(graph: Graph, path: string): readonly FieldAxis[] {
  return receptiveFields(graph, graph.nodes.find((node) => node.path === path)!.output)![0]!.axes;
}

/** The field of the result of a body in its one input. */
function last(input: string, body: string): readonly FieldAxis[] | undefined {
  const graph = checked(`net Spec(x: ${input}) {\n${body}\n}`);
  return receptiveFields(graph, graph.outputs[0]!.value)?.[0]?.axes;
}
