import { expect } from 'chai';
import fc from 'fast-check';
import { readSafetensors, type Tensors, writeSafetensors } from '../../compiler/weights.ts';
import { safetensors } from './file.ts';

describe('Reading a safetensors file', () => {
  it('takes what PyTorch writes: metadata, and tensors that lie in another order than they are listed', () => {
    const header =
      '{"__metadata__":{"format":"pt"},"fc.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[4,20]},"fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   ';
    expect(plain(read(safetensors(header, Float32Array.of(5, 1, 2, 3, 4).buffer)))).to.deep.equal({
      'fc.bias': { shape: [1], data: [5] },
      'fc.weight': { shape: [2, 2], data: [1, 2, 3, 4] },
    });
  });

  it('takes data at any address', () => {
    const file = safetensors(
      '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} ',
      Float32Array.of(1.5, -2).buffer,
    );
    for (let shift = 0; shift < 8; shift++) {
      const larger = new Uint8Array(file.length + 16).fill(255);
      larger.set(file, shift);
      expect(plain(read(larger.subarray(shift, shift + file.length)))).to.deep.equal({
        x: { shape: [2], data: [1.5, -2] },
      });
    }
  });

  const special = [0, -0, 1, -1.5, 65504, 2 ** -14, 2 ** -24, 3 * 2 ** -24, Number.POSITIVE_INFINITY, Number.NaN];
  const conversions: readonly [dtype: string, bytes: ArrayBuffer, values: readonly number[]][] = [
    ['F32', Float32Array.from(special).buffer, special],
    [
      'F64',
      Float64Array.from([...special, 0.1, 1e300]).buffer,
      [...special, Math.fround(0.1), Number.POSITIVE_INFINITY],
    ],
    [
      'F16',
      Uint16Array.of(0, 0x8000, 0x3c00, 0xbe00, 0x7bff, 0x0400, 0x0001, 0x0003, 0x7c00, 0x7e00, 0x03ff, 0x3555, 0xfc00)
        .buffer,
      [...special, 1023 * 2 ** -24, 0.333251953125, Number.NEGATIVE_INFINITY],
    ],
    [
      'BF16',
      Uint16Array.of(0, 0x8000, 0x3f80, 0xbfc0, 0x7f80, 0x7fc0, 0x7f7f, 0x0080, 0x0001, 0xff80).buffer,
      [
        0,
        -0,
        1,
        -1.5,
        Number.POSITIVE_INFINITY,
        Number.NaN,
        255 * 2 ** 120,
        2 ** -126,
        2 ** -133,
        Number.NEGATIVE_INFINITY,
      ],
    ],
  ];
  for (const [dtype, bytes, values] of conversions) {
    it(`converts ${dtype} exactly, or to the nearest number`, () => {
      const entry = { dtype, shape: [values.length], data_offsets: [0, bytes.byteLength] };
      expect(plain(read(safetensors({ x: entry }, bytes))).x!.data).to.deep.equal(values);
    });
  }

  it('takes tensors without axes and without numbers', () => {
    const header = {
      none: { dtype: 'F32', shape: [0, 3], data_offsets: [4, 4] },
      one: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
    };
    expect(plain(read(safetensors(header, Float32Array.of(7).buffer)))).to.deep.equal({
      one: { shape: [], data: [7] },
      none: { shape: [0, 3], data: [] },
    });
  });

  it('takes any name, those of the prototype too', () => {
    const header =
      '{"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"naïve \\u0000":{"dtype":"F32","shape":[],"data_offsets":[4,8]}}';
    expect([...read(safetensors(header, new Uint8Array(8))).keys()]).to.deep.equal(['__proto__', 'naïve \0']);
  });

  it('says of whole numbers what they are, and takes the file', () => {
    const header = { 'bn.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] } };
    const { dtype, shape, data } = read(safetensors(header, new Uint8Array(8))).get('bn.num_batches_tracked')!;
    expect({ dtype, shape, data: [...data] }).to.deep.equal({ dtype: 'I64', shape: [], data: [] });
  });
});

describe('A safetensors file that lies', () => {
  const entry = (fields: object) => ({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...fields } });
  const eight = new Uint8Array(8);
  const long = 'x'.repeat(100_000);
  const cases: readonly [title: string, file: Uint8Array, problem: RegExp][] = [
    ['is empty', new Uint8Array(), /^the file is cut off, or is not in the safetensors format$/],
    ['ends within its first number', new Uint8Array(7), /cut off/],
    ['says that its header is longer than itself', withLength(safetensors({}), 3n), /cut off/],
    ['says that its header is longer than any file', withLength(safetensors({}), 2n ** 64n - 1n), /cut off/],
    ['ends within its header', safetensors(entry({}), eight).subarray(0, 20), /cut off/],
    ['ends within its data', safetensors(entry({}), eight.subarray(1)), /^the data of "x" is cut off/],
    [
      'is a zip file, as .pt files are',
      Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0, 0, 0),
      /^it is what `torch.save` writes/,
    ],
    ['is a bare pickle, as old .pt files are', Uint8Array.of(0x80, 2, 0x8a, 10), /^it is what `torch.save` writes/],
    ['has an empty header', safetensors(''), /^the header is not a JSON object$/],
    ['has a header that is not JSON', safetensors("{'x': 1}"), /^the header is not a JSON object$/],
    [
      'has a header that is not text',
      safetensors(Uint8Array.of(0x7b, 0xff, 0xfe, 0xc0, 0x7d)),
      /^the header is not a JSON object$/,
    ],
    ['has a number for a header', safetensors('3'), /^the header is not a JSON object$/],
    ['has null for a header', safetensors('null'), /^the header is not a JSON object$/],
    ['has a list for a header', safetensors('[1]'), /^the header does not describe "0" as a tensor$/],
    ['has a number for a tensor', safetensors('{"x":1}'), /^the header does not describe "x" as a tensor$/],
    ['has null for a tensor', safetensors('{"x":null}'), /does not describe "x"/],
    ['has no element type', safetensors(entry({ dtype: undefined }), eight), /does not describe "x"/],
    ['has a number for an element type', safetensors(entry({ dtype: 3 }), eight), /does not describe "x"/],
    ['has no shape', safetensors(entry({ shape: undefined }), eight), /does not describe "x"/],
    ['has a negative size', safetensors(entry({ shape: [-2] }), eight), /does not describe "x"/],
    ['has a broken size', safetensors(entry({ shape: [1.5] }), eight), /does not describe "x"/],
    ['has a size in words', safetensors(entry({ shape: ['2'] }), eight), /does not describe "x"/],
    ['has a size that no number can hold', safetensors(entry({ shape: [1e300] }), eight), /does not describe "x"/],
    ['has one offset', safetensors(entry({ data_offsets: [0] }), eight), /does not describe "x"/],
    ['has three offsets', safetensors(entry({ data_offsets: [0, 8, 8] }), eight), /does not describe "x"/],
    ['has a negative offset', safetensors(entry({ data_offsets: [-8, 0] }), eight), /does not describe "x"/],
    [
      'has offsets in the wrong order',
      safetensors(entry({ data_offsets: [8, 0] }), eight),
      /^the data of "x" is cut off/,
    ],
    [
      'has offsets beyond its end',
      safetensors(entry({ shape: [4], data_offsets: [0, 16] }), eight),
      /^the data of "x"/,
    ],
    ['has offsets beyond any end', safetensors(entry({ data_offsets: [0, 2 ** 53 - 1] }), eight), /^the data of "x"/],
    [
      'has a tensor with too few bytes',
      safetensors(entry({ shape: [3] }), eight),
      /^"x" has 8 bytes, but \[3\] of F32 needs 12$/,
    ],
    [
      'has a tensor with too many bytes',
      safetensors(entry({ shape: [1] }), eight),
      /^"x" has 8 bytes, but \[1\] of F32 needs 4$/,
    ],
    [
      'has a tensor of more numbers than there are',
      safetensors(entry({ shape: [2 ** 52, 2 ** 52, 2 ** 52] }), eight),
      /^"x" has 8 bytes/,
    ],
    ['has a tensor of 10^12 numbers', safetensors(entry({ shape: [1e6, 1e6] }), eight), /^"x" has 8 bytes/],
    [
      'has sizes that multiply to no number',
      safetensors(entry({ shape: [...new Array(30).fill(2 ** 52), 0] }), eight),
      /^"x" has 8 bytes/,
    ],
    [
      'has tensors that overlap',
      safetensors({ ...entry({}), y: { dtype: 'F32', shape: [2], data_offsets: [4, 12] } }, new Uint8Array(12)),
      /^the data of "y" is cut off, or not where the header says$/,
    ],
    [
      'has two tensors at the same place',
      safetensors({ ...entry({}), y: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, eight),
      /^the data of "y"/,
    ],
    ['has a tensor after a gap', safetensors(entry({ data_offsets: [4, 12] }), new Uint8Array(12)), /^the data of "x"/],
    [
      'has data that no tensor owns',
      safetensors(entry({}), new Uint8Array(9)),
      /^the file has data that belongs to no tensor$/,
    ],
    [
      'has one name twice',
      safetensors(
        '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        eight,
      ),
      /^the data of "x"/,
    ],
    [
      'has numbers of 8 bits',
      safetensors(entry({ dtype: 'F8_E4M3', shape: [8] }), eight),
      /^"x" is of "F8_E4M3", but F32 is expected/,
    ],
    ['has complex numbers', safetensors(entry({ dtype: 'C64', shape: [1] }), eight), /^"x" is of "C64"/],
    [
      'has an element type that objects know',
      safetensors(entry({ dtype: 'constructor' }), eight),
      /^"x" is of "constructor"/,
    ],
    ['has a name as long as a book', safetensors({ [long]: 1 }), /^the header does not describe "x{79}…" as a tensor$/],
    [
      'has control characters in a name',
      safetensors({ '\x1b[2J': 1 }),
      /^the header does not describe "\\u001b\[2J" as a tensor$/,
    ],
    [
      'has axes without end',
      safetensors(entry({ shape: new Array(1e5).fill(1) }), eight),
      /^"x" has 8 bytes, but \[1(, 1){8}, …\] of F32 needs 4$/,
    ],
    ['has a header of 5 MB', safetensors(`{}${' '.repeat(5e6)}`), /^the header is too long$/],
    ['nests without end', safetensors(`{"x":${'['.repeat(1e6)}`), /^the header is not a JSON object$/],
    ['has very many tensors of nothing', safetensors(`{"x":1${',"y":1'.repeat(5e5)}}`), /does not describe/],
  ];
  for (const [title, file, problem] of cases) {
    it(`gives one fault where it ${title}`, () => {
      const { value, faults } = readSafetensors('w.safetensors', file);
      expect(value.size).to.equal(0);
      expect(faults.map(({ code, span }) => ({ code, span }))).to.deep.equal([
        { code: 'weights/format', span: { source: 'w.safetensors', start: 0, end: 0 } },
      ]);
      const { problem: found } = faults[0]!.evidence as { problem: string };
      expect(found).to.match(problem);
      expect(found.length).to.be.below(300);
    });
  }

  it('gives a fault and no exception whatever its bytes are', () => {
    const valid = safetensors(entry({}), eight);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
        const file = valid.slice();
        for (const [at, byte] of changes) file[at] = byte;
        const { value, faults } = readSafetensors('w', file);
        expect(faults.length > 0).to.equal(value.size === 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Writing a safetensors file', () => {
  it('gives what reading gives back', () => {
    const tensor = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const data = fc.float32Array({ minLength: length, maxLength: length });
      return data.map((values) => ({ shape, data: values }));
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), tensor)), (entries) => {
        const tensors: Tensors = new Map(entries.filter(([name]) => name !== '__metadata__'));
        expect(plain(read(writeSafetensors(tensors)))).to.deep.equal(plain(tensors));
      }),
    );
  });

  it('aligns the data to 8 bytes', () => {
    for (const name of ['x', 'xx', 'xxx', 'xxxxxxx']) {
      const file = writeSafetensors(new Map([[name, { shape: [1], data: Float32Array.of(1) }]]));
      expect((file.length - 4) % 8).to.equal(0);
    }
  });
});

function read(file: Uint8Array): Tensors {
  const { value, faults } = readSafetensors('test.safetensors', file);
  expect(faults).to.deep.equal([]);
  return value;
}

function plain(tensors: Tensors): Record<string, { shape: readonly number[]; data: number[] }> {
  return Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]));
}

function withLength(file: Uint8Array, length: bigint): Uint8Array {
  new DataView(file.buffer).setBigUint64(0, length, true);
  return file;
}
