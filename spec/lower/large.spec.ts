import { expect } from 'chai';
import { optimize } from '../../compiler/2-optimize/passes.ts';
import { lower } from '../../compiler/3-lower/lower.ts';
import { verifyModel } from '../../compiler/kernel/verify-model.ts';
import { programOf } from './nets.ts';

describe('A very large net', () => {
  it('of 10,000 layers compiles in seconds, to as many kernels as there are different operations', function () {
    const block = (index: number) => `conv 4->4 k3 p1 | relu | add a${index}\na${index + 1} = identity`;
    const blocks = Array.from({ length: 3_333 }, (_, index) => block(index)).join('\n');
    const program = programOf(`net Large(x: [4, 6, 6]) {\na0 = identity\n${blocks}\n}`);
    this.timeout(20_000);
    const model = lower(optimize(program, { fuse: true }));
    expect(model.kernels).to.have.length(2);
    expect(model.arena).to.equal(model.arenaLowerBound);
    verifyModel(model);
  });

  it('may join thousands of values at once', () => {
    for (const join of ['add', 'concat']) {
      const names = Array.from({ length: 3_000 }, (_, index) => `a${index}`);
      const lines = names.map((name) => `${name} = x | tanh`);
      const program = programOf(`net Wide(x: [4]) {\n${lines.join('\n')}\nx | ${join} ${names.join(' ')}\n}`);
      verifyModel(lower(optimize(program, { fuse: true })));
    }
  });
});
