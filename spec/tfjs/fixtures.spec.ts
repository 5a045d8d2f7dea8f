import { expect } from 'chai';
import { writeSafetensors } from '../../compiler/weights.ts';
import { caseFiles, type FixtureCase, filled, given, largestDifference, readCases } from '../fixtures/cases.ts';
import { expectRefusal, isRefused, moduleOf, predict } from './generated.ts';

describe('A tfjs model', () => {
  for (const each of caseFiles.flatMap(readCases)) {
    if (isRefused(each.net)) it(`is refused by name: ${each.name}`, () => expectRefusal(each.net));
    else it(`gives what PyTorch gives: ${each.name}`, () => check(each));
  }
});

async function check({ net, weights, inputs, outputs }: FixtureCase): Promise<void> {
  const { load } = await moduleOf(net);
  const tensors = new Map(filled(weights).map((tensor) => [tensor.name, tensor]));
  const results = predict(load(writeSafetensors(tensors)), given(inputs));
  for (const [index, { name, values }] of outputs.entries())
    expect(largestDifference(results[index]!, values), name).to.be.at.most(1e-5);
}
