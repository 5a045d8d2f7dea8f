import { expect } from 'chai';
import fc from 'fast-check';
import { piecesOf } from '../../compiler/3-lower/pieces.ts';
import { interpretModel } from '../../compiler/kernel/interpret.ts';
import { apply, constant, variable } from '../../compiler/scalar/scalar.ts';
import { product } from '../../compiler/shape.ts';
import { interpret } from '../../compiler/tensor/interpret.ts';
import {
  type Affine,
  coordinate,
  type Load,
  type TensorExpression,
  type TensorProgram,
  type TensorValue,
} from '../../compiler/tensor/tensor.ts';
import { fill } from '../fixtures/fill.ts';
import { expectClose, expectSameResults, graphOf, modelOf, optimized } from './nets.ts';

/** Forms that the language's layers have seldom or not yet. */
describe('Any expression', () => {
  const index = (constant: number, ...coefficients: readonly number[]): Affine => ({ constant, coefficients });
  const forms: readonly (readonly [what: string, steps: readonly Step[]])[] = [
    ['the coordinates as numbers', [step([2, 3], [2, 3], [index(0, 1, 0), index(0, 0, 1)], sum('x', coordinate(0)))]],
    ['the first elements alone', [step([2, 2], [4, 2], [index(0, 1, 0), index(0, 0, 1)])]],
    ['elements from the end', [step([5], [5], [index(4, -1)])]],
    ['elements from the end, and beyond', [{ ...step([9], [5], [index(6, -1)]), outside: 7 }]],
    ['every second element, and beyond', [{ ...step([5], [6], [index(-1, 2)]), outside: 7 }]],
    ['a diagonal', [step([3], [3, 3], [index(0, 1), index(0, 1)])]],
    ['a window far outside', [{ ...step([2], [3], [index(-50, 60, 1)], variable('accumulator'), [4]), outside: 0 }]],
    [
      'the least of each row',
      [{ ...step([3], [3, 4], [index(0, 1, 0), index(0, 0, 1)], variable('accumulator'), [4]), operator: 'min' }],
    ],
    [
      'a formula that asks for places',
      [
        step(
          [3, 5],
          [3, 5],
          [index(0, 1, 0), index(0, 0, 1)],
          apply(
            'select',
            apply('equal', variable(coordinate(1)), constant(2)),
            variable('x'),
            apply(
              'select',
              apply('lessEqual', constant(1), variable(coordinate(0))),
              constant(5),
              variable(coordinate(1)),
            ),
          ),
        ),
      ],
    ],
    [
      'a copy of the first elements, and what follows',
      [step([3], [6], [index(0, 1)]), step([3], [3], [index(0, 1)], sum('x', 'x'))],
    ],
    [
      'a value that a reduction reads at its own place',
      [
        step([4], [4], [index(0, 1)], apply('exp', variable('x'))),
        { ...step([4], [4], [index(0, 1, 0)], variable('accumulator'), [3]), operator: 'sum' },
      ],
    ],
  ];
  for (const [what, steps] of forms) {
    it(`is lowered: ${what}`, () => {
      const program = programOf(steps);
      const inputs = new Map([['x', fill('x', [program.inputs[0]!.size])]]);
      const expected = interpret(program, inputs, new Map(), 1).get('y')!;
      for (const fuse of [true, false]) {
        const actual = interpretModel(modelOf(program, { fuse }), inputs, new Map(), 1).get('y')!;
        expectClose(actual, expected, `fuse: ${fuse}`);
      }
    });
  }

  it('is its own operation where it takes a part of what is larger', () => {
    expect(optimized(programOf(forms[1]![1])).operations).to.have.length(1);
  });

  for (const join of ['concat', 'sub']) {
    it(`is lowered: more operands of ${join} than one formula or loop is made for`, () => {
      const names = Array.from({ length: 130 }, (_, index) => `a${index}`);
      const lines = names.map((name) => `${name} = x | act${name}: tanh`);
      expectSameResults(graphOf(`net Wide(x: [2, 3]) {\n${lines.join('\n')}\nx | ${join} ${names.join(' ')}\n}`)!);
    });
  }
});

describe('The pieces of a loop', () => {
  it('begin where a condition changes', () => {
    const guard = { index: { constant: -1, coefficients: [2] }, limit: 6 };
    expect(piecesOf(0, 5, 1, [guard], [[0, 4]])).to.deep.equal([
      { from: 0, to: 1, step: 1 },
      { from: 1, to: 4, step: 1 },
      { from: 4, to: 5, step: 1 },
    ]);
  });

  it('cover the axis, in whole tiles and what is left over', () => {
    const sizes = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -9, max: 9 }),
        (size, tile, factor, start) => {
          const guard = { index: { constant: start, coefficients: [factor] }, limit: 5 };
          const pieces = piecesOf(0, size, tile, [guard], [[0, size - 1]]);
          const done = pieces.flatMap(({ from, to, step }) => {
            expect(step).to.be.at.most(tile);
            expect((to - from) % step).to.equal(0);
            const holds = (at: number) => factor * at + start >= 0 && factor * at + start < 5;
            const coordinates = Array.from({ length: to - from }, (_, each) => from + each);
            expect(new Set(coordinates.map(holds)).size, 'the condition is decided').to.equal(1);
            return coordinates;
          });
          expect(done).to.deep.equal(Array.from({ length: size }, (_, each) => each));
        },
      ),
    );
  });
});

interface Step {
  readonly axes: readonly number[];
  readonly view: readonly number[];
  readonly index: readonly Affine[];
  readonly result: TensorExpression<TensorValue>['result'];
  readonly reduced?: readonly number[];
  readonly operator?: 'sum' | 'min';
  readonly outside?: number;
}

function step(
  axes: readonly number[],
  view: readonly number[],
  index: readonly Affine[],
  result: Step['result'] = variable('x'),
  reduced?: readonly number[],
): Step {
  return { axes, view, index, result, ...(reduced && { reduced }) };
}

function sum(left: string, right: string): Step['result'] {
  return apply('add', variable(left), variable(right));
}

/** A program of steps, each of which reads what the one before gives. */
function programOf(steps: readonly Step[]): TensorProgram {
  const input: TensorValue = { id: 0, name: 'x', size: product(steps[0]!.view) };
  let from = input;
  const operations = steps.map(({ axes, view, index, result, reduced, operator = 'sum', outside }, position) => {
    const output: TensorValue = { id: position + 1, name: `step${position}`, size: product(axes) };
    const load: Load<TensorValue> = { name: 'x', from, view, index, ...(outside !== undefined && { outside }) };
    const reduction = reduced && { reduction: { operator, axes: reduced, body: variable('x') } };
    from = output;
    return {
      output,
      expression: { axes, ...reduction, loads: [load], result },
      does: [{ path: output.name, text: 'step' }],
    };
  });
  return { name: 'Steps', inputs: [input], weights: [], operations, outputs: [{ name: 'y', value: from }] };
}
