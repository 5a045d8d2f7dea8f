import { expect } from 'chai';
import { activationNames, activations, findLayer } from '../../compiler/layers/index.ts';
import { derive } from '../../compiler/scalar/derive.ts';
import { evaluateScalar } from '../../compiler/scalar/evaluate.ts';
import { kinksOf } from '../../compiler/scalar/kinks.ts';
import { constant, type Scalar, substitute } from '../../compiler/scalar/scalar.ts';
import { type ActivationCase, readActivationCases } from '../fixtures/activations.ts';

describe('every activation', () => {
  const cases = readActivationCases();

  it('is held to PyTorch', () => {
    expect(new Set(cases.map((each) => each.name))).to.deep.equal(new Set([...activations].map((each) => each.name)));
  });

  for (const each of cases) {
    const title = [each.name, ...Object.entries(each.options).map(([name, value]) => `${name}=${value}`)].join(' ');

    it(`${title} gives PyTorch's values, also of infinities and NaN`, () => {
      const { body, variable } = bound(each);
      for (const [index, x] of each.points.entries()) {
        expectClose(evaluateScalar(body, { [variable]: x }), each.values[index]!, `${title} at ${x}`);
      }
    });

    it(`${title} has PyTorch's derivative, also at its kinks`, () => {
      const { body, variable } = bound(each);
      const derivative = derive(body, variable);
      for (const [index, x] of each.points.entries()) {
        // The slope of what is not a number means nothing: PyTorch's is 0, 1 or NaN, from one activation to the next.
        if (Number.isNaN(x)) continue;
        expectClose(evaluateScalar(derivative, { [variable]: x }), each.slopes[index]!, `${title} at ${x}`);
      }
    });

    it(`${title} has the kinks that PyTorch's derivative shows`, () => {
      const { body, variable } = bound(each);
      const found = kinksOf(body, variable);
      expect(found.map(({ at }) => at)).to.deep.equal(each.kinks.map(({ at }) => at));
      for (const [index, { at, slopes }] of found.entries()) {
        const { left, right } = each.kinks[index]!;
        expectClose(slopes[0], left, `${title} before ${at}`);
        expectClose(slopes[1], right, `${title} after ${at}`);
      }
    });
  }
});

describe('the prelude', () => {
  it('has each name once, and every name is found', () => {
    const all = [...activations].flatMap(({ name, synonyms = [] }) => [name, ...synonyms]);
    expect([...activationNames()].sort()).to.deep.equal([...all].sort());
    for (const name of all) expect(findLayer(name)?.formula, name).not.to.equal(undefined);
  });

  it('gives a synonym the record of its first name', () => {
    expect(findLayer('hswish')).to.equal(findLayer('hardswish'));
    expect(findLayer('swish')).to.include({ name: 'silu', torch: 'torch.nn.SiLU' });
  });

  it('says one sentence of each, where PyTorch has it, and shows the formula as it is written there', () => {
    for (const { name, summary, torch, formula } of activations) {
      expect(summary, name).to.match(/^[^\n]+[^.]\.$/);
      expect(torch, name).to.match(/^torch\./);
      expect(formula?.span.source, name).to.equal('prelude.net');
    }
    expect(findLayer('hswish')?.formula?.text).to.equal('x * clamp(x + 3, 0, 6) / 6');
  });

  it('finds the kinks of hard swish, which is often called smooth', () => {
    expect(kinksOf(findLayer('hswish')!.formula!.body, 'x')).to.deep.equal([
      { at: -3, value: 0, slopes: [0, -1 / 2] },
      { at: 3, value: 3, slopes: [3 / 2, 1] },
    ]);
  });

  it('finds the jumps of hard shrink', () => {
    const { body, variable } = bound({ name: 'hardshrink', options: { lambd: 0.3 } });
    expect(kinksOf(body, variable)).to.deep.equal([
      { at: -0.3, value: 0, slopes: [1, 0], jump: [-0.3, 0] },
      { at: 0.3, value: 0, slopes: [0, 1], jump: [0, 0.3] },
    ]);
  });
});

/** The formula with the options of the case, and the defaults of the others. */
function bound({ name, options }: Pick<ActivationCase, 'name' | 'options'>): { body: Scalar; variable: string } {
  const layer = findLayer(name)!;
  const { body, variable } = layer.formula!;
  const values = new Map<string, Scalar>();
  for (const [option, spec] of Object.entries(layer.options)) values.set(option, constant(Number(spec.default)));
  values.set('weight', constant(0.25));
  for (const [option, value] of Object.entries(options)) values.set(option, constant(value));
  return { body: substitute(body, values), variable };
}

/** Equal to six digits, where both are numbers. Of zeros the sign is not looked at. */
function expectClose(actual: number, expected: number, what: string): void {
  const close =
    actual === expected ||
    (Number.isNaN(actual) && Number.isNaN(expected)) ||
    Math.abs(actual - expected) <= 1e-6 * Math.max(Math.abs(expected), 1e-3);
  expect(close, `${what}: ${actual} rather than ${expected}`).to.equal(true);
}
