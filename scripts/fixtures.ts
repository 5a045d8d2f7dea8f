/**
 * `npm run fixtures` makes the numbers of `spec/fixtures` again with the PyTorch of this machine; with `--check` it
 * changes nothing and fails where a stored number is not PyTorch's any more (beyond rounding, which differs by processor).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = 'spec/fixtures';
const tolerance = 1e-5;
/** What the others import. */
const shared = ['case.py', 'fill.py'];

const check = process.argv.includes('--check');
const target = check ? mkdtempSync(join(tmpdir(), 'fixtures-')) : folder;
try {
  for (const script of readdirSync(folder).filter((file) => file.endsWith('.py') && !shared.includes(file))) {
    console.log(`${script} …`);
    execFileSync('/usr/bin/python3', [join(folder, script), target], { stdio: 'inherit' });
  }
  if (check) for (const file of readdirSync(folder).filter((each) => each.endsWith('.json'))) compareFile(file);
} finally {
  if (check) rmSync(target, { recursive: true });
}

function compareFile(file: string): void {
  const read = (from: string): unknown => JSON.parse(readFileSync(join(from, file), 'utf8'));
  const difference = firstDifference(read(folder), read(target), file);
  if (difference) {
    console.error(difference);
    process.exitCode = 1;
  } else {
    console.log(`${file} holds PyTorch's numbers`);
  }
}

/** Numbers of one list, the results of one layer, are rounded in proportion to the largest of them. */
function firstDifference(stored: unknown, made: unknown, path: string, largest = 1): string | undefined {
  if (typeof stored === 'number' && typeof made === 'number') {
    const close = Math.abs(stored - made) <= tolerance * Math.max(largest, Math.abs(made));
    return close ? undefined : `${path}: stored ${stored}, PyTorch gives ${made}`;
  }
  if (typeof stored === 'object' && stored !== null && typeof made === 'object' && made !== null) {
    const [left, right] = [Object.entries(stored), new Map(Object.entries(made))];
    if (left.length !== right.size) return `${path}: ${left.length} entries are stored, ${right.size} are made`;
    const numbers = left.map(([, value]) => (typeof value === 'number' ? Math.abs(value) : 0));
    const scale = numbers.reduce((a, b) => Math.max(a, b), 1);
    for (const [key, value] of left) {
      const difference = firstDifference(value, right.get(key), `${path}/${key}`, scale);
      if (difference) return difference;
    }
    return undefined;
  }
  return stored === made
    ? undefined
    : `${path}: stored ${JSON.stringify(stored)}, PyTorch gives ${JSON.stringify(made)}`;
}
