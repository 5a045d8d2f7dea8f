import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Fault,
  faultsToGitHub,
  faultsToJson,
  faultsToSarif,
  prelude,
  preludeName,
  renderFaults,
  type Source,
  type Texts,
  tally,
} from '../compiler/index.ts';
import { paletteOf } from './colours.ts';
import { type Io, say } from './io.ts';
import { version } from './version.ts';

/** What people can read through; a tool takes them all with `--format`. */
const most = 50;

/** Prints faults for people, with a summary. */
export function sayFaults(io: Io, faults: readonly Fault[], texts: Texts): void {
  if (faults.length > 0) say(io.messages, `${faultsText(io, faults, texts)}\n\n${summaryOf(faults)}`);
}

/** Faults with the code that they speak of. */
export function faultsText(io: Io, faults: readonly Fault[], texts: Texts): string {
  return renderFaults(faults.slice(0, most), texts, paletteOf(io, io.messages));
}

/** "2 errors, 1 warning" */
export function summaryOf(faults: readonly Fault[]): string {
  return tally(faults) + (faults.length > most ? `, of which the first ${most} are shown` : '');
}

/** The forms of faults for tools, which are printed on the standard output. */
export const toolFormats = ['json', 'github', 'sarif'] as const;
export type ToolFormat = (typeof toolFormats)[number];

export function sayFaultsFor(io: Io, format: ToolFormat, faults: readonly Fault[], texts: Texts): void {
  const text = toolText(io, format, faults, texts);
  if (text !== '') say(io.output, text);
  // What GitHub makes of its commands is far from the log that people read.
  if (format === 'github') say(io.messages, tally(faults));
}

function toolText(io: Io, format: ToolFormat, faults: readonly Fault[], texts: Texts): string {
  const root = io.environment.GITHUB_WORKSPACE || io.folder;
  const pathOf = (name: string) => pathFrom(root, resolve(io.folder, name));
  switch (format) {
    case 'json':
      return json(faultsToJson(faults, texts));
    case 'github':
      return faultsToGitHub(faults, texts, pathOf);
    case 'sarif':
      return json(faultsToSarif(faults, texts, { version: version(), root: pathToFileURL(root + sep).href, pathOf }));
  }
}

function json(value: object): string {
  return JSON.stringify(value, undefined, 2);
}

/** The path of a file from the root of a repository, as it is written there; of a file elsewhere, the whole path. */
function pathFrom(root: string, path: string): string {
  const way = relative(root, path);
  return way === '' || way.split(sep)[0] === '..' ? path : way.split(sep).join('/');
}

/** The texts of these sources, and of the prelude where a fault speaks of a formula there. */
export function textsFor(faults: readonly Fault[], sources: readonly Source[]): Texts {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const spans = faults.flatMap((fault) => [fault, ...(fault.because ?? []), ...(fault.trace ?? [])]);
  if (spans.some(({ span }) => span.source === preludeName)) texts.set(preludeName, prelude);
  return texts;
}
