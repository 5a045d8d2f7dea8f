import { expect } from 'chai';
import { PNG } from 'pngjs';
import { Faulty } from '../../cli/failure.ts';
import { decodePicture, openPicture } from '../../cli/png.ts';
import { faultMessage } from '../../compiler/report/report.ts';

describe('PNG pictures', () => {
  const colours = [
    [0, 51, 255],
    [255, 102, 0],
  ] as const;

  it('have the size that their header says', () => {
    const { width, height } = openPicture('x.png', png(colours));
    expect([width, height]).to.deep.equal([2, 1]);
  });

  it('become red, green and blue, channel by channel', async () => {
    const data = await decodePicture(openPicture('x.png', png(colours)), 3);
    expect([...data]).to.deep.equal([...Float32Array.from([0, 1, 0.2, 0.4, 1, 0])]);
  });

  it('become grey by their luma', async () => {
    const data = await decodePicture(openPicture('x.png', png(colours)), 1);
    expect(data[0]).to.be.closeTo(0.587 * 0.2 + 0.114, 1e-6);
    expect(data[1]).to.be.closeTo(0.299 + 0.587 * 0.4, 1e-6);
  });

  it('of one channel serve inputs of one and of three', async () => {
    const grey = png([[51, 51, 51]], { colorType: 0 });
    expect([...(await decodePicture(openPicture('x.png', grey), 1))]).to.deep.equal([Math.fround(0.2)]);
    expect([...(await decodePicture(openPicture('x.png', grey), 3))]).to.deep.equal(Array(3).fill(Math.fround(0.2)));
  });

  const whole = png(colours);
  const damaged = Buffer.from(whole);
  damaged[whole.indexOf('IDAT') + 6]! ^= 0xff;
  const unsealed = Buffer.from(whole);
  unsealed[32]! ^= 0xff;
  const interlaced = Buffer.from(whole);
  interlaced[28] = 1;
  const hostile: readonly [name: string, bytes: Buffer, why: RegExp][] = [
    ['cut off in the header', whole.subarray(0, 20), /header/],
    ['cut off in the data', whole.subarray(0, whole.indexOf('IDAT') + 8), /can be read: it is cut off$/],
    ['damaged', damaged, /can be read: it is damaged$/],
    ['with a wrong checksum', unsealed, /can be read: it is damaged$/],
    ['that claims more than it has', claiming(3), /it has fewer pixels than the 3×1 that its header claims/],
    ['that claims less than it has', claiming(1), /it has more pixels than the 1×1 that its header claims/],
    ['interlaced', interlaced, /interlaced/],
    ['with two headers', Buffer.concat([whole.subarray(0, 33), whole.subarray(8)]), /two headers/],
    ['transparent', png([[1, 2, 3]], { alpha: 254 }), /transparent/],
  ];
  for (const [name, bytes, why] of hostile) {
    it(`are refused with a reason: ${name}`, async () => {
      const message = await Promise.resolve()
        .then(() => decodePicture(openPicture('x.png', bytes), 3))
        .then(
          () => 'nothing was wrong',
          (error) => (error instanceof Faulty ? faultMessage(error.faults[0]!) : String(error)),
        );
      expect(message).to.match(why);
    });
  }
});

/** A picture of two pixels whose header, with a checksum that is right, says another width. */
function claiming(width: number): Buffer {
  const other = png(Array.from({ length: width }, () => [0, 0, 0] as const));
  const two = png([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  return Buffer.concat([other.subarray(0, 33), two.subarray(33)]);
}

function png(
  pixels: readonly (readonly [number, number, number])[],
  { colorType = 2, alpha = 255 }: { readonly colorType?: 0 | 2; readonly alpha?: number } = {},
): Buffer {
  const picture = new PNG({ width: pixels.length, height: 1 });
  pixels.forEach((pixel, index) => {
    picture.data.set([...pixel, alpha], 4 * index);
  });
  return PNG.sync.write(picture, { colorType: alpha < 255 ? 6 : colorType });
}
