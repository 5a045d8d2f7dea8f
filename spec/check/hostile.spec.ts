import { expect } from 'chai';
import { check } from '../../compiler/1-check/check.ts';
import { solveSizes } from '../../compiler/sizes/sizes.ts';
import { parse } from '../../grammar/parse.ts';

const count = 5_000;
const lines = (make: (index: number) => string, length = count) =>
  Array.from({ length }, (_, index) => make(index)).join('\n');

/** Time of this process on a processor, so that others on the machine do not count. */
function seconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('a large or hostile text', () => {
  const texts: Record<string, string> = {
    'a chain of layers': `net N(image: [3, 32, 32]) { conv ->8 k3 p1\n${lines(() => 'conv 8->8 k3 p1')} }`,
    'layers with values': `net N(x: [8]) { v0 = relu\n${lines((i) => `v${i + 1} = tanh | add v${i}`)} }`,
    'layers on symbolic sizes': `net N(image: [3, H, W]) { conv ->8 k3\n${lines(() => 'conv 8->8 k3')} }`,
    'unknown values': `net N(x: [8]) {\n${lines((i) => `value${i} = relu | add walue${i}`)} }`,
    'unused values': `net N(x: [8]) {\n${lines(() => 'x | relu')} }`,
    'unknown layers': `net N(x: [8]) {\n${lines((i) => `frobnicate${i}`, 2000)} }`,
    'unknown activations': `${lines((i) => `act bend${i}(x) = x`, 6000)}\nnet N(x: [8]) {\n${lines((i) => `bent${i}`, 6000)} }`,
    'unknown constants': `${lines((i) => `let constant${i} = konstant${i}`)}\nnet N(x: [8]) { relu }`,
    'unknown names in formulas': `${lines((i) => `act bend${i}(x) = x + bent${i}`)}\nnet N(x: [8]) { relu }`,
    'a chain of constants, last first': `${lines((i) => `let a${i} = a${i + 1} + 1`)}\nlet a${count} = 1\nnet N(x: [8]) { linear ->a0 }`,
    'a join of many': `net N(x: [8]) { a = relu\n add ${'a '.repeat(count)} }`,
    'a product of many symbols': `net N(x: [${Array.from({ length: count / 10 }, (_, i) => `s${i}`)}]) { flatten }`,
    'a sum that grows without end': `net N(x: [H, W]) {\n${'flatten | add { concat {} {} }\n'.repeat(500)} }`,
    'sizes beyond all numbers': 'net N(x: [999999999999, 999999999999]) { flatten | linear ->99999999999999999999 }',
    'groups of more features than any value has': 'net N(x: [C, 8, 8]) { conv ->1e300 k1 g3 }',
    'a power of a size': `net N(x: [${'99999999 * '.repeat(100)} 1]) { relu }`,
    'many files in one': lines(() => 'net N(x: [8]) { relu }', 2000),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`is checked in under two seconds: ${name}`, () => {
      const { value } = parse({ name: 'hostile.net', text });
      expect(seconds(() => check(value))).to.be.lessThan(2);
    });
  }

  it('costs time in proportion to its length', () => {
    const time = (layers: number) => {
      const { value } = parse({ name: 'chain.net', text: `net N(x: [8]) { ${'relu | '.repeat(layers)} relu }` });
      return Math.min(...[1, 2, 3].map(() => seconds(() => check(value))));
    };
    time(1000);
    expect(time(10_000)).to.be.lessThan(16 * Math.max(time(2_000), 0.01));
  });

  it('has its sizes solved in bounded time', () => {
    const nets = {
      'many requirements': texts['layers on symbolic sizes']!,
      'a product that is far away': 'net N(x: [1, H, W, D]) { maxpool 7 s5 | flatten | linear 999999937->1 }',
      'a long period': `net N(x: [1, H, W]) { ${'maxpool 1 s3 | '.repeat(12)} flatten | linear 12->1 }`,
      'many symbols at once': 'net N(x: [A, B, C, D, E, F, G]) { flatten | linear 5040->1 }',
      'a sum of symbols': 'net N(x: [A], y: [B], z: [C]) { x | concat y z | linear 100000->1 }',
    };
    for (const [name, text] of Object.entries(nets)) {
      const [graph] = check(parse({ name: 'hostile.net', text }).value).value;
      expect(
        seconds(() => solveSizes(graph!)),
        name,
      ).to.be.lessThan(4);
    }
  });
});
