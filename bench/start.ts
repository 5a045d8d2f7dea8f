/** `npm run bench:start`: how long `netc check` takes as a whole process, beside a Node that does nothing. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, machine, measure, table } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'netc-start-'));
const files = [
  { file: 'examples/lenet.net', bar: 'the bar is 4 times' },
  { file: 'examples/densenet121.net', bar: 'the largest example; the bar is 8 times' },
  { file: chain(10_000), bar: 'the bar is 2 s' },
  { file: chain(20_000), bar: 'twice as many layers' },
];

const contenders: readonly Contender[] = [
  { name: 'node -e 0', run: () => start('-e', '0') },
  ...files.map(({ file }) => ({ name: `netc check ${file}`, run: () => start('dist/netc.js', 'check', file) })),
];

try {
  const figures = measure(contenders, { rounds: 21, turn: 1 });
  console.log(machine());
  console.log(`\n${table('whole processes', figures)}`);
  for (const [index, { file, bar }] of files.entries()) {
    const times = (figures[index + 1]!.median / figures[0]!.median).toFixed(2);
    console.log(`  ${file}: ${times} times as long as a Node that does nothing; ${bar}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function start(...words: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** A net of so many layers, half of which have weights. */
function chain(layers: number): string {
  const file = join(folder, `${layers}-layers.net`);
  writeFileSync(file, `net Chain(image: [8, 16, 16]) {\n${'  conv 8->8 k3 p1 | relu\n'.repeat(layers / 2)}}\n`);
  return file;
}
