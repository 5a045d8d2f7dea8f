import { expect } from 'chai';
import { affine } from '../../compiler/layers/meaning.ts';
import { apply, constant, variable } from '../../compiler/scalar/scalar.ts';
import { interpret } from '../../compiler/tensor/interpret.ts';
import {
  accumulator,
  coordinate,
  type Load,
  type TensorExpression,
  type TensorValue,
} from '../../compiler/tensor/tensor.ts';

describe('the interpreter of tensor expressions', () => {
  const x: TensorValue = { id: 0, name: 'x', size: 4 };
  const weight: TensorValue = { id: 1, name: 'weight', size: 1 };

  it('reads elements by their indices, and the given value outside of the view', () => {
    const load = { ...loadOf(x, 4), index: [affine(1, [[0, 2]], -1)], outside: 7 };
    expect(run({ axes: [4], loads: [load], result: variable('x') })).to.deep.equal([7, 2, 4, 7]);
  });

  it('sees an operand as an array of the sizes of the view', () => {
    const transposed = { ...loadOf(x, 4), view: [2, 2], index: [affine(2, [[1, 1]]), affine(2, [[0, 1]])] };
    expect(run({ axes: [2, 2], loads: [transposed], result: variable('x') })).to.deep.equal([1, 3, 2, 4]);
  });

  const folds = [
    ['sum', [1, 2, 3, 4], 10],
    ['max', [-4, -3, -2, -1], -1],
    ['min', [4, 3, 2, 1], 1],
    ['max', [1, Number.NaN, 3, 4], Number.NaN],
    ['min', [1, Number.NaN, 3, 4], Number.NaN],
  ] as const;
  for (const [operator, values, expected] of folds) {
    it(`folds ${values.join(', ')} to ${expected} by ${operator}`, () => {
      const reduction = { operator, axes: [4], body: variable('x') };
      const expression = { axes: [], reduction, loads: [loadOf(x, 4)], result: variable(accumulator) };
      expect(run(expression, [...values])).to.deep.equal([expected]);
    });
  }

  it('gives the coordinates of output and reduction axes as numbers', () => {
    const body = apply('add', apply('mul', constant(10), variable(coordinate(0))), variable(coordinate(1)));
    const reduction = { operator: 'max', axes: [3], body } as const;
    expect(run({ axes: [2], reduction, loads: [], result: variable(accumulator) })).to.deep.equal([2, 12]);
  });

  it('has double precision within an expression, and stores f32', () => {
    const result = apply('sub', apply('add', variable('x'), constant(1e9)), constant(1e9));
    expect(run({ axes: [4], loads: [loadOf(x, 4)], result }, [0.1, 0, 0, 0])[0]).to.equal(Math.fround(0.1 + 1e9 - 1e9));
  });

  it('computes each item of a batch, and what follows from weights once', () => {
    const doubled: TensorValue = { id: 2, name: 'doubled', size: 1 };
    const scaled: TensorValue = { id: 3, name: 'scaled', size: 4 };
    const ofWeight = { name: 'weight', from: weight, view: [1], index: [affine(0, [])] };
    const ofDoubled = { name: 'doubled', from: doubled, view: [1], index: [affine(1, [])] };
    const results = interpret(
      {
        name: 'Net',
        inputs: [x],
        weights: [weight],
        operations: [
          operation(doubled, { axes: [], loads: [ofWeight], result: apply('mul', constant(2), variable('weight')) }),
          operation(scaled, {
            axes: [4],
            loads: [loadOf(x, 4), ofDoubled],
            result: apply('mul', variable('x'), variable('doubled')),
          }),
        ],
        outputs: [
          { name: 'scaled', value: scaled },
          { name: 'constant', value: doubled },
        ],
      },
      new Map([['x', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)]]),
      new Map([['weight', { shape: [1], data: Float32Array.of(3) }]]),
      2,
    );
    expect([...results.get('scaled')!]).to.deep.equal([6, 12, 18, 24, 30, 36, 42, 48]);
    expect([...results.get('constant')!]).to.deep.equal([6, 6]);
  });

  /** The elements that one expression over `x` gives. */
  function run(expression: TensorExpression<TensorValue>, data: readonly number[] = [1, 2, 3, 4]): readonly number[] {
    const size = expression.axes.reduce((product, each) => product * each, 1);
    const value: TensorValue = { id: 2, name: 'value', size };
    const program = {
      name: 'Net',
      inputs: [x],
      weights: [],
      operations: [operation(value, expression)],
      outputs: [{ name: 'value', value }],
    };
    return [...interpret(program, new Map([['x', Float32Array.from(data)]]), new Map(), 1).get('value')!];
  }
});

/** Reads element by element along axis 0. */
function loadOf(from: TensorValue, size: number): Load<TensorValue> {
  return { name: from.name, from, view: [size], index: [affine(1, [[0, 1]])] };
}

function operation(output: TensorValue, expression: TensorExpression<TensorValue>) {
  return { output, expression, does: [] };
}
