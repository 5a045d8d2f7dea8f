import picocolors from 'picocolors';
import { type Palette, plain } from '../compiler/index.ts';
import type { Io, Output } from './io.ts';

/** Colours on terminals that have them, unless `NO_COLOR` is set (https://no-color.org); `FORCE_COLOR` wants them anywhere. */
export function paletteOf(io: Io, output: Output): Palette {
  const { bold, red, yellow, cyan, blue, green } = picocolors.createColors(hasColours(io, output));
  return {
    ...plain,
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    hint: (text) => bold(cyan(text)),
    message: bold,
    frame: blue,
    cause: cyan,
    fix: (text) => bold(green(text)),
  };
}

function hasColours({ environment }: Io, output: Output): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return output.isTTY === true && environment.TERM !== 'dumb';
}
