import { expect } from 'chai';
import { writeSafetensors } from '../../compiler/weights.ts';
import { caseFiles, type FixtureCase, filled, given, largestDifference, readCases } from '../fixtures/cases.ts';
import { emitted, importModule, type Outputs } from './generated.ts';

describe('A compiled module', () => {
  for (const fuse of [true, false]) {
    for (const each of caseFiles.flatMap(readCases)) {
      it(`gives what PyTorch gives, ${fuse ? 'fused' : 'not fused'}: ${each.name}`, () => check(each, fuse));
    }
  }
});

async function check(each: FixtureCase, fuse: boolean): Promise<void> {
  const { load } = await importModule(emitted(each.net, { fuse }));
  const weights = new Map(filled(each.weights).map((tensor) => [tensor.name, tensor]));
  const inputs = given(each.inputs).map(({ name, data }) => [name, data] as const);
  const results = load(writeSafetensors(weights)).run(
    inputs.length === 1 ? inputs[0]![1] : Object.fromEntries(inputs),
    each.inputs[0]!.shape[0],
  );
  for (const { name, values } of each.outputs) {
    expect(largestDifference(outputOf(results, name), values), name).to.be.at.most(1e-5);
  }
}

function outputOf(results: Outputs, name: string): ArrayLike<number> {
  return results instanceof Float32Array ? results : results[name]!;
}
