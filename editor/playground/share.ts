import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { fromBase64, toBase64 } from './base64.ts';
import { type Project, projectOf } from './project.ts';

/** No text that somebody wrote is longer: what a link unpacks to ends here. */
const mostBytes = 1_000_000;

/** A project as the fragment of a link, without its `#`: its texts, packed, in letters that stay as they are in a link. */
export function toFragment({ main, texts }: Project): string {
  const packed = deflateSync(strToU8(JSON.stringify({ main, texts })), { level: 9 });
  return `code=${toBase64(packed).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** What a fragment holds; undefined for any other one. */
export function fromFragment(fragment: string): Project | undefined {
  const packed = /^#?code=([\w-]+)$/.exec(fragment)?.[1];
  if (packed === undefined) return undefined;
  try {
    const bytes = fromBase64(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const unpacked = inflateSync(bytes, { out: new Uint8Array(mostBytes) });
    // A buffer that is full was too small.
    return unpacked.length < mostBytes ? projectOf(JSON.parse(strFromU8(unpacked))) : undefined;
  } catch {
    return undefined;
  }
}
