import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  atLeast,
  bounds,
  type Dim,
  dimText,
  divideCeil,
  divideFloor,
  equal,
  evaluate,
  factorize,
  maximum,
  minimum,
  multiply,
  substitute,
  subtract,
  symbol,
} from '../../compiler/dim.ts';

/** An expression both ways: as a size, and as a function of numbers. */
interface Both {
  readonly dim: Dim;
  readonly number: (h: number, w: number) => number;
}

const height = symbol('H');
const width = symbol('W');

const { both } = fc.letrec<{ both: Both }>((tie) => {
  const two = fc.tuple(tie('both'), tie('both'));
  const divided = fc.tuple(tie('both'), fc.integer({ min: 1, max: 6 }));
  return {
    both: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.integer({ min: -9, max: 40 }).map((value): Both => ({ dim: value, number: () => value })),
      fc.constant<Both>({ dim: height, number: (h) => h }),
      fc.constant<Both>({ dim: width, number: (_, w) => w }),
      two.map(([a, b]): Both => ({ dim: add(a.dim, b.dim), number: (h, w) => a.number(h, w) + b.number(h, w) })),
      two.map(([a, b]): Both => ({ dim: subtract(a.dim, b.dim), number: (h, w) => a.number(h, w) - b.number(h, w) })),
      two.map(([a, b]): Both => ({ dim: multiply(a.dim, b.dim), number: (h, w) => a.number(h, w) * b.number(h, w) })),
      divided.map(
        ([a, by]): Both => ({ dim: divideFloor(a.dim, by), number: (h, w) => Math.floor(a.number(h, w) / by) }),
      ),
      divided.map(
        ([a, by]): Both => ({ dim: divideCeil(a.dim, by), number: (h, w) => Math.ceil(a.number(h, w) / by) }),
      ),
      two.map(
        ([a, b]): Both => ({
          dim: minimum(a.dim, b.dim),
          number: (h, w) => Math.min(a.number(h, w), b.number(h, w)),
        }),
      ),
      two.map(
        ([a, b]): Both => ({
          dim: maximum(a.dim, b.dim),
          number: (h, w) => Math.max(a.number(h, w), b.number(h, w)),
        }),
      ),
    ),
  };
});

const size = fc.integer({ min: 1, max: 60 });
const valuesOf = (h: number, w: number) =>
  new Map([
    ['H', h],
    ['W', w],
  ]);
/** What is too complex to be followed is no number, which is right for everything. */
const followed = (dim: Dim) => typeof dim !== 'number' || !Number.isNaN(dim);

describe('a size', () => {
  it('is what it would be in numbers', () => {
    fc.assert(
      fc.property(both, size, size, ({ dim, number }, h, w) => {
        if (!followed(dim)) return;
        expect(evaluate(dim, valuesOf(h, w)) + 0).to.equal(number(h, w) + 0);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('is the same with numbers in the place of its symbols', () => {
    fc.assert(
      fc.property(both, size, size, ({ dim, number }, h, w) => {
        const fixed = substitute(dim, valuesOf(h, w));
        if (followed(dim) && followed(fixed)) expect(Number(fixed) + 0).to.equal(number(h, w) + 0);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  it('is compared for all values at once, and rightly so', () => {
    fc.assert(
      fc.property(both, both, fc.array(fc.tuple(size, size), { minLength: 20 }), (a, b, samples) => {
        if (!followed(a.dim) || !followed(b.dim)) return;
        const same = equal(a.dim, b.dim);
        const least = atLeast(a.dim, b.dim);
        for (const [h, w] of samples) {
          const [left, right] = [a.number(h, w), b.number(h, w)];
          if (same !== 'sometimes') expect(left === right).to.equal(same === 'always');
          if (least !== 'sometimes') expect(left >= right).to.equal(least === 'always');
        }
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  it('lies between its bounds while its symbols are in their ranges, and is both where these are numbers', () => {
    fc.assert(
      fc.property(both, size, size, size, size, ({ dim, number }, h, w, more, wider) => {
        if (!followed(dim)) return;
        const ranges = new Map([
          ['H', [h, h + more] as const],
          ['W', [w, w + wider] as const],
        ]);
        const [low, high] = bounds(dim, ranges);
        for (const [x, y] of [
          [h, w],
          [h + more, w],
          [h + (more >> 1), w + wider],
        ] as const) {
          expect(number(x, y)).to.be.within(low, high);
        }
        const point = bounds(
          dim,
          new Map([
            ['H', [h, h] as const],
            ['W', [w, w] as const],
          ]),
        );
        expect(point.map((each) => each + 0)).to.deep.equal([number(h, w) + 0, number(h, w) + 0]);
      }),
      { numRuns: 1000, seed: 4 },
    );
  });

  it('is the product of its factors', () => {
    fc.assert(
      fc.property(both, size, size, ({ dim, number }, h, w) => {
        if (!followed(dim)) return;
        const product = factorize(dim).reduce<number>((result, each) => result * evaluate(each, valuesOf(h, w)), 1);
        expect(product + 0).to.equal(number(h, w) + 0);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('is written as one would write it', () => {
    for (const [dim, text] of [
      [divideFloor(subtract(height, 4), 2), '(H - 4) / 2'],
      [subtract(divideFloor(height, 2), 2), '(H - 4) / 2'],
      [divideFloor(divideFloor(height, 2), 2), 'H / 4'],
      [multiply(16, divideFloor(height, 4), divideFloor(subtract(width, 12), 4)), '16 * (H / 4) * ((W - 12) / 4)'],
      [add(height, height, 3), '2 * H + 3'],
      [subtract(height, height), '0'],
      [divideFloor(add(multiply(4, height), 3), 2), '2 * H + 1'],
      [minimum(height, add(height, 1)), 'H'],
      [minimum(height, width, 8), 'min(H, W, 8)'],
      [Number.NaN, '?'],
    ] as const) {
      expect(dimText(dim)).to.equal(text);
    }
  });

  it('is given up where it grows beyond measure', () => {
    let dim: Dim = height;
    for (let step = 0; step < 100; step++) dim = multiply(dim, add(dim, width));
    expect(dim).to.satisfy(Number.isNaN);
    expect(multiply(2 ** 40, 2 ** 40)).to.satisfy(Number.isNaN);
    expect(divideFloor(height, 0)).to.satisfy(Number.isNaN);
  });
});
