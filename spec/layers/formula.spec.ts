import { expect } from 'chai';
import { analyze } from '../../compiler/compile.ts';

describe('the formula of an activation', () => {
  const cases: readonly [text: string, code: string, at: string][] = [
    ['act f(x) = sigmoyd(x)', 'name/unknown', 'sigmoyd'],
    ['act f(x) = x + y', 'name/unknown', 'y'],
    ['act f(x) = conv(x)', 'name/unknown', 'conv'],
    ['let b = true\nact f(x) = b + x', 'name/unknown', 'b'],
    ['act f(x) = f(x) + 1', 'name/cycle', 'f'],
    ['act f(x) = g(x)\nact g(x) = f(x)', 'name/cycle', 'f'],
    ['act f(x, x = 3) = x', 'name/duplicate', 'x'],
    ['act f(x, a = 1, a = 2) = a * x', 'name/duplicate', 'a'],
    ['act f(x) = leaky_relu(x, slop=0.2)', 'name/option', 'slop'],
    ['act f(x) = leaky_relu(x, slope=0.2, slope=0.3)', 'use/twice', 'slope'],
    ['act f(x) = threshold(x, value=3)', 'use/missing', 'threshold'],
    ['act f(x) = clamp(x, 1)', 'type/arguments', 'clamp(x, 1)'],
    ['act f(x) = exp(x, scale=2)', 'type/arguments', 'exp(x, scale=2)'],
    ['act f(x) = leaky_relu(x, 0.2)', 'type/arguments', 'leaky_relu(x, 0.2)'],
    ['act f(x) = x > 0', 'type/operand', 'x > 0'],
    ['act f(x) = x + (x > 0)', 'type/operand', '(x > 0)'],
    ['act f(x) = x ? 1 : 2', 'type/operand', 'x'],
    ['act f(x) = x and x > 1 ? 1 : 2', 'type/operand', 'x'],
    ['act f(x) = x + "a"', 'type/operand', '"a"'],
    ['act f(x) = x[0]', 'type/operand', 'x[0]'],
    ['act f(x, a = { relu }) = a * x', 'type/option', '{ relu }'],
    ['act f(x, a = x) = a * x', 'name/unknown', 'x'],
    ['act f(x) = x % 0', 'type/division', '0'],
    ['act f(x) = prelu(x) + 1', 'type/learned', 'prelu'],
    ['act f(x, learn w) = w * x', 'type/learned', 'w'],
  ];
  for (const [text, code, at] of cases) {
    it(`is refused with ${code} where ${text.split('\n').at(-1)}`, () => {
      expect(analyzed(text).faults.map((fault) => [fault.code, placeOf(text, fault.span)])).to.deep.equal([[code, at]]);
    });
  }

  it('brings one fault for each mistake, and the one name that was probably meant', () => {
    const text = 'act f(x) = (x > 0 ? slpe : max(x)) + y';
    const { faults } = analyzed(text);
    expect(faults.map((fault) => fault.code)).to.deep.equal(['name/unknown', 'type/arguments', 'name/unknown']);
    const [first] = analyzed('act f(x, slope = 1) = x * slpe').faults;
    expect(first?.fix?.edits.map((edit) => edit.text)).to.deep.equal(['slope']);
  });

  it('may be made of lets, of other activations with their options, and of a function of its own name', () => {
    const text = `let k = 1 / 2
act bend(x, slope = k * 2) = leaky_relu(x, slope=slope * x) + relu6(x)
act tanh(x) = 1.7 * tanh(x)
net A(x: [3]) { bend | bend slope=3 | bend 4 | tanh }`;
    expect(analyzed(text).faults.map((fault) => fault.code)).to.deep.equal(['name/shadow']);
  });

  it('is refused where it has grown beyond what a program can hold, in bounded time', () => {
    const chain = Array.from({ length: 60 }, (_, index) => `act f${index + 1}(x) = f${index}(f${index}(x))`);
    const faults = analyzed(['act f0(x) = x * x', ...chain].join('\n')).faults;
    expect(faults.map((fault) => fault.code)).to.deep.equal(['type/formula']);
    const long = `act f(x) = ${new Array(5000).fill('x').join(' + ')}`;
    expect(analyzed(long).faults.map((fault) => fault.code)).to.have.lengthOf(1);
  });
});

function analyzed(text: string) {
  return analyze({ name: 'spec.net', text });
}

function placeOf(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}
