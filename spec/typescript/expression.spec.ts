import { expect } from 'chai';
import fc from 'fast-check';
import { emitTypeScript } from '../../compiler/4-emit/typescript/emit.ts';
import type { Graph } from '../../compiler/graph.ts';
import { interpretModel } from '../../compiler/kernel/interpret.ts';
import type { CompiledModel, Float, Index, Statement } from '../../compiler/kernel/kernel.ts';
import { type ScalarOperator, scalarArity } from '../../compiler/scalar/scalar.ts';
import { writeSafetensors } from '../../compiler/weights.ts';
import { importModule } from './generated.ts';

const integer = (value: number): Index => ({ kind: 'integer', value });
const variable = (name: string): Index => ({ kind: 'variable', name });
const arithmetic =
  (operator: (Index & { kind: 'arithmetic' })['operator']) =>
  (left: Index, right: Index): Index => ({ kind: 'arithmetic', operator, left, right });
const [add, multiply, divide, modulo] = (['add', 'multiply', 'divide', 'modulo'] as const).map(arithmetic);
const constant = (value: number): Float => ({ kind: 'constant', value });
const local = (name: string): Float => ({ kind: 'local', name });
const load = (at: Index): Float => ({ kind: 'load', buffer: 'x', at });
const apply = (op: ScalarOperator, ...args: readonly Float[]): Float => ({ kind: 'apply', op, arguments: args });
const guarded = (value: Index, limit: number): Float => ({
  kind: 'guarded',
  conditions: [{ value, limit }],
  value: load(value),
  outside: -1,
});
const store = (value: Float, at = 0): Statement => ({ kind: 'store', buffer: 'y', at: integer(at), value });

describe('The text of a kernel', () => {
  const [i, j] = [variable('i'), variable('j')];
  const [a, b, c] = [local('a'), local('b'), local('c')];
  const indices: readonly (readonly [Index, string])[] = [
    [add!(multiply!(i, integer(32)), add!(j, integer(1))), 'i * 32 + j + 1'],
    [multiply!(add!(i, j), integer(32)), '(i + j) * 32'],
    [multiply!(i, multiply!(j, integer(2))), 'i * j * 2'],
    [add!(i, integer(-3)), 'i - 3'],
    [divide!(i, integer(4)), 'i >> 2'],
    [add!(divide!(i, integer(4)), j), '(i >> 2) + j'],
    [divide!(i, integer(3)), 'i / 3 | 0'],
    [divide!(add!(i, integer(-1)), integer(3)), 'Math.floor((i - 1) / 3)'],
    [modulo!(i, integer(3)), 'i % 3'],
    [modulo!(i, integer(8)), 'i & 7'],
    [modulo!(add!(i, integer(-1)), integer(3)), '((i - 1) % 3 + 3) % 3'],
  ];
  for (const [index, text] of indices) {
    it(`has ${text} for an index`, () => {
      expect(kernelText([{ kind: 'index', name: 'at', value: index }])).to.include(`at = ${text};`);
    });
  }

  const floats: readonly (readonly [Float, string])[] = [
    [apply('add', a, apply('mul', b, c)), 'a + b * c'],
    [apply('mul', apply('add', a, b), c), '(a + b) * c'],
    [apply('add', apply('add', a, b), c), 'a + b + c'],
    [apply('add', a, apply('add', b, c)), 'a + (b + c)'],
    [apply('sub', a, apply('sub', b, c)), 'a - (b - c)'],
    [apply('add', a, constant(-3)), 'a - 3'],
    [apply('sub', a, constant(-3)), 'a - -3'],
    [apply('neg', apply('neg', a)), '-(-a)'],
    [apply('neg', apply('add', a, b)), '-(a + b)'],
    [apply('mul', apply('neg', a), b), '-a * b'],
    [apply('max', a, constant(0)), 'Math.max(a, 0)'],
    [apply('max', apply('max', a, b), apply('min', b, c)), 'Math.max(a, b, Math.min(b, c))'],
    [apply('select', apply('less', a, b), c, constant(0.1)), 'a < b ? c : 0.1'],
    [apply('select', a, b, c), 'a !== 0 ? b : c'],
    [
      apply('select', apply('equal', a, b), a, apply('select', apply('lessEqual', b, c), b, c)),
      'a === b ? a : b <= c ? b : c',
    ],
    [apply('mul', apply('less', a, b), c), '(a < b ? 1 : 0) * c'],
    [apply('pow', a, constant(2)), 'Math.pow(a, 2)'],
    [constant(1 / 3), '0.3333333333333333'],
    [constant(-0), '-0'],
    [constant(Number.NEGATIVE_INFINITY), '-Infinity'],
    [constant(Number.NaN), 'NaN'],
    [guarded(i, 8), 'i < 8 ? x[xAt + i]! : -1'],
    [guarded({ kind: 'floor', value: a }, 8), 'Math.floor(a) >= 0 && Math.floor(a) < 8 ? x[xAt + Math.floor(a)]! : -1'],
    [guarded(add!(i, integer(-1)), 8), 'i - 1 >>> 0 < 8 ? x[xAt + i - 1]! : -1'],
  ];
  for (const [float, text] of floats) {
    it(`has ${text} for a number`, () => {
      expect(kernelText([store(float)])).to.include(`y[yAt] = ${text};`);
    });
  }

  it('adds to what a variable has', () => {
    expect(kernelText([{ kind: 'assign', name: 'a', value: apply('add', a, b) }])).to.include('a += b;');
    expect(kernelText([{ kind: 'assign', name: 'a', value: apply('add', b, a) }])).to.include('a = b + a;');
  });

  it('trusts no index that may be below 0', () => {
    const below: Statement[] = [
      { kind: 'index', name: 'at', value: add!(i, integer(-1)) },
      { kind: 'index', name: 'next', value: variable('at') },
      store(load(divide!(variable('next'), integer(3)))),
    ];
    expect(kernelText(below)).to.include('Math.floor(next / 3)');
  });

  function kernelText(body: readonly Statement[]): string {
    const names: Statement[] = ['a', 'b', 'c'].map((name) => ({
      kind: 'local',
      name,
      value: load(integer(0)),
      mutable: true,
    }));
    const loop = (name: string, inner: readonly Statement[]): Statement => ({
      kind: 'loop',
      variable: name,
      from: integer(0),
      to: integer(8),
      step: 1,
      body: inner,
    });
    return emitTypeScript(
      { graph, model: modelOf([...names, loop('i', [loop('j', body)])]) },
      { source: '', version: '' },
    );
  }
});

describe('Expressions in a compiled module', () => {
  it('give what the interpreter gives, whatever is put into what', async () => {
    const floats = fc.sample(floatArbitrary, { numRuns: size, seed: 1 });
    const model = modelOf([
      { kind: 'local', name: 'a', value: load(integer(0)), mutable: false },
      { kind: 'index', name: 'up', value: integer(7) },
      { kind: 'index', name: 'down', value: integer(-5) },
      ...floats.map((value, at) => store(value, at)),
    ]);
    const { load: loadModel } = await importModule(emitTypeScript({ graph, model }, { source: '', version: '' }));
    const input = Float32Array.from({ length: size }, (_, index) => Math.fround(Math.sin(index * 12.9898) * 3));
    const expected = interpretModel(model, new Map([['input', input]]), new Map(), 1).get('result');
    expect([...(loadModel(writeSafetensors(new Map())).run(input) as Float32Array)]).to.deep.equal([...expected!]);
  });

  const { index: indexArbitrary } = fc.letrec<{ index: Index }>((tie) => ({
    index: fc.oneof(
      { depthSize: 'small' },
      fc.integer({ min: -9, max: 9 }).map(integer),
      fc.constantFrom('up', 'down').map(variable),
      fc
        .tuple(fc.constantFrom('add', 'multiply', 'min', 'max'), tie('index'), tie('index'))
        .map(([operator, left, right]) => arithmetic(operator)(left, right)),
      fc
        .tuple(fc.constantFrom('divide', 'modulo'), tie('index'), fc.integer({ min: 1, max: 9 }))
        .map(([operator, left, right]) => arithmetic(operator)(left, integer(right))),
    ),
  }));
  const operators = Object.keys(scalarArity) as ScalarOperator[];
  const { float: floatArbitrary } = fc.letrec<{ float: Float }>((tie) => ({
    float: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(0, 1, -1, 0.5, -2.5, 3, -0).map(constant),
      fc.constant(local('a')),
      indexArbitrary.map((value): Float => ({ kind: 'number', value })),
      indexArbitrary.map((value) => guarded(value, 10)),
      tie('float').map((value) => guarded({ kind: 'floor', value }, 10)),
      fc
        .tuple(tie('float'), fc.constantFrom(divide!, modulo!), fc.integer({ min: 1, max: 9 }))
        .map(([value, operator, right]) => guarded(operator({ kind: 'floor', value }, integer(right)), 10)),
      fc
        .tuple(fc.constantFrom(...operators), tie('float'), tie('float'), tie('float'))
        .map(([op, ...args]) => apply(op, ...args.slice(0, scalarArity[op]))),
    ),
  }));
});

const size = 2000;
const span = { source: 'test.net', start: 0, end: 0 };
const type = { element: 'f32', shape: [size] } as const;
const graph: Graph = {
  name: 'Test',
  source: 'test.net',
  span,
  inputs: [{ id: 0, name: 'input', type, span }],
  nodes: [],
  calls: [],
  outputs: [{ name: 'result', value: { id: 1, name: 'result', type, span }, type }],
  symbols: [],
  requirements: [],
};

/** One kernel that reads `x` and writes `y`. */
function modelOf(body: readonly Statement[]): CompiledModel {
  return {
    name: 'Test',
    inputs: ['input'],
    outputs: ['result'],
    kernels: [
      {
        name: 'kernel',
        comment: '',
        parameters: [
          { name: 'x', size, access: 'read' },
          { name: 'y', size, access: 'write' },
        ],
        body,
      },
    ],
    buffers: [
      { name: 'from', size, place: { kind: 'input', index: 0 } },
      { name: 'to', size, place: { kind: 'output', index: 0 } },
    ],
    prepare: [],
    run: [{ kernel: 'kernel', arguments: ['from', 'to'] }],
    arena: 0,
    arenaLowerBound: 0,
  };
}
