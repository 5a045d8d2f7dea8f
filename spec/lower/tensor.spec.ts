import { expect } from 'chai';
import { variable } from '../../compiler/scalar/scalar.ts';
import { axisIndex } from '../../compiler/tensor/indexing.ts';
import type { Load, Operation, TensorExpression, TensorProgram, TensorValue } from '../../compiler/tensor/tensor.ts';
import { verifyProgram } from '../../compiler/tensor/verify.ts';
import { graphOf, programOf } from './nets.ts';

const x: TensorValue = { id: 0, name: 'x', size: 6 };
const y: TensorValue = { id: 1, name: 'y', size: 6 };
const read: Load<TensorValue> = { name: 'x', from: x, view: [6], index: [axisIndex(1, 0)] };
const copy: TensorExpression<TensorValue> = { axes: [6], loads: [read], result: variable('x') };

function program(expression: TensorExpression<TensorValue>, change: Partial<TensorProgram> = {}): TensorProgram {
  const operation: Operation = { output: y, expression, does: [{ path: 'copy1', text: 'copy' }] };
  const outputs = [{ name: 'result', value: y }];
  return { name: 'Test', inputs: [x], weights: [], operations: [operation], outputs, ...change };
}

describe('The verifier of programs', () => {
  it('allows a program that keeps the rules', () => verifyProgram(program(copy)));

  const sum = { operator: 'sum', axes: [2], body: variable('x') } as const;
  const wrong: readonly (readonly [what: string, program: TensorProgram, message: RegExp])[] = [
    ['a value that is not made', program(copy, { inputs: [] }), /x is read before it is made/],
    ['an output that is not made', program(copy, { operations: [] }), /the output result is never made/],
    ['a value that is made twice', program(copy, { inputs: [x, { ...x, id: 1 }] }), /the value 1 is made twice/],
    ['axes of another size', program({ ...copy, axes: [3] }), /do not have the 6 elements/],
    ['an axis of no size', program({ ...copy, axes: [0] }), /no positive whole number/],
    ['a view of another size', program({ ...copy, loads: [{ ...read, view: [5] }] }), /has not the 6 elements/],
    ['an index too few', program({ ...copy, loads: [{ ...read, view: [2, 3] }] }), /not one index for each axis/],
    [
      'an index over other axes',
      program({ ...copy, loads: [{ ...read, index: [axisIndex(2, 0)] }] }),
      /not over 1 axes/,
    ],
    [
      'an index that leaves its view',
      program({ ...copy, loads: [{ ...read, index: [{ constant: 1, coefficients: [1] }] }] }),
      /x reads outside/,
    ],
    ['a name that is not there', program({ ...copy, result: variable('z') }), /the result has no z/],
    ['a sum that is not there', program({ ...copy, result: variable('accumulator') }), /the result has no accumulator/],
    ['two loads of one name', program({ ...copy, loads: [read, read] }), /two loads have the same name/],
    [
      'a load with the name of an axis',
      program({ ...copy, loads: [{ ...read, name: 'axis0' }] }),
      /a load is called axis0/,
    ],
    [
      'a result that reads along a reduction',
      program({
        ...copy,
        reduction: sum,
        loads: [{ ...read, view: [3, 2], index: [{ constant: 0, coefficients: [0, 1] }, axisIndex(2, 1)] }],
      }),
      /the result has no x/,
    ],
  ];
  for (const [what, each, message] of wrong) {
    it(`throws for ${what}`, () => expect(() => verifyProgram(each)).to.throw(message));
  }
});

describe('A net as formulas', () => {
  it('says of each operation which layer it does, as one would write it', () => {
    const { operations } = programOf(`net Case(x: [4, 9, 9]) {
      stem: conv 4->6 k3x5 s2 p=[0, 1, 2, 2] g2 bias=false | batchnorm eps=0.1 | leaky_relu slope=0.2
      maxpool 2 | globalavgpool keep | flatten | linear ->3 | log_softmax axis=-1
    }`);
    const said = operations.flatMap(({ does }) => does.map(({ path, text }) => `${path}: ${text}`));
    expect([...new Set(said)]).to.deep.equal([
      'stem: conv 4->6 k3x5 s2 p=[0, 1, 2, 2] g2 bias=false',
      'batchnorm1: batchnorm eps=0.1',
      'leaky_relu1: leaky_relu 0.2',
      'maxpool1: maxpool 2',
      'globalavgpool1: globalavgpool keep',
      'flatten1: flatten',
      'linear1: linear 6->3',
      'log_softmax1: log_softmax',
    ]);
  });

  it('has weights under their full names, of which what a checkpoint only carries along is none', () => {
    const net = 'net Case(x: [4]) { linear 4->4 | batchnorm }';
    expect(graphOf(net)!.nodes[1]!.weights.map(({ name }) => name)).to.include('batchnorm1.num_batches_tracked');
    expect(programOf(net).weights.map(({ name }) => name)).to.deep.equal([
      'linear1.weight',
      'linear1.bias',
      'batchnorm1.weight',
      'batchnorm1.bias',
      'batchnorm1.running_mean',
      'batchnorm1.running_var',
    ]);
  });
});
