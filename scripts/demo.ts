/**
 * `npm run demo`: from a .net file to a program that reads handwriting. It does what a user would do, with the same
 * command, and then looks at the result with real digits.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { type Digit, readDigits } from '../examples/digits.ts';

const folder = '.cache/demo';
const compiled = `${folder}/digits.ts`;

mkdirSync(folder, { recursive: true });
netc('check', 'examples/digits.net');
netc('compile', 'examples/digits.net', '-o', compiled);

const digits = (await import(`../${compiled}`)) as {
  load(weights: Uint8Array): { run(images: Float32Array, batch?: number): Float32Array };
};
const model = digits.load(readFileSync('examples/digits.safetensors'));
const { test } = readDigits();

const predictions = test.map(({ image }) => indexOfLargest(model.run(image)));
const right = test.filter(({ label }, index) => predictions[index] === label).length;

console.log('\nSome of the test digits, and what the compiled network reads:\n');
const wrong = test.findIndex(({ label }, index) => predictions[index] !== label);
const shown = [...new Set([3, 402, 805, 1208, wrong < 0 ? 1600 : wrong])];
console.log(sideBySide(shown.map((index) => draw(test[index]!, predictions[index]!))));

console.log(
  `\naccuracy        ${((100 * right) / test.length).toFixed(2)} %  (${right} of ${test.length} digits that it was not trained on)`,
);
console.log(`time per digit  ${(1000 * medianTime()).toFixed(0)} µs  (median, one thread)`);
console.log(`size of module  ${size()}`);

function netc(...words: string[]): void {
  console.log(`$ netc ${words.join(' ')}`);
  execFileSync(process.execPath, ['dist/netc.js', ...words], { stdio: 'inherit' });
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}

/** Milliseconds for one digit, after the engine has warmed up on the whole test set. */
function medianTime(): number {
  const times = test.map(({ image }) => {
    const start = performance.now();
    model.run(image);
    return performance.now() - start;
  });
  return times.sort((left, right) => left - right)[times.length >> 1]!;
}

function size(): string {
  const { code } = transformSync(readFileSync(compiled), { loader: 'ts', minify: true, format: 'esm' });
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return `${kilobytes(gzipSync(code, { level: 9 }).length)} minified and gzipped, without the weights (${kilobytes(readFileSync('examples/digits.safetensors').length)})`;
}

/** A picture as lines of text, two rows of pixels to a line, with the answer under it. */
function draw({ image, label }: Digit, prediction: number): string[] {
  const ink = (y: number, x: number) => image[y * 28 + x]! > 0.35;
  const lines = Array.from({ length: 14 }, (_, row) =>
    Array.from({ length: 28 }, (_, x) => ' ▄▀█'[(ink(2 * row, x) ? 2 : 0) + (ink(2 * row + 1, x) ? 1 : 0)])
      .join('')
      .slice(3, 25),
  );
  const answer = prediction === label ? `read as ${prediction}` : `read as ${prediction}, is ${label}`;
  return [...lines, answer.padStart(11 + Math.ceil(answer.length / 2)).padEnd(22)];
}

function sideBySide(pictures: readonly (readonly string[])[]): string {
  return pictures[0]!.map((_, line) => pictures.map((picture) => picture[line]).join(' ')).join('\n');
}
