import { inflateSync } from 'node:zlib';
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
  const chunks = chunksOf(bytes);
  if (chunks.at(-1)?.type !== 'IEND') throw unreadable(name, 'it is cut off');
  // A second header could claim another size, after the first has been believed.
  if (chunks.filter(({ type }) => type === 'IHDR').length !== 1) throw unreadable(name, 'it has two headers');
  const interlaced = header[28] !== 0;
  if (interlaced) throw unreadable(name, 'it is interlaced; save it without');
  return { name, bytes, width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}

/** Decodes a picture whose size the caller has found right. One channel is its luma (ITU-R BT.601), three are RGB. */
export async function decodePicture(picture: Picture, channels: 1 | 3): Promise<Float32Array> {
  checkData(picture);
  const { PNG } = await import('pngjs');
  let pixels: Buffer;
  try {
    pixels = PNG.sync.read(Buffer.from(picture.bytes), { checkCRC: true }).data;
  } catch {
    // The words of the library are for those who know the format.
    throw unreadable(picture.name, 'it is damaged');
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

/** Numbers for each pixel, by the type of colour that the header names. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The decoder makes pixels up where there are too few, so that the header has to be held to the data before. */
function checkData({ name, bytes, width, height }: Picture): void {
  const [depth, colour] = [bytes[24]!, bytes[25]!];
  const length = height * (1 + Math.ceil((width * depth * (samples[colour] ?? 0)) / 8));
  const parts = chunksOf(bytes).filter(({ type }) => type === 'IDAT');
  let found: number;
  try {
    found = inflateSync(Buffer.concat(parts.map(({ data }) => data)), { maxOutputLength: length + 1 }).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw unreadable(name, 'it is damaged');
    found = Number.POSITIVE_INFINITY;
  }
  if (found === length) return;
  const amount = found < length ? 'fewer' : 'more';
  throw unreadable(name, `it has ${amount} pixels than the ${width}×${height} that its header claims`);
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The chunks that are there as a whole: each begins with its length and its type, and ends with a checksum. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = 8;
  while (at + 12 <= file.length) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) break;
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
}

function unreadable(name: string, why: string): Faulty {
  return new Faulty([fault('input/png', whole(name), { why })]);
}
