// tfjs leaves marks on the global object; what is there before the tests begin is not taken for a leak.
import '@tensorflow/tfjs';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { readNpy, writeNpy } from '../../cli/npy.ts';
import { type Tensors, writeSafetensors } from '../../compiler/weights.ts';
import { type Workplace, workplace } from './command.ts';

describe('netc run', () => {
  let place: Workplace;
  before(() => {
    place = workplace();
    place.write('sums.net', 'net Sums(x: [3]) -> [2] { fc: linear 3->2 }\n');
    place.write(
      'sums.safetensors',
      writeSafetensors(
        tensors({
          'fc.weight': [
            [2, 3],
            [1, 1, 1, 1, 0, -1],
          ],
          'fc.bias': [[2], [0, 0.5]],
        }),
      ),
    );
    place.write('likely.net', 'net Likely(x: [3]) { softmax }\n');
    place.write('image.net', 'net Image(image: [1, 1, 2]) { identity }\n');
    place.write('colours.net', 'net Colours(image: [3, 1, 2]) { identity }\n');
    place.write(
      'two.net',
      'net Two(left: [2], right: [2]) -> (total: [2], less: [2]) {\n  total = left | add right\n  less = left | sub right\n  return total, less\n}\n',
    );
    place.write('x.npy', npy([2, 3], [1, 2, 3, 4, 5, 7]));
    place.write('pair.npy', npy([1, 2], [1, 2]));
    place.write(
      'black-white.png',
      png([
        [0, 0, 0],
        [255, 255, 255],
      ]),
    );
    place.write(
      'red-blue.png',
      png([
        [255, 0, 0],
        [0, 0, 255],
      ]),
    );
  });
  after(() => place.remove());

  for (const target of ['ts', 'interpret', 'tfjs']) {
    it(`computes by ${target}`, async () => {
      // Only a project that has tfjs can run it.
      const folder = target === 'tfjs' ? { folder: process.cwd() } : {};
      const words = `run ${place.folder}/sums.net --weights ${place.folder}/sums.safetensors --input ${place.folder}/x.npy --json --target ${target}`;
      const { code, output } = await place.netc(words, folder);
      expect(code).to.equal(0);
      expect(JSON.parse(output)).to.deep.equal({
        batch: 2,
        outputs: [
          {
            name: 'result',
            shape: [2, 2],
            values: [
              [6, -1.5],
              [16, -2.5],
            ],
          },
        ],
      });
    });
  }

  for (const target of ['ts', 'interpret']) {
    it(`takes a checkpoint with what is not read, such as PyTorch's counts of batches, by ${target}`, async () => {
      place.write('norm.net', 'net Norm(x: [1]) { bn: batchnorm affine=false eps=0 }\n');
      const header =
        '{"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"bn.running_mean":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"bn.running_var":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}';
      const file = Buffer.alloc(8 + header.length + 16);
      file.writeBigUInt64LE(BigInt(header.length));
      file.write(header, 8);
      file.writeBigInt64LE(1000n, 8 + header.length);
      file.writeFloatLE(1, 16 + header.length);
      file.writeFloatLE(4, 20 + header.length);
      place.write('norm.safetensors', file);
      place.write('five.npy', npy([1, 1], [5]));
      const words = `run norm.net --weights norm.safetensors --input five.npy --target ${target}`;
      expect(await place.netc(words)).to.deep.equal({ code: 0, output: '2\n', messages: '' });
    });
  }

  it('says how to get tfjs where the project has none', async () => {
    const { code, messages } = await place.netc('run likely.net --input x.npy --target tfjs');
    expect([code, messages]).to.deep.equal([
      2,
      'error: `--target tfjs` needs tfjs in this project: npm install @tensorflow/tfjs\n',
    ]);
  });

  it('prints numbers for people', async () => {
    const { output } = await place.netc('run sums.net --weights sums.safetensors --input x.npy');
    expect(output).to.equal('item 0\n   6 -1.5\n\nitem 1\n  16 -2.5\n');
  });

  it('prints the largest values, as probabilities where they are', async () => {
    place.write('one.npy', npy([1, 3], [0, Math.log(3), Math.log(6)]));
    expect((await place.netc('run likely.net --input one.npy --top 2')).output).to.equal(
      'index  probability\n    2      60.00 %\n    1      30.00 %\n',
    );
    expect((await place.netc('run sums.net --weights sums.safetensors --input one.npy --top 1')).output).to.equal(
      'index    value\n    0  2.89037\n',
    );
    const { outputs } = JSON.parse((await place.netc('run likely.net --input one.npy --top 1 --json')).output);
    expect(outputs[0].top[0][0].index).to.equal(2);
    expect(outputs[0].top[0][0].value).to.be.closeTo(0.6, 1e-6);
  });

  it('writes arrays with the batch first, also in the place of older ones', async () => {
    for (const words of ['--output y.npy', '--output y.npy']) {
      expect(await place.netc(`run sums.net --weights sums.safetensors --input x.npy ${words}`)).to.deep.equal({
        code: 0,
        output: '',
        messages: '',
      });
    }
    expect(readNpy('y.npy', place.read('y.npy'))).to.deep.equal({
      shape: [2, 2],
      data: Float32Array.of(6, -1.5, 16, -2.5),
    });
  });

  it('never writes over an input, or over what is no array', async () => {
    const run = 'run sums.net --weights sums.safetensors --input x.npy';
    expect((await place.netc(`${run} --output x.npy`)).messages).to.equal(
      'error: `x.npy` is an input, and would be overwritten\n',
    );
    const { code, messages } = await place.netc(`${run} --output sums.safetensors`);
    expect([code, messages]).to.deep.equal([
      2,
      'error: `sums.safetensors` exists and is no NumPy array; --force replaces it\n',
    ]);
  });

  it('takes and gives several values by name', async () => {
    const { output } = await place.netc('run two.net --input left=pair.npy right=pair.npy --json');
    expect(JSON.parse(output).outputs).to.deep.equal([
      { name: 'total', shape: [1, 2], values: [[2, 4]] },
      { name: 'less', shape: [1, 2], values: [[0, 0]] },
    ]);
    const { messages } = await place.netc(
      'run two.net --input left=pair.npy right=pair.npy --output total=total.npy less=less.npy',
    );
    expect(messages).to.equal('');
    expect([...readNpy('total.npy', place.read('total.npy')).data]).to.deep.equal([2, 4]);
  });

  it('reads pictures as grey and as colours from 0 to 1, and several as a batch', async () => {
    const values = async (words: string) =>
      JSON.parse((await place.netc(`run ${words} --json`)).output).outputs[0].values;
    expect(await values('image.net --input black-white.png black-white.png')).to.deep.equal([
      [0, 1],
      [0, 1],
    ]);
    expect(await values('colours.net --input red-blue.png')).to.deep.equal([[1, 0, 0, 0, 0, 1]]);
  });

  it('runs large batches in parts, with the same results', async () => {
    const data = Array.from({ length: 300 }, (_, index) => Math.sin(index));
    place.write('many.npy', npy([100, 3], data));
    for (const isTTY of [false, true]) {
      await place.netc('run sums.net --weights sums.safetensors --input many.npy --output all.npy', { isTTY });
      const { shape, data: sums } = readNpy('all.npy', place.read('all.npy'));
      expect(shape).to.deep.equal([100, 2]);
      for (let item = 0; item < 100; item++) {
        const [a, b, c] = [data[3 * item]!, data[3 * item + 1]!, data[3 * item + 2]!];
        expect(sums[2 * item]).to.be.closeTo(a + b + c, 1e-6);
        expect(sums[2 * item + 1]).to.be.closeTo(a - c + 0.5, 1e-6);
      }
    }
  });

  const refused: readonly [what: string, words: string, code: number, message: RegExp][] = [
    [
      'an array without a batch',
      'sums.net --weights sums.safetensors --input bare.npy',
      1,
      /input\/shape.*takes \[N, 3\], but the file has \[3\]; give it a batch: array\[None\]/,
    ],
    [
      'channels that are last',
      'colours.net --input last.npy',
      1,
      /takes \[N, 3, 1, 2\], but the file has \[1, 1, 2, 3\]; its channels are last: numpy.moveaxis\(array, -1, 1\)/,
    ],
    [
      'channels that are last, without a batch',
      'colours.net --input bare-last.npy',
      1,
      /the file has \[1, 2, 3\]; its channels are last, and it has no batch: numpy.moveaxis\(array, -1, 0\)\[None\]/,
    ],
    ['a JPEG', 'image.net --input photo.jpg', 1, /input\/format.*convert it first: magick photo.jpg picture.png/],
    ['an archive of arrays', 'sums.net --weights sums.safetensors --input many.npz', 1, /input\/format.*numpy.save/],
    [
      'an empty batch',
      'sums.net --weights sums.safetensors --input empty.npy',
      1,
      /takes one item or more, but the file has none/,
    ],
    [
      'a picture of another size',
      'image.net --input red-blue-green.png',
      1,
      /takes pictures of 2×1, but the file has a picture of 3×1; resize it first: magick red-blue-green.png -resize 2x1/,
    ],
    ['a picture that claims to be huge', 'image.net --input huge.png', 1, /a picture of 4294967295×4294967295/],
    [
      'a picture for a vector',
      'likely.net --input black-white.png',
      1,
      /only \[1, H, W\] and \[3, H, W\] are pictures/,
    ],
    [
      'another kind of file',
      'likely.net --input likely.net',
      1,
      /input\/format.*neither a NumPy array nor a PNG picture/,
    ],
    [
      'batches of different sizes',
      'two.net --input left=pair.npy right=pairs.npy',
      1,
      /input\/batch.*`right` has 2 items, but `left` has 1/,
    ],
    [
      'batches of different sizes, the second of one',
      'two.net --input left=pairs.npy right=pair.npy',
      1,
      /`right` has 1 item, but `left` has 2/,
    ],
    ['weights of another net', 'sums.net --weights other.safetensors --input x.npy', 1, /weights\//],
    ['an input that is not given', 'two.net --input left=pair.npy', 2, /`right` has no value: add --input right=FILE/],
    ['an input that the net has not', 'two.net --input lef=pair.npy', 2, /no input `lef`; did you mean `left`\?/],
    ['an input without a name', 'two.net --input pair.npy', 2, /say which one with --input left=pair.npy/],
    ['an output twice', 'likely.net --input x.npy --output a.npy b.npy', 2, /`result` has two files/],
  ];
  for (const [what, words, code, message] of refused) {
    it(`refuses ${what}`, async () => {
      place.write('bare.npy', npy([3], [1, 2, 3]));
      place.write('empty.npy', npy([0, 3], []));
      place.write('last.npy', npy([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]));
      place.write('bare-last.npy', npy([1, 2, 3], [1, 2, 3, 4, 5, 6]));
      place.write('photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
      place.write('many.npz', 'PK\x03\x04');
      place.write('pairs.npy', npy([2, 2], [1, 2, 3, 4]));
      place.write(
        'red-blue-green.png',
        png([
          [255, 0, 0],
          [0, 0, 255],
          [0, 255, 0],
        ]),
      );
      const huge = png([[0, 0, 0]]);
      huge.fill(0xff, 16, 24);
      place.write('huge.png', huge);
      place.write('other.safetensors', writeSafetensors(tensors({ 'conv.weight': [[1], [1]] })));
      const ran = await place.netc(`run ${words}`);
      expect(ran.messages).to.match(message);
      expect([ran.code, ran.output]).to.deep.equal([code, '']);
    });
  }
});

function npy(shape: readonly number[], values: readonly number[]): Uint8Array {
  return writeNpy({ shape, data: Float32Array.from(values) });
}

function png(pixels: readonly (readonly number[])[]): Buffer {
  const picture = new PNG({ width: pixels.length, height: 1 });
  pixels.forEach((pixel, index) => {
    picture.data.set([...pixel, 255], 4 * index);
  });
  return PNG.sync.write(picture);
}

function tensors(entries: Readonly<Record<string, readonly [shape: number[], values: number[]]>>): Tensors {
  return new Map(
    Object.entries(entries).map(([name, [shape, values]]) => [name, { shape, data: Float32Array.from(values) }]),
  );
}
