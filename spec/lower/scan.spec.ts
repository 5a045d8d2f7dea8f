import { expect } from 'chai';
import fc from 'fast-check';
import { interpretModel } from '../../compiler/kernel/interpret.ts';
import { kernelText } from '../../compiler/kernel/text.ts';
import { affine } from '../../compiler/layers/meaning.ts';
import { apply, constant, type Scalar, variable } from '../../compiler/scalar/scalar.ts';
import { product } from '../../compiler/shape.ts';
import { interpret } from '../../compiler/tensor/interpret.ts';
import {
  accumulator,
  type Load,
  type TensorExpression,
  type TensorProgram,
  type TensorValue,
} from '../../compiler/tensor/tensor.ts';
import { programText } from '../../compiler/tensor/text.ts';
import { verifyProgram } from '../../compiler/tensor/verify.ts';
import { fill } from '../fixtures/fill.ts';
import { expectClose, expectSameResults, graphOf, modelOf, optimized } from './nets.ts';

/** Expressions that read the input, the weight, or what the expression of a number gives. */
type Source = 'x' | 'weight' | number;
type Expression = TensorExpression<Source>;
type Read = Load<Source>;

/** An expression of the scan 0 over time alone. */
function over(times: number, loads: readonly Read[], result: Scalar): Expression {
  return { scan: 0, axes: [times], loads, result };
}

/** What was given so many steps before; 0 before the first. */
function at(name: string, from: Source, times: number, before = 0): Read {
  const outside = before > 0 && { outside: 0 };
  return { name, from, view: [times], index: [affine(1, [[0, 1]], -before)], ...outside };
}

function sum(...names: readonly string[]): Scalar {
  return names.map(variable).reduce((left, right) => apply('add', left, right));
}

/** A recurrent layer of four features. */
function recurrent(times: number): readonly Expression[] {
  const here = [affine(2, [[0, 1]]), affine(2, [[1, 1]])];
  return [
    {
      scan: 0,
      axes: [times, 4],
      reduction: { operator: 'sum', axes: [4], body: apply('mul', variable('state'), variable('weight')) },
      loads: [
        { name: 'state', from: 1, view: [times, 4], index: [affine(3, [[0, 1]], -1), affine(3, [[2, 1]])], outside: 0 },
        { name: 'weight', from: 'weight', view: [4, 4], index: [affine(3, [[1, 1]]), affine(3, [[2, 1]])] },
      ],
      result: variable(accumulator),
    },
    {
      scan: 0,
      axes: [times, 4],
      loads: [
        { name: 'x', from: 'x', view: [times, 4], index: here },
        { name: 'product', from: 0, view: [times, 4], index: here },
      ],
      result: apply('tanh', sum('x', 'product')),
    },
  ];
}

describe('A scan', () => {
  it('follows from what it gave before: a running sum', () => {
    const steps = [over(4, [at('x', 'x', 4), at('last', 0, 4, 1)], sum('x', 'last'))];
    expect(resultOf(programOf(4, steps), [1, 2, 3, 4])).to.deep.equal([1, 3, 6, 10]);
  });

  it('may look further back, and begins with what is outside', () => {
    const steps = [over(6, [{ ...at('one', 0, 6, 1), outside: 1 }, at('two', 0, 6, 2)], sum('one', 'two'))];
    expect(resultOf(programOf(1, steps), [0])).to.deep.equal([1, 1, 2, 3, 5, 8]);
  });

  it('reads what was given before at the same time, and the rest at earlier times', () => {
    const steps = [
      over(3, [at('x', 'x', 3), at('later', 1, 3, 1)], sum('x', 'later')),
      over(3, [at('now', 0, 3), at('own', 1, 3, 1)], apply('mul', constant(2), sum('now', 'own'))),
    ];
    const program = programOf(3, steps);
    // 1, 2 · 1; then 2 + 2, 2 · (4 + 2); then 3 + 12, 2 · (15 + 12).
    expect(resultOf(program, [1, 2, 3])).to.deep.equal([2, 12, 54]);
    expect(programText(program)).to.include('scan 0: step1[3] = 2 * (now + own)');
  });

  it('is mirrored to run backwards', () => {
    const mirrored = { ...at('x', 'x', 4), index: [affine(1, [[0, -1]], 3)] };
    const back: Expression = {
      axes: [4],
      loads: [{ ...at('state', 0, 4), index: [affine(1, [[0, -1]], 3)] }],
      result: variable('state'),
    };
    const program = programOf(4, [over(4, [mirrored, at('last', 0, 4, 1)], sum('x', 'last')), back]);
    expect(resultOf(program, [1, 2, 3, 4])).to.deep.equal([10, 9, 7, 4]);
  });

  it('is one loop over time with the loops of its expressions, which ask for no borders', () => {
    const { kernels } = modelOf(programOf(20, recurrent(5)), { fuse: true });
    expect(kernels).to.have.length(1);
    expect(kernelText(kernels[0]!)).to.equal(
      `
# step1: step
kernel step1(weight[16], x[20], inout product[20], inout output[20])
  product[0] = 0 * weight[0] + 0 * weight[1] + 0 * weight[2] + 0 * weight[3]
  product[1] = 0 * weight[4] + 0 * weight[5] + 0 * weight[6] + 0 * weight[7]
  product[2] = 0 * weight[8] + 0 * weight[9] + 0 * weight[10] + 0 * weight[11]
  product[3] = 0 * weight[12] + 0 * weight[13] + 0 * weight[14] + 0 * weight[15]
  for j in 0..4
    output[j] = tanh(x[j] + product[j])
  for t in 1..5
    let outputAt0 = t * 4
    let state0 = output[outputAt0 - 4]
    let state1 = output[outputAt0 - 3]
    let state2 = output[outputAt0 - 2]
    let state3 = output[outputAt0 - 1]
    product[outputAt0] = state0 * weight[0] + state1 * weight[1] + state2 * weight[2] + state3 * weight[3]
    product[outputAt0 + 1] = state0 * weight[4] + state1 * weight[5] + state2 * weight[6] + state3 * weight[7]
    product[outputAt0 + 2] = state0 * weight[8] + state1 * weight[9] + state2 * weight[10] + state3 * weight[11]
    product[outputAt0 + 3] = state0 * weight[12] + state1 * weight[13] + state2 * weight[14] + state3 * weight[15]
    let xAt0 = t * 4
    for j in 0..4
      let xAt1 = xAt0 + j
      output[xAt1] = tanh(x[xAt1] + product[xAt1])
`.trim(),
    );
  });

  it('is needed as a whole or not at all', () => {
    const steps = [...recurrent(5), over(5, [at('unused', 2, 5, 1)], variable('unused')), copyOf('x', 20)];
    expect(optimized(programOf(20, steps)).operations).to.have.length(0);
    const used = [...steps.slice(0, 3), copyOf(0, 20)];
    expect(optimized(programOf(20, used)).operations.map(({ output }) => output.name)).to.deep.equal([
      'step0',
      'step1',
      'step2',
    ]);
  });

  it('is not merged with what stands before and after, nor are its expressions', () => {
    const before = { ...copyOf('x', 4), result: apply('exp', variable('x')) };
    const steps = [
      before,
      over(4, [at('x', 0, 4), at('last', 2, 4, 1)], sum('x', 'last')),
      over(4, [at('x', 1, 4)], variable('x')),
      { ...copyOf(2, 4), result: apply('neg', variable('x')) },
    ];
    const program = programOf(4, steps);
    expect(optimized(program).operations).to.have.length(4);
    resultOf(program, [0.1, 0.2, 0.3, 0.4]);
  });

  it('shares its kernel with another one of the same form', () => {
    const net = 'net Case(x: [3, 4]) { lstm 4->4 | lstm 4->4 | gru ->4 }';
    expectSameResults(graphOf(net)!);
    const steps = [...recurrent(5), ...recurrent(5).map((each) => ({ ...each, scan: 1 }))].map((each, index) =>
      index < 2 ? each : { ...each, loads: each.loads.map((load) => moved(load)) },
    );
    const program = programOf(20, steps);
    expect(modelOf(program, { fuse: true }).kernels).to.have.length(1);
    resultOf(program, Array.from(fill('x', [20])));
  });

  it('may be anything', () => {
    const size = fc.integer({ min: 1, max: 5 });
    const read = fc.record({
      from: fc.integer({ min: 0, max: 2 }),
      before: fc.integer({ min: 0, max: 3 }),
      outside: fc.constantFrom(0, 0.5),
      summed: fc.boolean(),
    });
    const member = fc.record({ reads: fc.array(read, { minLength: 1, maxLength: 3 }), reduced: fc.boolean() });
    fc.assert(
      fc.property(
        size,
        fc.constantFrom(1, 2, 4),
        fc.array(member, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (times, width, members, mirrored) => {
          const steps = members.map(({ reads, reduced }, position): Expression => {
            const count = reduced ? 3 : 2;
            const feature = affine(count, [[1, 1]]);
            const time = mirrored ? affine(count, [[0, -1]], times - 1) : affine(count, [[0, 1]]);
            const loads = reads.map(({ from, before, outside, summed }, index): Read => {
              const maker = from % members.length;
              const earlier = maker < position ? before : Math.max(1, before);
              const along = reduced && summed ? affine(count, [[2, 1]]) : feature;
              const name = `${reduced && summed ? 'summed' : 'read'}${index}`;
              const index0 = affine(count, [[0, 1]], -earlier);
              return { name, from: maker, view: [times, width], index: [index0, along], outside };
            });
            const x: Read = { name: 'x', from: 'x', view: [times, width], index: [time, feature] };
            const names = loads.map(({ name }) => name);
            const plain = ['x', ...names.filter((name) => name.startsWith('read'))];
            const common = { scan: 0, axes: [times, width], loads: [...loads, x] };
            if (!reduced) return { ...common, result: apply('tanh', sum('x', ...names)) };
            const body = sum('x', ...names);
            const reduction = { operator: 'max', axes: [width], body } as const;
            return { ...common, reduction, result: apply('tanh', apply('add', variable(accumulator), sum(...plain))) };
          });
          const size = times * width;
          resultOf(programOf(size, [...steps, copyOf(members.length - 1, size)]), Array.from(fill('x', [size])));
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('The verifier of programs, of a scan', () => {
  const last = at('last', 0, 4, 1);
  const wrong: readonly (readonly [what: string, steps: readonly Expression[], message: RegExp])[] = [
    [
      'what it gives at the same time',
      [over(4, [at('last', 0, 4)], variable('last'))],
      /last is read before it is made/,
    ],
    [
      'what a later expression gives at the same time',
      [over(4, [at('later', 1, 4)], variable('later')), over(4, [at('last', 1, 4, 1)], variable('last'))],
      /later is read before it is made/,
    ],
    [
      'the future',
      [over(4, [{ ...last, index: [affine(1, [[0, 1]], 1)] }], variable('last'))],
      /last is read before it is made/,
    ],
    [
      'itself mirrored',
      [over(4, [{ ...last, index: [affine(1, [[0, -1]], 3)] }], variable('last'))],
      /the first index of last is not along the scan/,
    ],
    [
      'itself as an array of other sizes',
      [over(4, [{ ...last, view: [2, 2], index: [affine(1, [[0, 1]], -1), affine(1, [])] }], variable('last'))],
      /the first index of last is not along the scan/,
    ],
    [
      'itself where it looks it up',
      [over(4, [{ ...last, lookup: [constant(0)] }], variable('last'))],
      /the first index of last is not along the scan/,
    ],
    ['what is no scan', [{ ...copyOf(0, 4), axes: [4] }], /x is read before it is made/],
    [
      'another scan before it is made',
      [over(4, [at('later', 1, 4, 1)], variable('later')), { ...over(4, [at('x', 'x', 4)], variable('x')), scan: 1 }],
      /later is read before it is made/,
    ],
  ];
  for (const [what, steps, message] of wrong) {
    it(`throws where it reads ${what}`, () => expect(() => verifyProgram(programOf(4, steps))).to.throw(message));
  }

  it('throws where the expressions have different times', () => {
    const steps = [over(4, [last], variable('last')), over(2, [at('last', 1, 2, 1)], variable('last'))];
    expect(() => verifyProgram(programOf(4, steps))).to.throw(/the scan has not the same first axis/);
  });

  it('throws where something stands between the expressions', () => {
    const steps = [over(4, [last], variable('last')), copyOf('x', 4), over(4, [at('x', 'x', 4)], variable('x'))];
    expect(() => verifyProgram(programOf(4, steps))).to.throw(/the scan 0 has begun before/);
  });
});

/** The load of the second of two equal scans, which reads what the first gives in the place of the input. */
function moved(load: Read): Read {
  if (load.from === 'x') return { ...load, from: 1 };
  return typeof load.from === 'number' ? { ...load, from: load.from + 2 } : load;
}

function copyOf(from: Source, size: number): Expression {
  return {
    axes: [size],
    loads: [{ name: 'x', from, view: [size], index: [affine(1, [[0, 1]])] }],
    result: variable('x'),
  };
}

function programOf(size: number, steps: readonly Expression[]): TensorProgram {
  const x: TensorValue = { id: 0, name: 'x', size };
  const weight: TensorValue = { id: 1, name: 'weight', size: 16 };
  const values = steps.map(({ axes }, index) => ({ id: index + 2, name: `step${index}`, size: product(axes) }));
  const sourceOf = (from: Source) => (from === 'x' ? x : from === 'weight' ? weight : values[from]!);
  const operations = steps.map(({ loads, ...expression }, index) => ({
    output: values[index]!,
    expression: { ...expression, loads: loads.map((load) => ({ ...load, from: sourceOf(load.from) })) },
    does: [{ path: `step${index}`, text: 'step' }],
  }));
  return { name: 'Steps', inputs: [x], weights: [weight], operations, outputs: [{ name: 'y', value: values.at(-1)! }] };
}

/** What the program gives, however it is computed. */
function resultOf(program: TensorProgram, given: readonly number[]): readonly number[] {
  const inputs = new Map([['x', Float32Array.from(given)]]);
  const weights = new Map([['weight', { name: 'weight', shape: [4, 4], data: fill('weight', [4, 4]) }]]);
  const expected = interpret(program, inputs, weights, 1).get('y')!;
  for (const fuse of [true, false]) {
    const actual = interpretModel(modelOf(program, { fuse }), inputs, weights, 1).get('y')!;
    expectClose(actual, expected, `fuse: ${fuse}`);
  }
  return [...expected];
}
