import { expect } from 'chai';
import { emitTypeScript } from '../../compiler/4-emit/typescript/emit.ts';
import { initialWeights, type Tensors, writeSafetensors } from '../../compiler/weights.ts';
import { safetensors } from '../weights/file.ts';
import { builtOf, emitted, type GeneratedModule, importModule } from './generated.ts';

const linear = 'net Tiny(x: [3]) -> [2] {\n  fc1: linear 3->2\n}';
const joined = `net Joined(left: [2], right: [2]) -> (total: [2], scaled: [1]) {
  total = left | add right
  scaled = fc1: linear 2->1
  return total, scaled
}`;

describe('The metadata of a compiled module', () => {
  it('tells what it takes, gives and reads', async () => {
    const { metadata } = await importModule(
      emitted('net Test(image: [2, 4, 4]) -> [3] { bn1: batchnorm | flatten | fc1: linear ->3 }'),
    );
    expect(metadata).to.deep.equal({
      name: 'Test',
      inputs: [{ name: 'image', shape: [2, 4, 4], element: 'f32' }],
      outputs: [{ name: 'result', shape: [3] }],
      weights: [
        { name: 'bn1.weight', shape: [2] },
        { name: 'bn1.bias', shape: [2] },
        { name: 'bn1.running_mean', shape: [2] },
        { name: 'bn1.running_var', shape: [2] },
        { name: 'fc1.weight', shape: [3, 32] },
        { name: 'fc1.bias', shape: [3] },
      ],
      ignored: ['bn1.num_batches_tracked'],
    });
  });
});

describe('Running a compiled model', () => {
  let module: GeneratedModule;
  const weights = file({ 'fc1.weight': [[2, 3], 1, 2, 3, 4, 5, 6], 'fc1.bias': [[2], 10, 20] });
  before(async () => {
    module = await importModule(emitted(linear));
  });

  it('gives the numbers of one item', () => {
    expect([...one(weights, Float32Array.of(1, 0, -1))]).to.deep.equal([8, 18]);
  });

  it('gives the numbers of a batch, one item after the other', () => {
    expect([...one(weights, Float32Array.of(1, 0, -1, 0, 1, 0, 0, 0, 0), 3)]).to.deep.equal([8, 18, 12, 25, 10, 20]);
  });

  it('writes neither to its input nor to the file of weights', () => {
    const input = Float32Array.of(1, 2, 3);
    const bytes = weights.slice();
    one(bytes, input);
    expect([...input]).to.deep.equal([1, 2, 3]);
    expect(bytes).to.deep.equal(weights);
  });

  it('gives a new result each time, and keeps nothing of the run before', () => {
    const model = module.load(weights);
    const first = model.run(Float32Array.of(1, 0, 0)) as Float32Array;
    const second = model.run(Float32Array.of(0, 1, 0)) as Float32Array;
    const third = model.run(Float32Array.of(1, 0, 0)) as Float32Array;
    expect([...first]).to.deep.equal([11, 24]);
    expect([...second]).to.deep.equal([12, 25]);
    expect([...third]).to.deep.equal([11, 24]);
  });

  it('has its own copy of the weights', () => {
    const bytes = weights.slice();
    const model = module.load(bytes);
    bytes.fill(0);
    expect([...(model.run(Float32Array.of(1, 0, 0)) as Float32Array)]).to.deep.equal([11, 24]);
  });

  it('shares nothing with another model of the same module', async () => {
    const deep = 'net Deep(x: [4]) { fc1: linear 4->8 | tanh | fc2: linear 8->8 | tanh | fc3: linear 8->2 }';
    const { graph } = builtOf(deep);
    const { load } = await importModule(emitted(deep));
    const files = [0, 1].map((seed) => writeSafetensors(initialWeights(graph, seed)));
    const input = Float32Array.of(1, -1, 2, 0.5);
    const alone = files.map((bytes) => load(bytes).run(input));
    const together = files.map((bytes) => load(bytes));
    expect(alone[0]).to.not.deep.equal(alone[1]);
    for (let round = 0; round < 2; round++) {
      for (const [index, model] of together.entries()) expect(model.run(input)).to.deep.equal(alone[index]);
    }
  });

  it('takes several inputs and gives several outputs by name', async () => {
    const { load } = await importModule(emitted(joined));
    const model = load(file({ 'fc1.weight': [[1, 2], 10, 100], 'fc1.bias': [[1], 1] }));
    const inputs = { left: Float32Array.of(1, 2, 3, 4), right: Float32Array.of(5, 6, 7, 8) };
    const { total, scaled, ...others } = model.run(inputs, 2) as Record<string, Float32Array>;
    expect(others).to.deep.equal({});
    expect([...total!]).to.deep.equal([6, 8, 10, 12]);
    expect([...scaled!]).to.deep.equal([861, 1301]);
    expect([...inputs.left, ...inputs.right]).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('gives an input that is also an output as a copy', async () => {
    const { load } = await importModule(emitted('net Same(x: [2]) -> (x: [2], y: [2]) { y = x | relu; return x, y }'));
    const x = Float32Array.of(-1, 1);
    const results = load(file({})).run(x) as Record<string, Float32Array>;
    expect([...results.x!, ...results.y!]).to.deep.equal([-1, 1, 0, 1]);
    expect(results.x).to.not.equal(x);
  });

  it('takes and gives whole numbers in an array of their own', async () => {
    const { load } = await importModule(
      emitted(
        'net Two(tokens: i32[2], y: [2]) -> (a: i32[2], b: [2]) { a = tokens | identity; b = y | relu; return a, b }',
      ),
    );
    const tokens = Int32Array.of(2 ** 31 - 1, -7);
    expect(load(file({})).run({ tokens, y: Float32Array.of(-1, 2.5) })).to.deep.equal({
      a: tokens,
      b: Float32Array.of(0, 2.5),
    });
  });

  it('gives NaN for the row of a number that is none, and reads nothing beyond the table', async () => {
    const { load } = await importModule(emitted('net Rows(tokens: i32[4]) -> [4, 2] { embedding 3->2 }'));
    const weights = file({ 'embedding1.weight': [[3, 2], 1, 2, 3, 4, 5, 6] });
    const rows = load(weights).run(Int32Array.of(2, 3, -1, 0));
    expect([...(rows as Float32Array)]).to.deep.equal([5, 6, NaN, NaN, NaN, NaN, 1, 2]);
  });

  it('makes one array for each result and no other', async () => {
    const net = 'net Deep(x: [1, 6, 6]) { conv ->4 k3 | relu | flatten | linear ->8 | softmax }';
    const { load } = await importModule(emitted(net));
    const model = load(writeSafetensors(initialWeights(builtOf(net).graph, 0)));
    const input = new Float32Array(3 * 36);
    expect(arraysMadeBy(() => model.run(input, 3))).to.equal(1);
  });

  const wrong: readonly [title: string, length: number, batch: number | undefined, message: string][] = [
    ['too few numbers', 2, undefined, 'the input "x" has 2 numbers, but one item of shape [3] has 3'],
    ['a batch that is not announced', 6, undefined, 'the input "x" has 6 numbers, but one item of shape [3] has 3'],
    ['too few items', 6, 3, 'the input "x" has 6 numbers, but a batch of 3 items of shape [3] has 9'],
    ['no items', 0, 0, 'the batch is 0, but must be 1, 2, 3, …'],
    ['a broken batch', 0, 1.5, 'the batch is 1.5, but must be 1, 2, 3, …'],
    ['a negative batch', 3, -1, 'the batch is -1, but must be 1, 2, 3, …'],
    ['a batch that is no number', 3, Number.NaN, 'the batch is NaN, but must be 1, 2, 3, …'],
  ];
  for (const [title, length, batch, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => one(weights, new Float32Array(length), batch)).to.throw(RangeError, message);
    });
  }

  it('refuses an input that is missing, by name', async () => {
    const { load } = await importModule(emitted(joined));
    const model = load(file({ 'fc1.weight': [[1, 2], 10, 100], 'fc1.bias': [[1], 1] }));
    expect(() => model.run({ left: new Float32Array(2) })).to.throw(
      RangeError,
      'the input "right" has no numbers, but one item of shape [2] has 2',
    );
  });

  function one(bytes: Uint8Array, input: Float32Array, batch?: number): Float32Array {
    return module.load(bytes).run(input, batch) as Float32Array;
  }
});

describe('Loading weights into a compiled model', () => {
  let module: GeneratedModule;
  const weight: Stored = [[2, 3], 1, 2, 3, 4, 5, 6];
  const bias: Stored = [[2], 10, 20];
  before(async () => {
    module = await importModule(emitted(linear));
  });

  const wrong: readonly [title: string, bytes: Uint8Array, message: string][] = [
    ['a missing tensor', file({ 'fc1.weight': weight }), 'the tensor "fc1.bias" is missing'],
    [
      'an extra tensor',
      file({ 'fc1.weight': weight, 'fc1.bias': bias, 'fc2.bias': bias }),
      'the tensor "fc2.bias" is not part of the model',
    ],
    [
      'a misshapen tensor',
      file({ 'fc1.weight': [[3, 2], 1, 2, 3, 4, 5, 6], 'fc1.bias': bias }),
      '"fc1.weight" is of shape [3, 2], but [2, 3] is expected',
    ],
    [
      'a tensor with another number of axes',
      file({ 'fc1.weight': [[6], 1, 2, 3, 4, 5, 6], 'fc1.bias': bias }),
      '"fc1.weight" is of shape [6], but [2, 3] is expected',
    ],
    ['an empty file', new Uint8Array(), 'the file is cut off, or is not in the safetensors format'],
    [
      'a file that is cut off',
      file({ 'fc1.weight': weight, 'fc1.bias': bias }).slice(0, -1),
      'the data of "fc1.bias" is cut off, or not where the header says',
    ],
  ];
  it('passes over counts and indices of PyTorch that no layer has', () => {
    const header = {
      'fc1.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      'fc1.bias': { dtype: 'F32', shape: [2], data_offsets: [24, 32] },
      places: { dtype: 'I64', shape: [1], data_offsets: [32, 40] },
    };
    const numbers = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 0, 0);
    const model = module.load(safetensors(header, new Uint8Array(numbers.buffer)));
    expect([...(model.run(Float32Array.of(1, 0, 0)) as Float32Array)]).to.deep.equal([11, 24]);
  });

  for (const [title, bytes, message] of wrong) {
    it(`refuses ${title} with a WeightsError`, () => {
      expect(() => module.load(bytes)).to.throw(module.WeightsError, message);
      expect(new module.WeightsError('').name).to.equal('WeightsError');
    });
  }

  it('takes a file with a count of batches or without', async () => {
    const net = 'net Test(x: [1, 2, 2]) { bn1: batchnorm eps=0 }';
    const { load } = await importModule(emitted(net));
    const norm: Record<string, Stored> = {
      'bn1.weight': [[1], 2],
      'bn1.bias': [[1], 1],
      'bn1.running_mean': [[1], 3],
      'bn1.running_var': [[1], 4],
    };
    for (const tensors of [norm, { ...norm, 'bn1.num_batches_tracked': [[], 7] satisfies Stored }]) {
      const result = load(file(tensors)).run(Float32Array.of(3, 5, 1, 0)) as Float32Array;
      expect([...result]).to.deep.equal([1, 3, -1, -2]);
    }
  });
});

describe('The text of a compiled module', () => {
  const text = emitted(linear);

  it('begins with where it comes from', () => {
    expect(text.split('\n').slice(0, 2)).to.deep.equal([
      '// Tiny, compiled from test.net by netc 1.2.3.',
      '// Do not edit: change the source and compile it again.',
    ]);
  });

  it('is the same each time', () => {
    expect(emitted(linear)).to.equal(text);
  });

  it('imports nothing and makes no code', () => {
    expect(text).to.not.match(/\bimport\b|\brequire\b|\beval\b|\bFunction\b/);
  });

  it('tells of each kernel which layers it does', () => {
    expect(emitted('net Test(x: [3, 8, 8]) { stem: conv 3->4 k3 | relu | maxpool 2 }')).to.match(
      /\/\*\* stem: conv 3->4 k3 \| relu/,
    );
  });

  it('holds nothing of a file name but its name', () => {
    const built = builtOf(linear);
    const hostile = emitTypeScript(built, { source: 'a.net\nthrow 1 /* \u2028throw 2', version: '*/' });
    expect(hostile.split(/[\n\u2028]/).filter((line) => line.startsWith('throw'))).to.deep.equal([]);
  });

  it('holds nothing of a comment but its words', async () => {
    const built = builtOf(`## Ends */ throw 1\n${linear}`);
    const { metadata } = await importModule(emitTypeScript(built, { source: 'test.net', version: '1' }));
    expect(metadata.name).to.equal('Tiny');
  });

  it('has names of its own where the net has those of the language or of the module', async () => {
    const net = `net metadata(class: [2], load: [2]) -> (eval: [2], Math: [2]) {
  eval = class | Float32Array: linear 2->2 | erf: gelu | add load
  Math = class | readWeights: linear 2->2 | sigmoid: sigmoid | Model: sub class
  return eval, Math
}`;
    const { graph } = builtOf(net);
    const { load } = await importModule(emitted(net));
    const weights = initialWeights(graph, 5);
    const zero: Tensors = new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.fill(0) }]));
    const results = load(writeSafetensors(zero)).run({ class: Float32Array.of(1, 2), load: Float32Array.of(3, 4) });
    expect(results).to.deep.equal({ eval: Float32Array.of(3, 4), Math: Float32Array.of(-0.5, -1.5) });
  });
});

/** How many arrays of f32, or views of them, a function makes. */
function arraysMadeBy(action: () => void): number {
  const original = globalThis.Float32Array;
  const { prototype } = original;
  const methods = ['subarray', 'slice'] as const;
  let count = 0;
  try {
    globalThis.Float32Array = new Proxy(original, {
      construct(target, args: unknown[]) {
        count++;
        return Reflect.construct(target, args);
      },
    });
    for (const name of methods) {
      const method = prototype[name];
      const counting = function (this: Float32Array, from?: number, to?: number): Float32Array {
        count++;
        return method.call(this, from, to);
      };
      Object.assign(prototype, { [name]: counting });
    }
    action();
  } finally {
    globalThis.Float32Array = original;
    // The methods themselves belong to the prototype of all typed arrays.
    for (const name of methods) Reflect.deleteProperty(prototype, name);
  }
  return count;
}

type Stored = readonly [shape: readonly number[], ...values: number[]];

function file(tensors: Readonly<Record<string, Stored>>): Uint8Array {
  return writeSafetensors(
    new Map(
      Object.entries(tensors).map(([name, [shape, ...values]]) => [name, { shape, data: Float32Array.from(values) }]),
    ),
  );
}
