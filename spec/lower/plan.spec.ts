import { expect } from 'chai';
import fc from 'fast-check';
import { type Lifetime, planArena } from '../../compiler/3-lower/plan.ts';
import { interpretModel } from '../../compiler/kernel/interpret.ts';
import type { CompiledModel } from '../../compiler/kernel/kernel.ts';
import { verifyModel } from '../../compiler/kernel/verify-model.ts';
import type { TensorValue } from '../../compiler/tensor/tensor.ts';
import { dataOf, expectSameResults, graphOf, modelOf, programOf } from './nets.ts';

describe('The plan of the memory', () => {
  it('lets no two values overlap that live at the same time, and is not below its bound', () => {
    fc.assert(
      fc.property(lifetimes(), (values) => {
        const { offsets, size, lowerBound } = planArena(values);
        values.forEach((one, index) => {
          expect(offsets.get(one.value)! + one.value.size).to.be.at.most(size);
          for (const other of values.slice(0, index)) {
            const together = one.first <= other.last && other.first <= one.last;
            const [low, high] = [offsets.get(one.value)!, offsets.get(other.value)!];
            if (together) expect(low >= high + other.value.size || high >= low + one.value.size).to.equal(true);
          }
        });
        expect(size).to.be.at.least(lowerBound);
      }),
    );
  });

  it('needs no more than the largest sum that lives at once, for a chain of any sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 12 }), (sizes) => {
        const chain = sizes.map((size, index) => life(index, size, index, index + 1));
        const { size, lowerBound } = planArena(chain);
        expect(lowerBound).to.equal(Math.max(...sizes.slice(1).map((each, index) => each + sizes[index]!)));
        expect(size).to.equal(lowerBound);
      }),
    );
  });

  it('gives a value the place of one that dies where it is born, and counts both once', () => {
    const first = life(0, 8, 0, 1);
    const second = { ...life(1, 8, 1, 2), inPlaceOf: first.value };
    const plan = planArena([first, second]);
    expect(plan.offsets.get(second.value)).to.equal(plan.offsets.get(first.value));
    expect([plan.size, plan.lowerBound]).to.deep.equal([8, 8]);
  });
});

describe('A compiled model', () => {
  it('gives what its expressions say, whatever its graph is, and never writes to its inputs', () => {
    fc.assert(
      fc.property(graphs(), (text) => {
        const graph = graphOf(text);
        if (!graph) throw new Error(`the checker refuses ${text}`);
        expectSameResults(graph);
      }),
      { numRuns: 80 },
    );
  });

  it('keeps a value that is needed later, where an operation could be done in its place', () => {
    // PyTorch's x.mul_(hardsigmoid(x)) changes what its caller holds.
    const text = 'net Trap(x: [2, 4, 4]) { a = conv 2->2 k3 p1 | maxpool 3 s1 p1\n hswish | maxpool 3 s1 p1 | add a }';
    for (const fuse of [true, false]) {
      const model = modelOf(programOf(text), { fuse });
      const [a, b] = ['maxpool1', 'hardswish1'].map((name) => rangeOf(model, name));
      expect(a, 'the value has a place').to.not.equal(undefined);
      if (b) expect(a![0] >= b[1] || b[0] >= a![1], `${a} and ${b}`).to.equal(true);
    }
    expectSameResults(graphOf(text)!);
  });

  it('is done in place where the value is not needed later', () => {
    const model = modelOf(programOf('net Chain(x: [2, 4, 4]) { maxpool 3 s1 p1 | relu | tanh | conv 2->2 k1 }'), {
      fuse: false,
    });
    expect(rangeOf(model, 'relu1')).to.deep.equal(rangeOf(model, 'maxpool1'));
    expect(rangeOf(model, 'tanh1')).to.deep.equal(rangeOf(model, 'maxpool1'));
  });

  it('is not done in place where an element is needed for others than its own', () => {
    const model = modelOf(programOf('net Sum(x: [4]) { tanh | residual { linear 4->4 } | tanh }'), { fuse: true });
    expect(rangeOf(model, 'add1')).to.equal(undefined);
    expectSameResults(graphOf('net Sum(x: [4]) { tanh | residual { linear 4->4 } | linear 4->4 }')!);
  });

  for (const [what, text] of [
    ['an input', 'net Same(x: [4]) -> [4] { identity }'],
    ['an input under another shape', 'net Flat(x: [2, 2]) -> [4] { flatten }'],
    ['one value twice', 'net Twice(x: [4]) -> (a: [4], b: [4]) { a = relu\n b = identity\n return a, b }'],
    [
      'a value that another output is made of',
      'net Chain(x: [4]) -> (a: [4], b: [4]) { a = relu\n b = tanh\n return a, b }',
    ],
  ] as const) {
    it(`makes a fresh array of ${what}`, () => {
      const graph = graphOf(text)!;
      const { inputs, weights } = dataOf(graph);
      for (const fuse of [true, false]) {
        const model = modelOf(programOf(text), { fuse });
        const results = [...interpretModel(model, inputs, weights, 2).values(), ...inputs.values()];
        expect(new Set(results.map(({ buffer }) => buffer)).size).to.equal(results.length);
      }
      expectSameResults(graph);
    });
  }

  it('prepares what follows from weights alone once, when they are loaded', () => {
    const model = modelOf(programOf('net Norm(x: [3, 5, 5]) { conv 3->4 k3 bias=false | batchnorm | relu }'), {
      fuse: true,
    });
    expect(model.run).to.have.length(1);
    expect(model.prepare.length).to.be.greaterThan(1);
  });
});

describe('The verifier of models', () => {
  const model = modelOf(programOf('net Chain(x: [16]) { linear 16->16 | linear 16->16 | linear 16->16 }'), {
    fuse: true,
  });
  const mistakes: readonly (readonly [
    what: string,
    change: (model: CompiledModel) => CompiledModel,
    message: RegExp,
  ])[] = [
    ['a value over another that is needed', (each) => placed(each, 0), /writes linear2 over linear1, which it needs/],
    ['a value that ends outside of the arena', (each) => placed(each, 20), /linear2 is not inside of the arena/],
    [
      'a value that is read before it is made',
      (each) => ({ ...each, run: each.run.toReversed() }),
      /reads linear2 in vain/,
    ],
    ['an output that nothing makes', (each) => ({ ...each, run: each.run.slice(0, 2) }), /is never made/],
    [
      'a kernel that writes to an input',
      (each) => ({ ...each, run: each.run.map((call) => ({ ...call, arguments: call.arguments.with(-1, 'x') })) }),
      /writes x/,
    ],
    ['a call of no kernel', (each) => ({ ...each, kernels: [] }), /no kernel fits/],
    [
      'a buffer that does not fit',
      (each) => ({ ...each, buffers: each.buffers.map((buffer) => ({ ...buffer, size: buffer.size + 1 })), arena: 99 }),
      /does not fit/,
    ],
  ];
  for (const [what, change, message] of mistakes) {
    it(`throws for ${what}`, () => {
      expect(() => verifyModel(change(model))).to.throw(message);
    });
  }
});

describe('The memory of a scan', () => {
  const text = 'net Case(x: [6, 4]) { lstm 4->4 | relu }';

  it('holds all that it gives until the last step, beside what it reads', () => {
    const model = modelOf(programOf(text), { fuse: true });
    // The products of the input, those of the states, the cell and the states.
    expect(model.arena).to.equal(6 * 16 + 6 * 16 + 6 * 4 + 6 * 4);
    expectSameResults(graphOf(text)!);
  });

  it('is verified: nothing that is made together shares a place', () => {
    const model = modelOf(programOf(text), { fuse: true });
    const made = model.run[1]!.arguments.slice(-3);
    const { place } = model.buffers.find(({ name }) => name === made[0])!;
    const buffers = model.buffers.map((each) => (each.name === made[1] ? { ...each, place } : each));
    expect(() => verifyModel({ ...model, buffers })).to.throw(/over .*, which it needs/);
  });
});

/** The model with the second value at another place. */
function placed(model: CompiledModel, offset: number): CompiledModel {
  const buffers = model.buffers.map((buffer) =>
    buffer.name === 'linear2' ? { ...buffer, place: { kind: 'arena', offset } as const } : buffer,
  );
  return { ...model, buffers };
}

function rangeOf({ buffers }: CompiledModel, name: string): readonly [number, number] | undefined {
  const buffer = buffers.find((each) => each.name === name);
  return buffer?.place.kind === 'arena' ? [buffer.place.offset, buffer.place.offset + buffer.size] : undefined;
}

function life(id: number, size: number, first: number, last: number): Lifetime & { readonly value: TensorValue } {
  return { value: { id, name: `value${id}`, size }, first, last };
}

/** Values that are born one after the other. */
function lifetimes(): fc.Arbitrary<readonly Lifetime[]> {
  const value = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(6));
  return fc
    .array(value, { minLength: 1, maxLength: 24 })
    .map((values) => values.map(([size, lasting], index) => life(index, size, index, index + lasting)));
}

/** Nets of lines that start anywhere, join values at random, and give several results, inputs among them. */
function graphs(): fc.Arbitrary<string> {
  const layer = fc.constantFrom(
    'relu',
    'hswish',
    'tanh',
    'identity',
    'dropout',
    'batchnorm',
    'prelu',
    'conv ->4 k3 p1',
    'conv ->4 k1 bias=false | batchnorm | relu',
    'conv ->4 k3 p1 g4',
    'maxpool 3 s1 p1',
    'avgpool 3 s1 p1',
    'softmax axis=0',
    'mul {} { globalavgpool keep | sigmoid }',
    'residual { conv ->4 k3 p1 | tanh }',
    'flatten | relu | linear 144->6 | relu | mul x0',
  );
  const join = fc.constantFrom('add', 'mul', 'sub', 'max');
  const line = fc.record({
    start: fc.option(fc.nat(9)),
    layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
    join: fc.option(fc.tuple(join, fc.nat(9))),
    concat: fc.option(fc.nat(9)),
  });
  return fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 7 }), fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }))
    .map(([lines, outputs]) => {
      const value = (pick: number, known: number) => `x${pick % known}`;
      const body = lines.map(({ start, layers, join: joined, concat }, index) => {
        const stages = [
          ...(start === null ? [] : [value(start, index + 1)]),
          ...layers,
          ...(joined ? [`${joined[0]} ${value(joined[1], index + 1)}`] : []),
          ...(concat === null ? [] : [`concat ${value(concat, index + 1)} | conv 8->4 k1`]),
        ];
        return `  x${index + 1} = ${stages.join(' | ')}`;
      });
      const names = outputs.map((_, index) => `y${index}`);
      const results = outputs.map((pick, index) => `  y${index} = ${value(pick, lines.length + 1)} | identity`);
      const types = names.map((name) => `${name}: [4, 6, 6]`).join(', ');
      return `net Case(x0: [4, 6, 6]) -> (${types}) {\n${[...body, ...results].join('\n')}\n  return ${names.join(', ')}\n}\n`;
    });
}
