import { expect } from 'chai';
import { Faulty } from '../../cli/failure.ts';
import { readNpy, writeNpy } from '../../cli/npy.ts';
import { faultMessage } from '../../compiler/report/report.ts';

describe('NumPy files', () => {
  const numbers = [0, 1, 2, 3, 250, 5];
  const shaped = { shape: [2, 3], data: Float32Array.from(numbers) };

  // Each as numpy.save writes it.
  const files: readonly [name: string, bytes: Uint8Array][] = [
    ['float32', npy({ descr: '<f4' }, numbers, 4, (view, at, value) => view.setFloat32(at, value, true))],
    ['float32, big-endian', npy({ descr: '>f4' }, numbers, 4, (view, at, value) => view.setFloat32(at, value))],
    ['float64', npy({ descr: '<f8' }, numbers, 8, (view, at, value) => view.setFloat64(at, value, true))],
    ['float64, big-endian', npy({ descr: '>f8' }, numbers, 8, (view, at, value) => view.setFloat64(at, value))],
    ['int32', npy({ descr: '<i4' }, numbers, 4, (view, at, value) => view.setInt32(at, value, true))],
    ['int64', npy({ descr: '<i8' }, numbers, 8, (view, at, value) => view.setBigInt64(at, BigInt(value), true))],
    ['int64, big-endian', npy({ descr: '>i8' }, numbers, 8, (view, at, value) => view.setBigInt64(at, BigInt(value)))],
    ['uint8', npy({ descr: '|u1' }, numbers, 1, (view, at, value) => view.setUint8(at, value))],
    ['version 2', npy({ version: 2 }, numbers)],
    ['version 3', npy({ version: 3 }, numbers)],
    ['Fortran order', npy({ fortran: 'True' }, [0, 3, 1, 250, 2, 5])],
    ['sizes that Python 2 wrote', npy({ shape: '(2L, 3L)' }, numbers)],
    ['other quotes and order', npy({ header: '{"shape":(2,3),"descr":"<f4","fortran_order":False}' }, numbers)],
  ];
  for (const [name, bytes] of files) {
    it(`are read: ${name}`, () => {
      expect(readNpy('x.npy', bytes)).to.deep.equal(shaped);
    });
  }

  it('are read in Fortran order with three axes', () => {
    // numpy.arange(24).reshape(2, 3, 4) with order='F' in memory.
    const stored = [0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23];
    const { data } = readNpy('x.npy', npy({ fortran: 'True', shape: '(2, 3, 4)' }, stored));
    expect([...data]).to.deep.equal([...Array(24).keys()]);
  });

  for (const shape of [[], [6], [2, 3], [1, 2, 3]]) {
    it(`are written as they are read, for [${shape.join(', ')}]`, () => {
      const array = { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i / 3) };
      const bytes = writeNpy(array);
      expect(readNpy('x.npy', bytes)).to.deep.equal(array);
      expect((bytes.length - 4 * array.data.length) % 64).to.equal(0);
    });
  }

  const whole = npy({}, numbers);
  const hostile: readonly [name: string, bytes: Uint8Array, why: RegExp][] = [
    ['nothing', new Uint8Array(), /does not begin/],
    ['another kind of file', Buffer.from('PK\x03\x04 a zip'), /does not begin/],
    ['an unknown version', npy({ version: 4 }, numbers), /version 4/],
    ['no header', whole.subarray(0, 9), /cut off/],
    ['half a header', whole.subarray(0, 40), /cut off/],
    ['a header that claims 4 GB', Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\xff', 'latin1'), /length of 4294967295/],
    ['a header that is no dictionary', npy({ header: 'import os' }, numbers), /dictionary/],
    ['a header with code', npy({ shape: '(2, 3).__class__' }, numbers), /dictionary/],
    ['a negative size', npy({ shape: '(-2, -3)' }, numbers), /dictionary/],
    ['a size beyond whole numbers', npy({ shape: '(99999999999999999999,)' }, numbers), /dictionary/],
    ['a key twice', npy({ header: "{'descr': '<f4', 'descr': '<f4', 'shape': (6,)}" }, numbers), /dictionary/],
    ['a shape of 10^12', npy({ shape: '(1000000, 1000000)' }, numbers), /needs 4000000000000 bytes .* it has 24/],
    ['numbers that are missing', whole.subarray(0, whole.length - 1), /needs 24 bytes .* it has 23/],
    ['numbers too many', Buffer.concat([whole, Buffer.alloc(4)]), /needs 24 bytes .* it has 28/],
    ['objects', npy({ descr: '|O' }, numbers), /'\|O'; convert/],
    ['records', npy({ header: "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,)}" }, numbers), /dict/],
    ['half precision', npy({ descr: '<f2' }, numbers), /'<f2'; convert/],
    ['too many axes', npy({ shape: `(${'1, '.repeat(65)})` }, [1]), /65 axes/],
  ];
  for (const [name, bytes, why] of hostile) {
    it(`are refused with a reason: ${name}`, () => {
      expect(() => readNpy('x.npy', bytes))
        .to.throw(Faulty)
        .that.satisfies(({ faults }: Faulty) => faults.length === 1 && why.test(faultMessage(faults[0]!)));
    });
  }
});

interface Parts {
  readonly version?: number;
  readonly descr?: string;
  readonly fortran?: string;
  readonly shape?: string;
  readonly header?: string;
}

type Write = (view: DataView, at: number, value: number) => void;

/** A file by the format's specification, byte for byte. */
function npy(parts: Parts, numbers: readonly number[], size = 4, write: Write = writeFloat): Uint8Array {
  const { version = 1, descr = '<f4', fortran = 'False', shape = '(2, 3)' } = parts;
  const header = `${parts.header ?? `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`}\n`;
  const start = version === 1 ? 10 : 12;
  const bytes = Buffer.alloc(start + header.length + numbers.length * size);
  bytes.write('\x93NUMPY', 'latin1');
  bytes[6] = version;
  if (version === 1) bytes.writeUInt16LE(header.length, 8);
  else bytes.writeUInt32LE(header.length, 8);
  bytes.write(header, start, 'latin1');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [index, value] of numbers.entries()) write(view, start + header.length + index * size, value);
  return bytes;
}

function writeFloat(view: DataView, at: number, value: number): void {
  view.setFloat32(at, value, true);
}
