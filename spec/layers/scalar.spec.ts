import { expect } from 'chai';
import fc from 'fast-check';
import { formula } from '../../compiler/formula.ts';
import { derive } from '../../compiler/scalar/derive.ts';
import { compileScalar, evaluateScalar } from '../../compiler/scalar/evaluate.ts';
import { kinksOf } from '../../compiler/scalar/kinks.ts';
import {
  apply,
  constant,
  type Scalar,
  type ScalarOperator,
  scalarArity,
  variable,
} from '../../compiler/scalar/scalar.ts';
import { simplify } from '../../compiler/scalar/simplify.ts';
import { scalarText } from '../../compiler/scalar/text.ts';
import { parse } from '../../grammar/parse.ts';

describe('the evaluator of scalars', () => {
  const cases: readonly [ScalarOperator, readonly number[], number][] = [
    ['sign', [-3], -1],
    ['round', [0.5], 0],
    ['round', [1.5], 2],
    ['round', [-2.5], -2],
    ['erf', [0.5], 0.5204998778130465],
    ['erf', [-2], -0.9953222650189527],
    ['erf', [1e-300], 1.1283791670955126e-300],
    ['erf', [7], 1],
    ['sigmoid', [-800], 0],
    ['sigmoid', [0], 0.5],
    ['softplus', [800], 800],
    ['softplus', [-40], 4.248354255291589e-18],
    ['min', [Number.NaN, 1], Number.NaN],
    ['max', [1, Number.NaN], Number.NaN],
    ['pow', [2, -2], 0.25],
    ['less', [1, 1], 0],
    ['lessEqual', [1, 1], 1],
    ['equal', [Number.NaN, Number.NaN], 0],
    ['select', [Number.NaN, 1, 2], 1],
    ['select', [0, 1, 2], 2],
  ];
  for (const [op, operands, expected] of cases) {
    it(`gives ${expected} for ${op}(${operands.join(', ')})`, () => {
      const found = evaluateScalar(apply(op, ...operands.map(constant)));
      if (Number.isNaN(expected)) expect(found).to.be.NaN;
      else expect(found).to.be.closeTo(expected, Math.abs(expected) * 1e-15);
    });
  }

  it('agrees with Math where JavaScript has the function', () => {
    const names = ['abs', 'floor', 'ceil', 'sqrt', 'exp', 'expm1', 'log', 'log1p', 'sin', 'cos', 'tanh'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.double(), (name, x) => {
        expect(evaluateScalar(apply(name, constant(x)))).to.deep.equal(Math[name](x));
      }),
    );
  });

  it('reads variables by their place', () => {
    expect(compileScalar(apply('sub', variable('a'), variable('b')), ['b', 'a'])([1, 5])).to.equal(4);
  });
});

describe('the simplifier', () => {
  it('changes no value, be it infinite or not a number', () => {
    fc.assert(
      fc.property(expressions, points, (scalar, x) => {
        const [before, after] = [evaluateScalar(scalar, { x }), evaluateScalar(simplify(scalar), { x })];
        // Only the sign of a zero may change, which shows where it is divided by.
        expect(sameValue(after, before) || dividesByZero(scalar, x)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });

  const cases: readonly [before: string, after: string][] = [
    ['x * 1 + 0', 'x'],
    ['0 - x', '-x'],
    ['--x', 'x'],
    ['x - -y', 'x + y'],
    ['x / -1', '-x'],
    ['2 * 3 + x', '6 + x'],
    ['pow(x, 1)', 'x'],
    ['1 > 0 ? x : y', 'x'],
    ['x > 0 ? y : y', 'y'],
    ['x * 0', 'x * 0'],
    ['x - x', 'x - x'],
  ];
  for (const [before, after] of cases) {
    it(`makes ${before} ${after}`, () => expect(scalarText(simplify(read(before)))).to.equal(after));
  }
});

describe('the derivative', () => {
  it('is what the difference of near values says', () => {
    let compared = 0;
    fc.assert(
      fc.property(expressions, fc.integer({ min: -256, max: 256 }), (scalar, count) => {
        // Not at the whole numbers and the like, where the kinks are.
        const x = (count + 1 / 3) / 64;
        const value = (place: number) => evaluateScalar(scalar, { x: place });
        const step = 1e-5;
        const [before, after] = [(value(x) - value(x - step)) / step, (value(x + step) - value(x)) / step];
        // Where the two sides disagree there is a kink; what is large or steep cannot be measured this way.
        const measurable = Math.abs(value(x)) < 1e6 && Math.abs(after) < 1e3;
        if (!(measurable && Math.abs(after - before) <= 1e-3 * (1 + Math.abs(after)))) return;
        const derivative = evaluateScalar(derive(scalar, 'x'), { x });
        // sqrt(x - x) is flat, but has no slope by the chain rule, in PyTorch either.
        if (Number.isNaN(derivative)) return;
        compared += 1;
        expect(derivative).to.be.closeTo(after, 1e-2 * (1 + Math.abs(after)));
      }),
      { numRuns: 2000 },
    );
    expect(compared).to.be.greaterThan(500);
  });

  const cases: readonly [of: string, is: string][] = [
    ['3', '0'],
    ['y * y', '0'],
    ['x * x', 'x + x'],
    ['pow(x, 3)', '3 * pow(x, 2)'],
    ['exp(2 * x)', 'exp(2 * x) * 2'],
    ['max(0, x)', 'x <= 0 ? 0 : 1'],
    ['clamp(x, 0, 6)', 'max(x, 0) <= 6 ? (x >= 0 ? 1 : 0) : 0'],
    ['abs(x)', 'sign(x)'],
    ['floor(x) + x', '1'],
  ];
  for (const [of, is] of cases) {
    it(`of ${of} is ${is}`, () => expect(scalarText(derive(read(of), 'x'))).to.equal(is));
  }

  it('of a flat branch is 0, whatever it is multiplied with', () => {
    const derivative = derive(read('x * clamp(x + 3, 0, 6)'), 'x');
    expect(evaluateScalar(derivative, { x: Number.NEGATIVE_INFINITY })).to.equal(0);
  });
});

describe('the text of a scalar', () => {
  const texts = [
    'x - (y - 1)',
    'x - y - 1',
    'x / (y * 2) / 3',
    '-(x + y)',
    '-x * y',
    '(x > 0 ? x : y) + 1',
    'x > 0 ? x : y > 0 ? y : 0',
    'x > 0 and y > 0 or not x < y ? x : y',
    '(x > 0 or y > 0) and x != y ? x : y',
    'max(min(x, y), pow(x, 2))',
    'x * 1e30 - 1e-7',
  ];
  for (const text of texts) it(`writes ${text} as it was`, () => expect(scalarText(read(text))).to.equal(text));

  it('reads back as the same function', () => {
    fc.assert(
      fc.property(expressions, points, (scalar, x) => {
        const text = scalarText(scalar);
        // A formula that divides by 0 is refused.
        fc.pre(!/\/ 0(?!\.)/.test(text));
        expect(
          sameValue(evaluateScalar(read(text), { x }), evaluateScalar(scalar, { x })) || dividesByZero(scalar, x),
          text,
        ).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the kinks of a function', () => {
  const cases: readonly [of: string, at: readonly number[]][] = [
    ['tanh(x) * x', []],
    ['abs(x * x)', []],
    ['abs(x * x - 2)', [-Math.SQRT2, Math.SQRT2]],
    ['max(x, x * x)', [0, 1]],
    ['min(max(x, 0), 0)', []],
    ['x == 0 ? 1 : 2', []],
    ['abs(abs(x) - 1 / 3)', [-1 / 3, 0, 1 / 3]],
    ['abs(x - 1e9)', [1e9]],
    ['x > 1e-9 ? x : -x', [1e-9]],
    ['abs(tanh(x) - 1 / 2)', [Math.atanh(0.5)]],
    ['sqrt(abs(x))', [0]],
    ['floor(x) * (abs(x) < 3 / 2 ? 1 : 0)', [-1.5, -1, 0, 1, 1.5]],
  ];
  for (const [of, at] of cases) {
    it(`of ${of} are at ${at.length === 0 ? 'no place' : at.join(' and ')}`, () => {
      const found = kinksOf(read(of), 'x').map((kink) => kink.at);
      expect(found.length).to.equal(at.length);
      for (const [index, place] of at.entries()) expect(found[index]).to.be.closeTo(place, Math.abs(place) * 1e-12);
    });
  }

  it('have the slopes and values of both sides, also where the function has none', () => {
    expect(kinksOf(read('x / abs(x)'), 'x')).to.deep.equal([
      { at: 0, value: Number.NaN, slopes: [0, 0], jump: [-1, 1] },
    ]);
    expect(kinksOf(read('sqrt(abs(x))'), 'x')[0]?.slopes).to.deep.equal([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('are found in bounded time, however many there are', () => {
    expect(kinksOf(read('floor(sin(1000000 * x) * 1000)'), 'x').length).to.be.lessThan(1000);
  });
});

/** Scalars over `x` of all operations. Conditions stand only where formulas have them. */
const expressions: fc.Arbitrary<Scalar> = fc.letrec<{ number: Scalar; condition: Scalar }>((tie) => {
  const comparisons = ['less', 'lessEqual', 'equal'] as const;
  const select = fc
    .tuple(tie('condition'), tie('number'), tie('number'))
    .map(([condition, then, otherwise]) => apply('select', condition, then, otherwise));
  const operations = Object.entries(scalarArity)
    .filter(([op]) => op !== 'select' && !comparisons.some((each) => each === op))
    .map(([op, arity]) => {
      const operands = Array.from({ length: arity }, () => tie('number'));
      return fc.tuple(...operands).map((args) => apply(op as ScalarOperator, ...args));
    });
  return {
    number: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constant(variable('x')),
      fc.constantFrom(-2, -1, 0, 0.5, 1, 3).map(constant),
      select,
      ...operations,
    ),
    condition: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(fc.constantFrom(...comparisons), tie('number'), tie('number')).map(([op, x, y]) => apply(op, x, y)),
      fc.tuple(fc.constantFrom('mul', 'max'), tie('condition'), tie('condition')).map(([op, x, y]) => apply(op, x, y)),
      tie('condition').map((condition) => apply('equal', condition, constant(0))),
    ),
  };
}).number;

const points = fc.oneof(
  fc.double({ min: -4, max: 4 }),
  fc.constantFrom(0, -0, 1, Number.POSITIVE_INFINITY, Number.NaN),
);

/** A formula over `x` and `y`. */
function read(text: string): Scalar {
  const { value, faults } = parse({ name: 'spec', text: `act f(x, y) = ${text}` });
  expect(faults, text).to.deep.equal([]);
  const act = value.declarations[0];
  if (act?.kind !== 'act') throw new Error(`${text} is no formula`);
  const scope = {
    owner: 'f',
    variables: new Set(['x', 'y']),
    activation: () => undefined,
    constant: () => undefined,
    names: () => [],
  };
  return formula(act.body, scope, (fault) => expect(fault).to.equal(undefined))!;
}

function sameValue(left: number, right: number): boolean {
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}

function dividesByZero(scalar: Scalar, x: number): boolean {
  if (scalar.op === 'constant' || scalar.op === 'variable') return false;
  const [, divisor] = scalar.arguments;
  const isZero = (scalar.op === 'div' || scalar.op === 'pow') && evaluateScalar(divisor!, { x }) === 0;
  return isZero || scalar.arguments.some((each) => dividesByZero(each, x));
}
