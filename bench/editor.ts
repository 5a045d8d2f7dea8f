/**
 * `npm run bench:editor`: how long it takes from a keystroke to what is wrong with the text, in files of 1,000 lines, through
 * the real servers and their pipes: netc's, as `npm run build` makes it, beside TypeScript's own. Both are asked in turns.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createMemo, diagnostics, type Snapshot, snapshot } from '../compiler/ide.ts';
import { Client } from './editor/client.ts';
import { keystrokes } from './editor/keystrokes.ts';
import { oneNet, severalNets, typescript } from './editor/texts.ts';
import { machine } from './measure.ts';

const bars = { median: 15, p99: 50 };
/** Ten keystrokes in a second are a fast typist's. */
const cadence = 100;
const places = { warmUp: 20, measured: 100 };

const folder = '.cache/bench/editor';
mkdirSync(folder, { recursive: true });
const net = ['node', 'dist/netc.js', 'lsp', '--stdio'];
const peer = { command: ['node_modules/.bin/tsc', '--lsp', '--stdio'], version: versionOf('typescript') };

console.log(machine());
console.log(`peer: the language server of TypeScript ${peer.version}`);

// The modules of one file make names that nobody uses.
const settings = {
  extends: '../../../tsconfig.json',
  compilerOptions: { erasableSyntaxOnly: false },
  include: ['*.ts'],
};
writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(settings));
const files = [
  { name: 'netc, blocks and nets', file: 'several.net', language: 'net', command: net, text: severalNets() },
  { name: 'netc, one net', file: 'one.net', language: 'net', command: net, text: oneNet() },
  { name: 'TypeScript', file: 'modules.ts', language: 'typescript', command: peer.command, text: typescript(folder) },
];
for (const { file, text } of files) writeFileSync(`${folder}/${file}`, text);

for (const { name, file, text } of files.slice(0, -1)) {
  const { stages, graphs } = snapshot({ name: file, text });
  const layers = graphs.reduce((sum, { nodes }) => sum + nodes.length, 0);
  console.log(`${name}: ${stages.all.length} stages as written, which are ${layers} layers`);
}

const contenders = await Promise.all(
  files.map(async ({ name, file, language, command, text }) => ({
    name: `${name}, ${text.trimEnd().split('\n').length} lines`,
    client: await Client.start(command, `${folder}/${file}`, language, text),
    warmUp: keystrokes(text, places.warmUp),
    measured: keystrokes(text, places.measured),
    times: [] as number[],
  })),
);
for (const round of ['warmUp', 'measured'] as const) {
  for (const index of contenders[0]![round].keys()) {
    for (const contender of contenders) {
      const next = pause(cadence / contenders.length);
      const time = await contender.client.press(contender[round][index]!);
      if (round === 'measured') contender.times.push(time);
      await next;
    }
  }
}
await Promise.all(contenders.map(({ client }) => client.stop()));

const title = `from a keystroke to diagnostics, ${contenders[0]!.measured.length} keystrokes each`;
console.log(`\n${table(title, contenders)}`);
const theirs = percentile(contenders.at(-1)!.times, 0.5);
for (const { name, times } of contenders.slice(0, -1)) {
  const ratio = percentile(times, 0.5) / theirs;
  console.log(
    `  ${name}: ${ratio.toFixed(2)} times as long as TypeScript; the bars are ${bars.median} ms for the median and ${bars.p99} ms for p99`,
  );
}

const inProcess = files.slice(0, -1).flatMap(({ name, text, file }) => {
  const memo = createMemo();
  const source = (written: string) => ({ name: file, text: written });
  const timesOf = (read: (written: string) => Snapshot) => {
    let written = text;
    const all = [...keystrokes(text, places.warmUp), ...keystrokes(text, places.measured)];
    const times = all.map(({ start, end, text: typed }) => {
      written = written.slice(0, start) + typed + written.slice(end);
      const from = performance.now();
      diagnostics(read(written));
      return performance.now() - from;
    });
    return times.slice(-2 * places.measured);
  };
  return [
    { name, times: timesOf((written) => snapshot(source(written), {}, memo)) },
    { name: `${name}, from scratch`, times: timesOf((written) => snapshot(source(written))) },
  ];
});
console.log(`\n${table('the same in this process, without a protocol', inProcess)}`);

interface Timed {
  readonly name: string;
  readonly times: readonly number[];
}

function table(title: string, all: readonly Timed[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  const rows = all.map(({ name, times }) => {
    const [median, p90, p99] = [0.5, 0.9, 0.99].map((part) => `${percentile(times, part).toFixed(1).padStart(6)} ms`);
    return `  ${name.padEnd(width)}  median ${median}  p90 ${p90}  p99 ${p99}`;
  });
  return [title, ...rows].join('\n');
}

function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((left, right) => left - right);
  return sorted[Math.min(Math.floor(part * sorted.length), sorted.length - 1)]!;
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { readonly version: string })
    .version;
}
