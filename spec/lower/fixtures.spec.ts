import { expect } from 'chai';
import { interpretModel } from '../../compiler/kernel/interpret.ts';
import { caseFiles, filled, given, largestDifference, readCases } from '../fixtures/cases.ts';
import { modelOf, programOf } from './nets.ts';

describe('Kernels give what PyTorch gives', () => {
  for (const file of caseFiles) {
    for (const { name, net, inputs, weights, outputs } of readCases(file)) {
      for (const fuse of [true, false]) {
        it(`${name}${fuse ? '' : ', each layer on its own'}`, () => {
          const data = new Map(given(inputs).map((input) => [input.name, input.data]));
          const tensors = new Map(filled(weights).map((weight) => [weight.name, weight]));
          const model = modelOf(programOf(net), { fuse });
          const results = interpretModel(model, data, tensors, inputs[0]!.shape[0]!);
          for (const output of outputs)
            expect(largestDifference(results.get(output.name)!, output.values), output.name).to.be.lessThan(1e-5);
        });
      }
    }
  }
});
