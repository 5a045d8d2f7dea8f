import { expect } from 'chai';
import fc from 'fast-check';
import { optimize } from '../../compiler/2-optimize/passes.ts';
import { kernelsOf } from '../../compiler/3-lower/kernels.ts';
import { nestOf } from '../../compiler/3-lower/nest.ts';
import { withPaddedOperands } from '../../compiler/3-lower/pad.ts';
import { cases } from '../../compiler/3-lower/strategies/cases.ts';
import { contraction } from '../../compiler/3-lower/strategies/contraction.ts';
import { generic } from '../../compiler/3-lower/strategies/generic.ts';
import { type Strategy, strategies } from '../../compiler/3-lower/strategies/index.ts';
import { rows } from '../../compiler/3-lower/strategies/rows.ts';
import { window } from '../../compiler/3-lower/strategies/window.ts';
import { withWinograd } from '../../compiler/3-lower/winograd.ts';
import { compileKernel } from '../../compiler/kernel/interpret.ts';
import { verifyKernel } from '../../compiler/kernel/verify.ts';
import type { Operation } from '../../compiler/tensor/tensor.ts';
import { verifyProgram } from '../../compiler/tensor/verify.ts';
import { fill } from '../fixtures/fill.ts';
import { expectClose, expectSameResults, graphOf, programOf } from './nets.ts';

describe('A strategy gives what plain loops give', () => {
  it('is one of those that are tried in this order', () => {
    expect(strategies).to.deep.equal([contraction, rows, window, cases, generic]);
  });

  property(
    'contraction: convolutions of any rank, size, stride, padding, dilation and grouping',
    contraction,
    convolutions(),
  );
  property('contraction: sequences times a matrix', contraction, sequences());
  property('rows: a vector times a matrix', rows, vectors());
  property('rows: convolutions of single channels', rows, depthwise());
  property('window: the largest and the mean of windows', window, pools());
  property('cases: short concatenations', cases, concatenations());
  property('generic: everything, conditions at the borders included', generic, convolutions(), { pad: false });

  it('is taken for what it was made for', () => {
    const taken = (text: string) => {
      const operations = withPaddedOperands(optimize(programOf(text), { fuse: true })).operations;
      return operations.map((operation) => strategies.find((strategy) => strategy(nestOf(operation)))!.name);
    };
    expect(taken('net Case(x: [3, 9, 9]) { conv ->8 k3 p1 | relu | maxpool 2 | flatten | linear ->10 }')).to.deep.equal(
      ['generic', 'contraction', 'window', 'rows'],
    );
    expect(taken('net Case(x: [4, 9, 9]) { conv 4->4 k3 g4 | conv ->6 k1 | globalavgpool | softmax }')).to.deep.equal([
      'rows',
      'contraction',
      'window',
      'window',
      'generic',
      'generic',
    ]);
  });
});

describe('Winograd convolution', () => {
  it('gives what the plain one gives, whatever the sizes', () => {
    let applied = 0;
    const size = fc.integer({ min: 4, max: 9 });
    const channels = fc.integer({ min: 8, max: 10 });
    fc.assert(
      fc.property(
        channels,
        channels,
        size,
        size,
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        (c, o, h, w, p, add) => {
          const tail = add && p === 1 && c === o ? ' | add x | hswish' : ' | relu';
          const graph = graphOf(`net Case(x: [${c}, ${h + 2}, ${w + 2}]) { conv ${c}->${o} k3 p${p}${tail} }`)!;
          const program = withWinograd(
            optimize(programOf(`net Case(x: [${c}, ${h + 2}, ${w + 2}]) { conv ${c}->${o} k3 p${p}${tail} }`), {
              fuse: true,
            }),
          );
          verifyProgram(program);
          applied += program.operations.length > 1 ? 1 : 0;
          expectSameResults(graph);
        },
      ),
      { numRuns: 25 },
    );
    expect(applied).to.be.greaterThan(20);
  });

  const shapes: readonly (readonly [text: string, applies: boolean])[] = [
    ['conv 8->8 k3', true],
    ['conv 8->8 k3 p=[0, 1, 2, 3]', true],
    ['conv 8->8 k3 s2', false],
    ['conv 8->8 k3 d2', false],
    ['conv 8->8 k3 g2', false],
    ['conv 8->8 k3x5', false],
    ['conv 8->7 k3', false],
  ];
  it('is not taken where its tiles need much memory', () => {
    const program = programOf('net Case(x: [64, 300, 300]) { conv 64->64 k3 p1 }');
    expect(withWinograd(program).operations).to.have.length(1);
  });

  for (const [text, applies] of shapes) {
    it(`is ${applies ? '' : 'not '}taken for ${text}`, () => {
      const program = programOf(`net Case(x: [8, 8, 8]) { ${text} }`);
      expect(withWinograd(program).operations.length > program.operations.length).to.equal(applies);
    });
  }
});

/** Holds a strategy to plain loops on every operation of these nets that it takes, and sees that it takes many. */
function property(what: string, strategy: Strategy, nets: fc.Arbitrary<string>, { pad } = { pad: true }): void {
  it(what, () => {
    let taken = 0;
    fc.assert(
      fc.property(nets, (text) => {
        const graph = graphOf(text);
        fc.pre(graph !== undefined);
        const program = optimize(programOf(text), { fuse: true });
        for (const operation of (pad ? withPaddedOperands(program) : program).operations)
          if (expectEqualKernels(operation, strategy)) taken += 1;
        expectSameResults(graph);
      }),
      { numRuns: 60 },
    );
    expect(taken).to.be.greaterThan(20);
  });
}

/** Whether the strategy takes the operation; if it does, it gives the same as plain loops. */
function expectEqualKernels(operation: Operation, strategy: Strategy): boolean {
  if (!strategy(nestOf(operation))) return false;
  const [actual, expected] = [strategy, generic].map((each) => {
    const { kernels, steps } = kernelsOf([operation], (nest) => each(nest)!);
    verifyKernel(kernels[0]!);
    const output = new Float32Array(operation.output.size).fill(Number.NaN);
    compileKernel(kernels[0]!)([...steps[0]!.operands.map(({ name, size }) => fill(name, [size])), output]);
    return output;
  });
  expectClose(actual!, expected!, operation.output.name);
  return true;
}

/** Nets with one convolution; the checker refuses some, as where the window is larger than what it slides over. */
function convolutions(): fc.Arbitrary<string> {
  const options = fc.record({
    rank: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    into: fc.integer({ min: 1, max: 4 }),
    out: fc.integer({ min: 1, max: 5 }),
    bias: fc.boolean(),
    act: fc.constantFrom('', ' | relu', ' | hswish'),
  });
  return options.chain(({ rank, groups, into, out, bias, act }) =>
    fc
      .tuple(
        sizes(rank, 3, rank === 3 ? 6 : 11),
        sizes(rank, 1, 4),
        sizes(rank, 1, 3),
        sizes(rank, 0, 2),
        sizes(rank, 1, 2),
      )
      .map(([spatial, kernel, stride, padding, dilation]) => {
        const window = `k=${times(kernel)} s=${times(stride)} p=${times(padding)} d=${times(dilation)}`;
        return net([groups * into, ...spatial], `conv ->${groups * out} ${window} g${groups} bias=${bias}${act}`);
      }),
  );
}

function depthwise(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      sizes(2, 3, 9),
      sizes(2, 1, 4),
      sizes(2, 1, 2),
    )
    .map(([channels, multiple, spatial, kernel, stride]) =>
      net(
        [channels, ...spatial],
        `conv ->${channels * multiple} k=${times(kernel)} s=${times(stride)} p1 g${channels}`,
      ),
    );
}

function vectors(): fc.Arbitrary<string> {
  const features = fc.integer({ min: 2, max: 23 });
  return fc
    .tuple(features, features, fc.boolean())
    .map(([into, out, bias]) => net([into], `linear ->${out} bias=${bias} | hswish`));
}

function sequences(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 2, max: 23 }), fc.integer({ min: 2, max: 11 }))
    .map(([steps, into, out]) => net([steps, into], `linear ->${out} | relu`));
}

function pools(): fc.Arbitrary<string> {
  return fc.integer({ min: 1, max: 3 }).chain((rank) =>
    fc
      .tuple(
        fc.constantFrom('maxpool', 'avgpool'),
        sizes(rank, 3, 8),
        sizes(rank, 1, 3),
        sizes(rank, 1, 3),
        fc.boolean(),
      )
      .map(([layer, spatial, kernel, stride, ceil]) => {
        const padding = kernel.map((size) => Math.floor(size / 2));
        return net(
          [2, ...spatial],
          `${layer} k=${times(kernel)} s=${times(stride)} p=${times(padding)}${ceil ? ' ceil' : ''}`,
        );
      }),
  );
}

function concatenations(): fc.Arbitrary<string> {
  return fc.tuple(sizes(3, 2, 3), fc.integer({ min: 0, max: 2 }), fc.boolean()).map(([shape, axis, twice]) => {
    const halves = shape.with(axis, 1);
    const pool = `maxpool ${times(shape.slice(1).map((size, each) => (halves[each + 1] === 1 && axis === each + 1 ? size : 1)))}`;
    const other = axis === 0 ? 'conv ->1 k1' : pool;
    return net(
      shape,
      `concat { relu | ${other} } { ${other} }${twice ? ` { tanh | ${other} }` : ''} axis=${axis} | tanh`,
    );
  });
}

function sizes(rank: number, min: number, max: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });
}

function times(values: readonly number[]): string {
  return values.join('x');
}

function net(shape: readonly number[], body: string): string {
  return `net Case(x: [${shape.join(', ')}]) {\n  ${body}\n}\n`;
}
