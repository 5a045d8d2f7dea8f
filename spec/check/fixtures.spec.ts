import { expect } from 'chai';
import { caseFiles, readCases } from '../fixtures/cases.ts';
import { checkText } from './annotate.ts';

/** Shapes, and the names, shapes and order of weights, as real PyTorch has them. */
describe('the nets of the fixtures', () => {
  for (const file of caseFiles) {
    for (const { name, net, inputs, weights, outputs } of readCases(file)) {
      it(`${name}: have PyTorch's shapes and weights`, () => {
        const { graphs, faults } = checkText(net);
        expect(faults).to.deep.equal([]);
        const [graph] = graphs;
        const itemOf = (tensor: { name: string; shape: readonly number[] }) => [tensor.name, tensor.shape.slice(1)];
        expect(graph?.inputs.map((value) => [value.name, value.type.shape])).to.deep.equal(inputs.map(itemOf));
        expect(graph?.outputs.map(({ name, value }) => [name, value.type.shape])).to.deep.equal(outputs.map(itemOf));
        const read = graph!.nodes.flatMap((node) => node.weights).filter(({ spec }) => spec.role !== 'ignored');
        expect(read.map(({ name, spec }) => [name, spec.shape])).to.deep.equal(
          weights.map(({ name, shape }) => [name, shape]),
        );
      });
    }
  }
});
