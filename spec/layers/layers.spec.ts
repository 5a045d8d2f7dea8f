import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { expand } from '../../compiler/2-optimize/expand.ts';
import { analyze } from '../../compiler/compile.ts';
import { dimText } from '../../compiler/dim.ts';
import type { Graph } from '../../compiler/graph.ts';
import { exampleText, fixed, type LayerExample } from '../../compiler/layer.ts';
import { activations, findLayer, layers } from '../../compiler/layers/index.ts';
import { shapeText } from '../../compiler/shape.ts';
import { interpret, interpretLayer } from '../../compiler/tensor/interpret.ts';
import { caseFiles, filled, given, largestDifference, numbersOf, readCases } from '../fixtures/cases.ts';
import { fill } from '../fixtures/fill.ts';

describe('the meaning of every layer', () => {
  for (const file of caseFiles) {
    for (const { name, net, inputs, weights, outputs } of readCases(file)) {
      it(`is PyTorch's: ${name}`, () => {
        const tensors = new Map(filled(weights).map((tensor) => [tensor.name, tensor]));
        const values = new Map(given(inputs).map((tensor) => [tensor.name, tensor.data]));
        const results = [...interpret(expand(checked(net)), values, tensors, inputs[0]!.shape[0]!).values()];
        expect(results.length).to.equal(outputs.length);
        for (const [index, output] of outputs.entries()) {
          expect(largestDifference(results[index]!, output.values)).to.be.lessThan(1e-5);
        }
      });
    }
  }
});

describe('the table of layers', () => {
  const all = [...layers, ...activations];

  it('has every record that a file of layers/ exports', () => {
    const exported = readdirSync('compiler/layers')
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(`compiler/layers/${file}`, 'utf8').matchAll(/^ {2}name: '(\w+)',/gm)])
      .map((match) => match[1]);
    expect(layers.map((layer) => layer.name).sort()).to.deep.equal(exported.sort());
  });

  it('has no name twice', () => {
    const names = all.flatMap(({ name, synonyms = [] }) => [name, ...synonyms]);
    expect(names.filter((name, index) => names.indexOf(name) < index)).to.deep.equal([]);
    for (const { name, synonyms = [] } of all) {
      for (const each of [name, ...synonyms]) expect(findLayer(each)?.name, each).to.equal(name);
    }
  });

  for (const layer of all) {
    it(`has examples of ${layer.name} that check and can be computed`, () => {
      expect(layer.examples).not.to.deep.equal([]);
      for (const example of layer.examples) {
        const graph = checked(exampleText(example));
        const own = graph.nodes.filter((node) => node.layer.name === layer.name);
        expect(own, example.body).not.to.deep.equal([]);
        for (const node of own) {
          const read = node.inputs.map(({ name, type }) => numbersOf(name, fixed(type.shape), type.element));
          const weights = node.weights.map(({ spec }) => [spec.name, fill(spec.name, spec.shape)]);
          const result = interpretLayer(node, read, Object.fromEntries(weights));
          expect(result.length, example.body).to.equal(fill('', node.output.type.shape as number[]).length);
          expect(result.every(Number.isFinite), example.body).to.equal(true);
        }
      }
    });

    it(`says one sentence of ${layer.name}, and of each of its options`, () => {
      for (const text of [layer.summary, ...Object.values(layer.options).map((option) => option.doc)]) {
        expect(text).to.match(/^[^\n]+[^.]\.$/);
      }
    });
  }
});

describe('the shape rule', () => {
  const shapes: readonly [body: string, input: string, output: string][] = [
    ['add { conv ->1 k1 }', '[3, H, W]', '[3, H, W]'],
    ['add { globalavgpool keep }', '[3, H, W]', '[3, H, W]'],
    ['add { avgpool 4x1 } { avgpool 1x5 }', '[2, 4, 5]', '[2, 4, 5]'],
    ['concat { maxpool 3 s1 p1 } { conv ->5 k1 }', '[3, H, W]', '[8, H, W]'],
    ['concat {} {} axis=-1', '[3, H, W]', '[3, H, 2 * W]'],
    ['avgpool 3 s2 ceil', '[2, 8, 7]', '[2, 4, 3]'],
    ['globalmaxpool', '[3, H, W]', '[3]'],
    ['globalmaxpool keep', '[3, 5, 6, 7]', '[3, 1, 1, 1]'],
    ['batchnorm | dropout | softmax axis=0 | log_softmax', '[3, H, W]', '[3, H, W]'],
    ['expect [3, 8, 8]', '[3, H, W]', '[3, 8, 8]'],
  ];
  for (const [body, input, output] of shapes) {
    it(`gives ${output} for ${body} on ${input}`, () => {
      expect(shapeText(checked(textOf({ input, body })).outputs[0]!.value.type.shape)).to.equal(output);
    });
  }

  const faults: readonly [body: string, input: string, code: string, message: RegExp][] = [
    ['add { conv ->3 k3 }', '[3, 8, 8]', 'shape/broadcast', /\[3, 8, 8\] here/],
    ['add { conv ->3 k3 s2 p1 }', '[3, 8, 8]', 'shape/broadcast', /\[3, 4, 4\] here/],
    ['relu | add', '[3]', 'shape/operands', /^$/],
    ['concat { maxpool 2 }', '[3, 8, 8]', 'shape/concat', /\[3, 4, 4\] here/],
    ['concat { flatten }', '[3, 8, 8]', 'shape/concat', /\[192\] here/],
    ['concat {} {} axis=3', '[3, 8, 8]', 'shape/axis', /\[3, 8, 8\] here/],
    ['softmax axis=-2', '[5]', 'shape/axis', /\[5\] here/],
    ['avgpool 3 p2', '[2, 8, 8]', 'shape/padding', /^$/],
    ['globalavgpool', '[10]', 'shape/rank', /\[10\] here/],
    ['batchnorm', '[]', 'shape/rank', /\[\] here/],
    ['expect [3, 8]', '[3, 8, 8]', 'shape/expected', /\[3, 8, 8\] here/],
    ['expect [3, 8, 7]', '[3, 8, 8]', 'shape/expected', /\[3, 8, 8\] here/],
  ];
  for (const [body, input, code, message] of faults) {
    it(`reports ${code} for ${body} on ${input}`, () => {
      const found = analyze({ name: 'spec.net', text: textOf({ input, body }) }).faults;
      expect(found.map((fault) => fault.code)).to.deep.equal([code]);
      expect(found[0]!.because?.map((because) => because.message).join() ?? '').to.match(message);
    });
  }

  it('asks of symbolic sizes what makes it true', () => {
    const asked = (body: string) =>
      checked(textOf({ input: '[3, H, 8]', body })).requirements.map(({ left, relation, right }) =>
        [dimText(left), relation, dimText(right)].join(' '),
      );
    expect(asked('expect [3, 8, 8]')).to.deep.equal(['H equal 8']);
    expect(asked('concat { conv ->3 k3 p1 }')).to.deep.equal([]);
    expect(asked('concat { avgpool 5x1 s=2x1 }')).to.deep.equal(['H at least 5', 'H equal (H - 3) / 2']);
    expect(asked('add { avgpool 2x1 }')).to.deep.equal(['H at least 2', 'H broadcasts with H / 2']);
  });
});

function textOf({ input, body }: { readonly input: LayerExample['input'] | string; readonly body: string }): string {
  return `net Case(x: ${typeof input === 'string' ? input : shapeText(input)}) {\n${body}\n}\n`;
}

function checked(text: string): Graph {
  const { value, faults } = analyze({ name: 'spec.net', text });
  expect(faults.map((fault) => [fault.code, fault.evidence])).to.deep.equal([]);
  return value.graphs[0]!;
}
