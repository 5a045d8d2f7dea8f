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
  coordinate,
  type Load,
  type TensorExpression,
  type TensorProgram,
  type TensorValue,
} from '../../compiler/tensor/tensor.ts';
import { operationText } from '../../compiler/tensor/text.ts';
import { verifyProgram } from '../../compiler/tensor/verify.ts';
import { expectClose, modelOf, optimized } from './nets.ts';

type Expression = TensorExpression<TensorValue>;

const token: TensorValue = { id: 0, name: 'token', size: 3 };
const table: TensorValue = { id: 1, name: 'table', size: 12 };
const numbers = Array.from({ length: 12 }, (_, index) => index);

const tokens: Load<TensorValue> = { name: 'token', from: token, view: [3], index: [affine(2, [[0, 1]])] };

function rowOf(from: TensorValue): Load<TensorValue> {
  const index = [affine(2, []), affine(2, [[1, 1]])];
  return { name: 'x', from, view: [3, 4], index, lookup: [variable('token'), undefined], outside: Number.NaN };
}

/** Rows of the table, by tokens. */
const rows = (from: TensorValue): Expression => ({
  axes: [3, 4],
  loads: [tokens, rowOf(from)],
  result: variable('x'),
});

const elementwise =
  (size: number, result: Scalar) =>
  (from: TensorValue): Expression => ({
    axes: [size],
    loads: [{ name: 'x', from, view: [size], index: [affine(1, [[0, 1]])] }],
    result,
  });

describe('What is looked up', () => {
  it('follows from the data, and is outside where that is no index', () => {
    const run = (...given: readonly number[]) => resultOf(programOf(rows), given);
    expect(run(2, 0, 1.9)).to.deep.equal([8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7]);
    for (const other of [3, -1, -0.5, 2 ** 32, -(2 ** 32), Number.NaN, Infinity])
      expect(run(2, other, 0), `${other}`).to.deep.equal([8, 9, 10, 11, NaN, NaN, NaN, NaN, 0, 1, 2, 3]);
  });

  it('is computed in the loop that has what it needs', () => {
    expect(kernelText(modelOf(programOf(rows), { fuse: true }).kernels[0]!)).to.equal(
      `
# step0: step
kernel step0(token[3], x[12], out output[12])
  for i in 0..3
    let outputAt0 = i * 4
    let lookup0 = floor(token[i])
    for j in 0..4
      output[outputAt0 + j] = (0 <= lookup0 < 3 ? x[lookup0 * 4 + j] : NaN)
`.trim(),
    );
  });

  it('may be added to an index, and depend on what was looked up before', () => {
    const half = apply('mul', variable(coordinate(1)), constant(0.5));
    const still = affine(2, []);
    const program = programOf((from) => ({
      axes: [3, 8],
      loads: [
        tokens,
        { ...rowOf(from), name: 'first', index: [still, still], lookup: [variable('token'), half] },
        {
          name: 'second',
          from,
          view: [12],
          index: [affine(2, [[0, 1]], -1)],
          lookup: [variable('first')],
          outside: -1,
        },
      ],
      result: apply('add', variable('first'), apply('mul', constant(100), variable('second'))),
    }));
    const expected = [0, 2, 1].flatMap((row, at) =>
      Array.from({ length: 8 }, (_, column) => {
        const first = row * 4 + Math.floor(column / 2);
        const second = at - 1 + first;
        return first + 100 * (second >= 0 && second < 12 ? second : -1);
      }),
    );
    expect(resultOf(program, [0, 2, 1])).to.deep.equal(expected);
    expect(operationText(program.operations[0]!)).to.equal(
      `
# step0: step
step0[3, 8] = first + 100 * second
  token = token[3] at [axis0]
  first = table[3, 4] at [floor(token), floor(axis1 * 0.5)], NaN outside
  second = table[12] at [axis0 - 1 + floor(first)], -1 outside
`.trim(),
    );
  });

  it('keeps its names where it is merged with what reads it', () => {
    const own: Load<TensorValue> = { name: 'token', from: table, view: [12], index: [affine(1, [[0, 1]])] };
    const program = programOf(elementwise(12, apply('add', variable('x'), variable('x'))), rows, (from) => ({
      axes: [12],
      loads: [
        own,
        { name: 'x', from, view: [12], index: [affine(1, [[0, 1]])] },
        { ...own, name: 'other', index: [affine(1, [], 11)], lookup: [apply('neg', variable('token'))], outside: 5 },
      ],
      result: apply('sub', variable('other'), variable('x')),
    }));
    expect(optimized(program).operations).to.have.length(2);
    const doubled = [8, 10, 12, 14, 0, 2, 4, 6, 16, 18, 20, 22];
    expect(resultOf(program, [1, 0, 2])).to.deep.equal(doubled.map((value, index) => 11 - index - value));
  });

  it('is its own operation where other operations make the index', () => {
    const sum: Expression = {
      axes: [3],
      reduction: { operator: 'sum', axes: [2], body: variable('x') },
      loads: [{ name: 'x', from: token, view: [3], index: [affine(2, [[0, 1]])] }],
      result: variable(accumulator),
    };
    const negative = elementwise(3, apply('neg', variable('x')))(token);
    const made: readonly (readonly [step: Expression, given: readonly number[], first: readonly number[]])[] = [
      [sum, [0.5, 1, 0], [4, 8, 0]],
      [negative, [0, -1, -2], [0, 4, 8]],
    ];
    for (const [step, given, first] of made) {
      const program = programOf(
        () => step,
        (from) => ({ ...rows(table), loads: [{ ...tokens, from }, rowOf(table)] }),
      );
      expect(optimized(program).operations).to.have.length(2);
      expect(resultOf(program, given)).to.deep.equal(first.flatMap((each) => [each, each + 1, each + 2, each + 3]));
    }
  });

  it('may be anything, in a result and in a sum', () => {
    const size = fc.integer({ min: 1, max: 5 });
    const coefficient = fc.integer({ min: -2, max: 2 });
    const formula = fc.constantFrom<(Scalar | undefined)[]>(
      undefined,
      variable('token'),
      apply('mul', variable(coordinate(1)), constant(0.7)),
      apply('sub', apply('mul', variable('token'), constant(1.5)), variable(coordinate(0))),
      apply('min', variable(coordinate(0)), apply('abs', variable('token'))),
      constant(1),
    );
    fc.assert(
      fc.property(
        fc.tuple(size, size),
        fc.option(size, { nil: undefined }),
        fc.constantFrom([12], [3, 4], [2, 3, 2], [12, 1]),
        fc.array(formula, { minLength: 3, maxLength: 3 }),
        fc.array(fc.tuple(coefficient, coefficient), { minLength: 4, maxLength: 4 }),
        fc.array(fc.oneof(fc.integer({ min: -1, max: 4 }), fc.constant(Number.NaN)), { minLength: 3, maxLength: 3 }),
        (axes, reduced, view, lookup, coefficients, given) => {
          const count = axes.length + (reduced === undefined ? 0 : 1);
          // Along each axis of the view its own one, so that conditions speak of one variable each.
          const index = coefficients
            .slice(0, 3)
            .map(([start, factor], axis) => affine(count, axis < count ? [[axis, factor!]] : [], start!));
          const along = affine(count, [[0, coefficients[3]![1]]], coefficients[3]![0]);
          const chosen = (from: TensorValue): Expression => {
            const loads: readonly Load<TensorValue>[] = [
              { ...tokens, index: [along], outside: 0 },
              {
                name: 'x',
                from,
                view,
                index: index.slice(0, view.length),
                lookup: lookup.slice(0, view.length),
                outside: 7,
              },
            ];
            const body = apply('mul', variable('x'), variable('token'));
            return reduced === undefined
              ? { axes, loads, result: body }
              : { axes, reduction: { operator: 'sum', axes: [reduced], body }, loads, result: variable(accumulator) };
          };
          const before = elementwise(12, apply('exp', variable('x')));
          resultOf(programOf(before, chosen, elementwise(product(axes), apply('tanh', variable('x')))), given);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('The verifier of programs, of a lookup', () => {
  const row = rowOf(table);
  const { outside: _, ...open } = row;
  const wrong: readonly (readonly [what: string, loads: readonly Load<TensorValue>[], message: RegExp])[] = [
    ['without a value outside', [tokens, open], /x reads outside/],
    ['that mentions a load after it', [row, tokens], /the lookup of x has no token/],
    [
      'that mentions a sum',
      [{ ...row, lookup: [variable(accumulator), undefined] }],
      /the lookup of x has no accumulator/,
    ],
    ['too few for the view', [tokens, { ...row, lookup: [variable('token')] }], /not one lookup for each axis/],
  ];
  for (const [what, loads, message] of wrong) {
    it(`throws for one ${what}`, () => {
      expect(() => verifyProgram(programOf(() => ({ ...rows(table), loads })))).to.throw(message);
    });
  }

  it('throws where a result needs what is looked up along a reduction', () => {
    const reduction = { operator: 'sum', axes: [3], body: variable('token') } as const;
    const loads = [
      { ...tokens, index: [affine(3, [[2, 1]])] },
      { ...row, index: [affine(3, []), affine(3, [[1, 1]])] },
    ];
    expect(() => verifyProgram(programOf(() => ({ ...rows(table), reduction, loads })))).to.throw(
      /the result has no x/,
    );
  });
});

/** A program of steps, each of which may read what the one before gives; the first one reads the table. */
function programOf(...steps: readonly ((before: TensorValue) => Expression)[]): TensorProgram {
  let value = table;
  const operations = steps.map((step, position) => {
    const expression = step(value);
    value = { id: position + 2, name: `step${position}`, size: product(expression.axes) };
    return { output: value, expression, does: [{ path: value.name, text: 'step' }] };
  });
  return { name: 'Steps', inputs: [token, table], weights: [], operations, outputs: [{ name: 'y', value }] };
}

/** What the program gives for these tokens, however it is computed. */
function resultOf(program: TensorProgram, given: readonly number[]): readonly number[] {
  const inputs = new Map([
    ['token', Float32Array.from(given)],
    ['table', Float32Array.from(numbers)],
  ]);
  const expected = interpret(program, inputs, new Map(), 1).get('y')!;
  for (const fuse of [true, false]) {
    const actual = interpretModel(modelOf(program, { fuse }), inputs, new Map(), 1).get('y')!;
    expectClose(actual, expected, `fuse: ${fuse}`);
  }
  return [...expected];
}
