/** `npm run bench:start`: how long `netc check` takes as a whole process, beside a Node that does nothing. */
import { spawnSync } from 'node:child_process';
import { type Contender, machine, measure, table } from './measure.ts';

const contenders: readonly Contender[] = [
  { name: 'node -e 0', run: () => start('-e', '0') },
  { name: 'netc check examples/lenet.net', run: () => start('dist/netc.js', 'check', 'examples/lenet.net') },
];

const figures = measure(contenders, { rounds: 21, turn: 1 });
console.log(machine());
console.log(`\n${table('whole processes', figures)}`);
console.log(`  netc needs ${(figures[1]!.median / figures[0]!.median).toFixed(2)} times as long; the bar is 4`);

function start(...words: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
