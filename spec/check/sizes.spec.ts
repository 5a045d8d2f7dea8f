import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { check } from '../../compiler/1-check/check.ts';
import { evaluate, subtract, symbol } from '../../compiler/dim.ts';
import { hasErrors } from '../../compiler/fault.ts';
import { type SizeRange, type Sizes, solveSizes } from '../../compiler/sizes/sizes.ts';
import { sizesText } from '../../compiler/sizes/text.ts';
import { parse } from '../../grammar/parse.ts';

function sizesOf(text: string, dims: Readonly<Record<string, number>> = {}): Sizes {
  const { value, faults } = parse({ name: 'sizes.net', text });
  const checked = check(value, { openSizes: true, dims: new Map(Object.entries(dims)) });
  expect([...faults, ...checked.faults].map(({ code }) => code)).to.deep.equal([]);
  return solveSizes(checked.value[0]!);
}

/** Whether these sizes are in the answer. */
function accepts(sizes: Sizes, values: ReadonlyMap<string, number>): boolean {
  return (
    sizes.tied.every(({ symbol, equals }) => values.get(symbol) === evaluate(equals, values)) &&
    sizes.parts.every(({ symbols, choices, oblong }) =>
      [...choices, ...oblong].some((choice) =>
        symbols.every((name) => choice[name]!.some((range) => inRange(range, values.get(name)!))),
      ),
    )
  );
}

function inRange({ from, to, step }: SizeRange, value: number): boolean {
  return value >= from && value <= (to ?? Infinity) && (value - from) % step === 0;
}

/** Whether the checker takes a net with these sizes. */
function isRight(text: string): boolean {
  const { value, faults } = parse({ name: 'sizes.net', text });
  return !hasErrors([...faults, ...check(value).faults]);
}

describe('the widths of what an attention reads', () => {
  const attention = (widths: string) => {
    const text = `net Cross(x: [T, 64], memory: [S, ${widths}]) { x | attention memory heads=8 }`;
    const { value, faults } = check(parse({ name: 'attention.net', text }).value);
    expect(faults).to.deep.equal([]);
    const [graph] = value;
    return { sizes: sizesText(solveSizes(graph!)), weight: graph!.nodes[0]!.weights[0]!.name };
  };

  it('are those of its queries where they are open, so that they do not decide which weights there are', () => {
    expect(attention('E')).to.deep.equal({
      sizes: 'T and S: any, E: 64',
      weight: 'attention1.in_proj_weight',
    });
  });

  it('are free where they cannot be those', () => {
    expect(attention('2 * E + 1')).to.deep.equal({
      sizes: 'T, S and E: any',
      weight: 'attention1.q_proj_weight',
    });
    expect(attention('32').weight).to.equal('attention1.q_proj_weight');
  });
});

describe('the sizes of inputs that share weights', () => {
  const text = `net Pair(left: [1, H, W], right: [1, V, U]) -> [1] {
    a = left | conv ->4 k3 | flatten | fc: linear ->4
    b = right | conv ->4 k3 | flatten | fc: linear ->4 share
    a | sub b | linear ->1
  }`;

  it('are the same for both', () => {
    const sizes = sizesOf(text);
    expect(sizesText(sizes)).to.equal(
      'H and W: any from 3, V = H, U = W; other sizes that have as many numbers together are left out',
    );
    expect(accepts(sizes, new Map(Object.entries({ H: 5, W: 6, V: 5, U: 6 })))).to.equal(true);
    expect(accepts(sizes, new Map(Object.entries({ H: 5, W: 6, V: 5, U: 7 })))).to.equal(false);
    const fixed = (size: string) => text.replace('H, W', '5, 6').replace('V, U', size);
    expect([isRight(fixed('5, 6')), isRight(fixed('5, 7'))]).to.deep.equal([true, false]);
  });

  it('may differ where no weight depends on them', () => {
    const pooled = text.replaceAll('flatten', 'globalavgpool');
    expect(sizesText(sizesOf(pooled))).to.equal('H, W, V and U: any from 3');
  });
});

describe('the sizes of LeNet', () => {
  const lenet = readFileSync('examples/lenet.net', 'utf8');
  const sizes = sizesOf(lenet);
  const withSize = (height: number, width: number) => lenet.replace('[3, 32, 32]', `[3, ${height}, ${width}]`);

  it('are 32 to 35, and for oblong pictures two more pairs', () => {
    const range = (from: number, to: number) => [{ from, to, step: 1 }];
    expect(sizes).to.deep.equal({
      symbols: ['H', 'W'],
      tied: [],
      parts: [
        {
          symbols: ['H', 'W'],
          choices: [{ H: range(32, 35), W: range(32, 35) }],
          oblong: [
            { H: range(16, 19), W: range(112, 115) },
            { H: range(112, 115), W: range(16, 19) },
          ],
        },
      ],
    });
    expect(sizesText(sizes)).to.equal(
      'H and W: 32 to 35; also oblong: H 16 to 19 with W 112 to 115, H 112 to 115 with W 16 to 19',
    );
  });

  it('are those that go with a height that is fixed from outside', () => {
    expect(sizesText(sizesOf(lenet, { H: 33 }))).to.equal('W: 32 to 35');
    expect(sizesText(sizesOf(lenet, { H: 16 }))).to.equal('W: 112 to 115');
  });

  it('are those that the checker takes, from 1 to 256', () => {
    const taken: number[] = [];
    for (let size = 1; size <= 256; size++) if (isRight(withSize(size, size))) taken.push(size);
    expect(taken).to.deep.equal([32, 33, 34, 35]);
    for (let size = 1; size <= 256; size++) {
      expect(
        accepts(
          sizes,
          new Map([
            ['H', size],
            ['W', size],
          ]),
        ),
        String(size),
      ).to.equal(taken.includes(size));
    }
  });

  it('are those that the checker takes, for oblong pictures', () => {
    for (let height = 13; height <= 120; height += 5) {
      for (let width = 13; width <= 120; width += 5) {
        expect(
          accepts(
            sizes,
            new Map([
              ['H', height],
              ['W', width],
            ]),
          ),
          `${height} by ${width}`,
        ).to.equal(isRight(withSize(height, width)));
      }
    }
  });
});

describe('the sizes of a net', () => {
  const none: Sizes = { symbols: [], tied: [], parts: [{ symbols: [], choices: [], oblong: [] }] };
  const table: readonly (readonly [net: string, answer: string])[] = [
    ['net N(x: [3, 8, 8]) { globalavgpool | linear 3->10 }', 'H and W: any; H = W is not needed'],
    ['net N(x: [1, 64, 64]) { conv ->4 k5 | conv ->4 k8 }', 'H and W: any from 12; H = W is not needed'],
    [
      'net N(x: [1, H, W]) -> [1, H / 4, W / 4] { maxpool 2 | maxpool 2 }',
      'H and W: multiples of 4; H = W is not needed',
    ],
    ['net N(x: [1, L]) -> [1, L / 2 - 3] { maxpool 2 | conv ->1 k4 }', 'L: multiples of 2 from 8'],
    ['net N(x: [1, L]) -> [1, (L + 1) / 4] { conv ->1 k4 s4 p=[1, 2] }', 'L: 3, 7, 11, … (steps of 4)'],
    ['net N(x: [1, 64, 64]) { maxpool 2 | maxpool 2 | expect [1, 16, 16] }', 'H and W: 64 to 67; H = W is not needed'],
    ['net N(x: [2, 16000]) { conv ->8 k8 s4 | conv ->4 k8 s4 | flatten | linear 3992->10 }', 'L: 15988 to 16003'],
    ['net N(x: [1, H, W]) { expect [1, W, H] | conv ->1 k3 }', 'H: any from 3, W = H'],
    // The features of a sequence are its last axis, and whole numbers have none.
    ['net N(x: [10, 64]) { lstm 64->128 | linear 128->9 }', 'T: any'],
    ['net N(x: [16, 32]) { layernorm | attention heads=4 | expect [16, 32] | linear ->8 }', 'T: 16'],
    ['net N(x: i32[12]) { embedding 100->8 | reshape [3, 4, 8] }', 'T: 12'],
    ['net N(x: [1, H, W]) { concat { expect [1, W + 2, W] } | conv ->1 k3 }', 'H: any from 5, W = H - 2'],
    [
      'net N(x: [1, H, W]) { a = expect [1, H, H]\n x | expect [1, W + 3 - 3, W] | concat a | expect [2, W, H] | conv ->1 k3 }',
      'H: any from 3, W = H',
    ],
    ['net N(x: [64]) { linear 64->10 }', 'no size of the inputs is open'],
    ['net N(x: [1, H, W]) { a = expect [1, W, W]\n x | expect [1, W + 1, W] | concat a axis=1 }', 'no H fits'],
    [
      'net N(x: [1, 8, 8]) { a = maxpool 2 | flatten | linear 9->1\n x | flatten | linear 64->1 | add a }',
      'no H and W fits',
    ],
    ['net N(x: [1, 8, 8]) { add { conv ->1 k3 } { maxpool 2 } }', 'H and W: 3 to 4; H = W is not needed'],
    [
      'net N(a: [1, 8, 8], b: [1, 8, 8]) { a | add b }',
      'a_H and a_W: any, b_H = a_H, b_W = a_W; sizes of 1, which are broadcast, are left out',
    ],
    [
      'net N(x: [1, 6, 6, 6]) { flatten | linear 8->1 }',
      'D, H and W: 2; also oblong: D 1 with H 1 with W 8, D 1 with H 2 with W 4, D 1 with H 4 with W 2, D 1 with H 8 with W 1, D 2 with H 1 with W 4, D 2 with H 4 with W 1 and 3 more',
    ],
    [
      'net UNet(x: [1, H, W]) { a = conv ->8 k3 p1\n b = maxpool 2 | conv ->8 k3 p1\n maxpool 2 | deconv ->8 k2 s2 | concat b | deconv ->8 k2 s2 | concat a }',
      'H and W: multiples of 4; H = W is not needed',
    ],
    [
      'net ResNet(x: [3, 224, 224]) { conv ->8 k7 s2 p3 | maxpool 3 s2 p1 | add { conv ->16 k1 s2 } { conv ->16 k3 s2 p1 } | globalavgpool | linear 16->10 }',
      'H and W: any; H = W is not needed',
    ],
    [
      'net LinkNet(x: [3, 64, 64]) { a = relu\n conv ->8 k3 s2 p1 | deconv ->3 k2 s2 | add a }',
      'H and W: 1 or multiples of 2; H = W is not needed',
    ],
    [
      'net Mismatch(x: [3, 64, 64]) { add { conv ->8 k2 s2 } { conv ->8 k3 s2 p1 } }',
      'H and W: 3 or multiples of 2; H = W is not needed',
    ],
    ['net Deep(x: [3, 64, 48]) { maxpool 2 | conv ->8 k5 }', 'H and W: any from 10; H = W is not needed'],
    // The more symbols depend on each other, the fewer of their sizes can be looked at.
    [
      'net Three(x: [A, B, C]) { reshape [1, -1, 169] }',
      'A: 1 to 16, B and C: 13; also oblong: A 13 with B 1 to 12 with C 13, A 13 with B 13 with C 1 to 12, A 13 with B 13 with C 14 to 16, A 13 with B 14 to 16 with C 13 (looked at up to 16)',
    ],
    ['net Four(x: [A, B, C, D]) { reshape [5, -1] }', 'A, B, C and D: none up to 4; larger ones were not looked at'],
  ];
  for (const [net, answer] of table) {
    it(`are told: ${answer}`, () => expect(sizesText(sizesOf(net))).to.equal(answer));
  }

  it('are none where what follows from an equation contradicts it', () => {
    const [height, width] = [symbol('H'), symbol('W')];
    const span = { source: 'sizes.net', start: 0, end: 0 };
    const sizes = solveSizes({
      symbols: ['H', 'W'],
      requirements: [
        { left: height, relation: 'equal', right: width, span },
        { left: subtract(height, width), relation: 'at least', right: 3, span },
      ],
    });
    expect(sizesText(sizes)).to.equal('no H fits');
    expect(
      accepts(
        sizes,
        new Map([
          ['H', 4],
          ['W', 4],
        ]),
      ),
    ).to.equal(false);
  });

  it('are those that the checker takes, whatever the layers', () => {
    const layer = fc.oneof(
      fc
        .record({
          k: fc.integer({ min: 1, max: 5 }),
          s: fc.integer({ min: 1, max: 3 }),
          p: fc.integer({ min: 0, max: 2 }),
        })
        .map(({ k, s, p }) => `conv ->2 k${k} s${s} p${p}`),
      fc
        .record({ k: fc.integer({ min: 1, max: 4 }), s: fc.integer({ min: 1, max: 3 }) })
        .map(({ k, s }) => `maxpool ${k} s${s}`),
      fc.integer({ min: 2, max: 4 }).map((k) => `avgpool ${k}`),
      fc.constantFrom('relu', 'add { maxpool 3 s1 p1 }', 'maxpool 3 s2 p1 ceil', 'concat { conv ->1 k3 p1 }'),
    );
    const end = fc.oneof(
      fc.constant('relu'),
      fc.integer({ min: 1, max: 9 }).map((size) => `conv ->2 k1 | flatten | linear ${2 * size}->1`),
      fc
        .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
        .map(([h, w]) => `conv ->1 k1 | expect [1, ${h}, ${w}]`),
    );
    const size = fc.integer({ min: 1, max: 40 });
    const body = fc
      .tuple(fc.array(layer, { maxLength: 4 }), end)
      .map(([layers, last]) => [...layers, last].join(' | '));
    fc.assert(
      fc.property(body, fc.array(fc.tuple(size, size), { minLength: 10, maxLength: 30 }), (text, samples) => {
        const open = `net N(x: [1, H, W]) { ${text} }`;
        // What is wrong for all sizes is a fault, and nothing is left to be solved.
        const sizes = isRight(open) ? sizesOf(open) : none;
        for (const [height, width] of samples) {
          if (sizes.searchedTo !== undefined && Math.max(height, width) > sizes.searchedTo) continue;
          const values = new Map([
            ['H', height],
            ['W', width],
          ]);
          expect(accepts(sizes, values), `${text} at ${height} by ${width}`).to.equal(
            isRight(`net N(x: [1, ${height}, ${width}]) { ${text} }`),
          );
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
