import { expect } from 'chai';
import { compileKernel } from '../../compiler/kernel/interpret.ts';
import type { Float, Index, Kernel, Statement } from '../../compiler/kernel/kernel.ts';
import { kernelsText, kernelText, planText } from '../../compiler/kernel/text.ts';
import { verifyKernel } from '../../compiler/kernel/verify.ts';
import { modelOf, programOf } from './nets.ts';

const integer = (value: number): Index => ({ kind: 'integer', value });
const at = (name: string, plus = 0): Index => arithmetic('add', { kind: 'variable', name }, integer(plus));
const number = (value: number): Float => ({ kind: 'constant', value });
const load = (index: Index, buffer = 'x'): Float => ({ kind: 'load', buffer, at: index });
const store = (index: Index, value: Float, buffer = 'y'): Statement => ({ kind: 'store', buffer, at: index, value });
const lookedUp: Index = { kind: 'floor', value: load(integer(0)) };
const local = (name: string, value: Float, mutable = false): Statement => ({ kind: 'local', name, value, mutable });
const loop = (to: number, body: readonly Statement[], step = 1): Statement => ({
  kind: 'loop',
  variable: 'i',
  from: integer(0),
  to: integer(to),
  step,
  body,
});

function arithmetic(operator: (Index & { kind: 'arithmetic' })['operator'], left: Index, right: Index): Index {
  return { kind: 'arithmetic', operator, left, right };
}

/** A kernel from eight numbers x to eight numbers y. */
function kernel(...body: readonly Statement[]): Kernel {
  const parameters = [
    { name: 'x', size: 8, access: 'read' },
    { name: 'y', size: 8, access: 'write' },
  ] as const;
  return { name: 'test', comment: 'test', parameters, body };
}

describe('The verifier of kernels', () => {
  const right: readonly (readonly [what: string, body: readonly Statement[]])[] = [
    ['a loop over a whole buffer', [loop(8, [store(at('i'), load(at('i')))])]],
    ['a loop in steps, of which the last ends within the buffer', [loop(8, [store(at('i', 3), load(at('i', 3)))], 4)]],
    [
      'names that are bound again in another block',
      [loop(8, [local('a', number(1))]), loop(8, [local('a', number(2))])],
    ],
    [
      'an index over quotient and rest',
      [
        loop(16, [
          store(
            arithmetic('add', arithmetic('divide', at('i'), integer(4)), arithmetic('modulo', at('i'), integer(4))),
            number(0),
          ),
        ]),
      ],
    ],
    ['an index within bounds', [loop(20, [store(arithmetic('min', at('i'), integer(7)), number(0))])]],
    [
      'a load under conditions on its row and its column',
      [
        loop(4, [
          store(at('i'), {
            kind: 'guarded',
            conditions: [
              { value: at('i', -1), limit: 2 },
              { value: at('i', -1), limit: 4 },
            ],
            value: load(arithmetic('add', arithmetic('multiply', at('i', -1), integer(4)), at('i', -1))),
            outside: 0,
          }),
        ]),
      ],
    ],
    [
      'a load at what is looked up, under a condition on that',
      [
        { kind: 'index', name: 'row', value: lookedUp },
        local('a', {
          kind: 'guarded',
          conditions: [{ value: at('row'), limit: 4 }],
          value: load(arithmetic('add', arithmetic('multiply', at('row'), integer(2)), integer(1))),
          outside: 0,
        }),
      ],
    ],
  ];
  for (const [what, body] of right) it(`allows ${what}`, () => verifyKernel(kernel(...body)));

  const wrong: readonly (readonly [what: string, body: readonly Statement[], message: RegExp])[] = [
    ['a store beyond the end', [loop(9, [store(at('i'), number(0))])], /y\[8\] is used at 0 to 8/],
    ['a step beyond the end', [loop(9, [store(at('i', 3), number(0))], 4)], /y\[8\] is used at 3 to 11/],
    ['a load before the begin', [loop(8, [store(at('i'), load(at('i', -1)))])], /x\[8\] is used at -1 to 6/],
    ['a load under a condition that is too weak', [guardedLoad(9)], /x\[8\] is used at 0 to 8/],
    ['a load at what is looked up', [local('a', load(lookedUp))], /x\[8\] is used at -Infinity to Infinity/],
    [
      'a lookup in a number that is not there',
      [{ kind: 'index', name: 'row', value: { kind: 'floor', value: { kind: 'local', name: 'a' } } }],
      /no number a/,
    ],
    ['a store into what is read', [store(integer(0), number(0), 'x')], /no buffer x to write/],
    ['a load of what is written', [store(integer(0), load(integer(0), 'y'))], /no buffer y to read/],
    ['a number that is not there', [store(integer(0), { kind: 'local', name: 'a' })], /no number a/],
    ['an index that is not there', [store(at('i'), number(0))], /no index i/],
    ['a name that is bound twice', [local('a', number(0)), local('a', number(0))], /a is bound twice/],
    ['a name that hides a loop', [loop(8, [local('i', number(0))])], /i is bound twice/],
    ['a name that hides a buffer', [local('x', number(0))], /x is bound twice/],
    [
      'an assignment of what does not change',
      [local('a', number(0)), { kind: 'assign', name: 'a', value: number(1) }],
      /a cannot be assigned/,
    ],
    ['an operation with an operand too few', [local('a', { kind: 'apply', op: 'add', arguments: [number(0)] })], /add/],
  ];
  for (const [what, body, message] of wrong) {
    it(`throws for ${what}`, () => expect(() => verifyKernel(kernel(...body))).to.throw(message));
  }
});

describe('The interpreter of kernels', () => {
  it('runs loops, assignments, conditions and index arithmetic', () => {
    const run = compileKernel(
      kernel(
        local('sum', number(0), true),
        { kind: 'index', name: 'last', value: integer(6) },
        loop(
          8,
          [
            {
              kind: 'assign',
              name: 'sum',
              value: { kind: 'apply', op: 'add', arguments: [{ kind: 'local', name: 'sum' }, load(at('i'))] },
            },
          ],
          2,
        ),
        store(integer(0), { kind: 'local', name: 'sum' }),
        store(integer(1), { kind: 'number', value: at('last') }),
        loop(4, [
          store(at('i', 2), {
            kind: 'guarded',
            conditions: [{ value: at('i', -1), limit: 2 }],
            value: load(at('i')),
            outside: -1,
          }),
        ]),
        store(integer(6), { kind: 'number', value: arithmetic('divide', integer(-7), integer(2)) }),
        store(integer(7), { kind: 'number', value: arithmetic('modulo', integer(-7), integer(2)) }),
      ),
    );
    const y = new Float32Array(8);
    run([Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), y]);
    expect([...y]).to.deep.equal([16, 6, -1, 2, 3, -1, -4, 1]);
  });
});

describe('The text of kernels', () => {
  const model = modelOf(
    programOf('net Tiny(x: [2, 5, 5]) { conv 2->3 k2 s2 p1 | relu | maxpool 3 | flatten | linear 3->2 }'),
    {
      fuse: true,
    },
  );

  it('shows loops, sums and what is fused', () => {
    expect(kernelText(model.kernels[2]!)).to.equal(
      `
# maxpool1: maxpool 3
kernel maxpool1(x[27], out output[3])
  for i in 0..3
    let xAt0 = i * 9
    output[i] = max(max(max(max(max(max(max(max(x[xAt0], x[xAt0 + 1]), x[xAt0 + 2]), x[xAt0 + 3]), x[xAt0 + 4]), x[xAt0 + 5]), x[xAt0 + 6]), x[xAt0 + 7]), x[xAt0 + 8])
`.trim(),
    );
    expect(kernelText(model.kernels[0]!)).to.equal(
      `
# conv1.padding: 0 around x
kernel conv1Padding(x[50], out output[72])
  for i in 0..2
    let xAt0 = i * 25
    let outputAt0 = i * 36
    for k in 0..6
      output[outputAt0 + k] = 0
    for j in 1..6
      let xAt1 = xAt0 + j * 5
      let outputAt1 = outputAt0 + j * 6
      output[outputAt1] = 0
      for k in 1..6
        output[outputAt1 + k] = x[xAt1 + k - 6]
`.trim(),
    );
    expect(kernelsText(model).split('\n\n')).to.have.length(model.kernels.length);
  });

  it('shows where every value lives and what is called', () => {
    expect(planText(model)).to.equal(
      `
arena: 99 elements, at least 99
buffers:
  x[50]: input 0
  conv1.weight[24]: weight
  conv1.bias[3]: weight
  linear1.weight[6]: weight
  linear1.bias[2]: weight
  x padded[72]: arena 0..72
  relu1[27]: arena 72..99
  maxpool1[3]: arena 0..3
  linear1[2]: output 0
run:
  conv1Padding(x, x padded)
  conv1(x padded, conv1.weight, conv1.bias, relu1)
  maxpool1(relu1, maxpool1)
  linear1(maxpool1, linear1.weight, linear1.bias, linear1)
`.trim(),
    );
  });
});

function guardedLoad(limit: number): Statement {
  const value = load(at('i'));
  return loop(20, [local('a', { kind: 'guarded', conditions: [{ value: at('i'), limit }], value, outside: 0 })]);
}
