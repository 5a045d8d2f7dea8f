import { fault } from '../compiler/index.ts';
import { Faulty } from './failure.ts';
import { whole } from './read.ts';

/** PNG pictures as arrays `[channels, height, width]` of numbers from 0 to 1. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The bytes of the file. */
  readonly bytes: Uint8Array;
  readonly name: string;
}

const signature = '89504e470d0a1a0a';

export function isPngFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('hex') === signature;
}

/** The size that the header claims, before anything is decoded: a small file may claim a huge picture. */
export function openPicture(name: string, bytes: Uint8Array): Picture {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 29));
  if (header.length < 29 || header.readUInt32BE(8) !== 13 || header.toString('latin1', 12, 16) !== 'IHDR') {
    throw unreadable(name, 'its header is cut off');
  }
  // A second header could claim another size, after the first has been believed.
  if (countChunks(bytes, 'IHDR') !== 1) throw unreadable(name, 'it has two headers');
  const interlaced = header[28] !== 0;
  if (interlaced) throw unreadable(name, 'it is interlaced; save it without');
  return { name, bytes, width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}

/** Decodes a picture whose size the caller has found right. One channel is its luma (ITU-R BT.601), three are RGB. */
export async function decodePicture(picture: Picture, channels: 1 | 3): Promise<Float32Array> {
  const { PNG } = await import('pngjs');
  let pixels: Buffer;
  try {
    pixels = PNG.sync.read(Buffer.from(picture.bytes), { checkCRC: true }).data;
  } catch (error) {
    throw unreadable(picture.name, (error as Error).message);
  }
  const count = picture.width * picture.height;
  const data = new Float32Array(channels * count);
  for (let at = 0; at < count; at++) {
    const [red, green, blue] = [pixels[4 * at]!, pixels[4 * at + 1]!, pixels[4 * at + 2]!];
    if (pixels[4 * at + 3] !== 255) throw unreadable(picture.name, 'it has transparent places; put it on a background');
    if (channels === 1) data[at] = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
    else for (const [channel, value] of [red, green, blue].entries()) data[channel * count + at] = value / 255;
  }
  return data;
}

/** How many chunks of this type it has; each begins with its length and its type, and ends with a checksum. */
function countChunks(bytes: Uint8Array, type: string): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === type) count += 1;
  }
  return count;
}

function unreadable(name: string, why: string): Faulty {
  return new Faulty([fault('input/png', whole(name), { why })]);
}
