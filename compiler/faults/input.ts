import type { FaultKind } from '../fault.ts';
import { counted } from './words.ts';

/** Arrays and pictures that a network is run on. */
export const inputFaults = {
  'input/npy': {
    severity: 'error',
    message: (e) => `this is not an array that can be read: ${e.why}`,
    explain: `NumPy's format \`.npy\` is read in versions 1 to 3, with elements of float32, float64, int32, int64 or uint8. The
file must hold exactly the numbers that its header speaks of.

\`\`\`python
numpy.save('input.npy', array.astype('float32'))
\`\`\``,
  } satisfies FaultKind<{ why: string }>,

  'input/png': {
    severity: 'error',
    message: (e) => `this is not a picture that can be read: ${e.why}`,
    explain: `PNG pictures are read in grey and in colour, with and without a palette; not interlaced, and without transparent
places, as it would be a guess what stands behind them.

\`\`\`sh
magick picture.png -background white -flatten -interlace none plain.png
\`\`\``,
  } satisfies FaultKind<{ why: string }>,

  'input/format': {
    severity: 'error',
    message: (e) =>
      `\`${e.path}\` is neither a NumPy array nor a PNG picture${e.hint === undefined ? '' : `; ${e.hint}`}`,
    explain: `Inputs are read from \`.npy\` files, with the batch as the first axis, and from \`.png\` files. What a file is, is told by
its first bytes, whatever its name.`,
  } satisfies FaultKind<{ path: string; hint?: string }>,

  'input/shape': {
    severity: 'error',
    message: (e) =>
      `\`${e.input}\` takes ${e.wanted}, but the file has ${e.found}${e.hint === undefined ? '' : `; ${e.hint}`}`,
    explain: `An array has the batch as its first axis, N, and then the shape of the input: \`[N, 3, 32, 32]\` for \`image: [3, 32, 32]\`. A
picture fits an input of \`[1, H, W]\`, as grey, or of \`[3, H, W]\`, as red, green and blue, from 0 for black to 1; it is not resized.`,
  } satisfies FaultKind<{ input: string; wanted: string; found: string; hint?: string }>,

  'input/batch': {
    severity: 'error',
    message: (e) => `\`${e.input}\` has ${counted(e.found, 'item')}, but \`${e.other}\` has ${e.wanted}`,
    explain: `All inputs of a network are run as one batch, and have the same number of items.`,
  } satisfies FaultKind<{ input: string; found: number; other: string; wanted: number }>,

  'input/number': {
    severity: 'error',
    message: (e) => `\`${e.input}\` takes whole numbers (i32), but item ${e.at} of the file is ${e.found}`,
    explain: `Inputs of \`i32\` are indices, such as tokens. They must be whole.`,
  } satisfies FaultKind<{ input: string; found: string; at: number }>,
} as const;
