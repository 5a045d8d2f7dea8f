import { expect } from 'chai';
import { check } from '../../compiler/1-check/check.ts';
import { build } from '../../compiler/compile.ts';
import { hasErrors } from '../../compiler/fault.ts';
import { parse } from '../../grammar/parse.ts';

/** Time of this process on a processor, so that others on the machine do not count. */
function seconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('a net of huge sizes', () => {
  for (const [input, body] of [
    ['[8, 16]', 'adaptiveavgpool 99999999'],
    ['[8, 99999999]', 'adaptivemaxpool 77777777'],
    ['[1, 16]', 'upsample 99999999'],
    ['[1, 100000000]', 'maxpool 9999999 s1'],
    ['[1, 4]', 'pad 99999999'],
    ['[1, 4]', 'deconv ->1 k99999999 s7'],
    ['[8, 4]', 'lstm ->4 layers=100'],
  ] as const) {
    it(`is compiled in under five seconds: ${body}`, () => {
      const { value } = parse({ name: 'huge.net', text: `net N(x: ${input}) { ${body} }` });
      const checked = check(value);
      expect(hasErrors(checked.faults)).to.equal(false);
      expect(seconds(() => build(checked.value[0]!))).to.be.lessThan(5);
    });
  }
});
