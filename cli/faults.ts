import {
  type Fault,
  faultsToJson,
  prelude,
  preludeName,
  renderFaults,
  type Source,
  type Texts,
  tally,
} from '../compiler/index.ts';
import { paletteOf } from './colours.ts';
import { type Io, say } from './io.ts';

/** What people can read through; a tool takes them all with `--json`. */
const most = 50;

/** Prints faults for people, with a summary. */
export function sayFaults(io: Io, faults: readonly Fault[], texts: Texts): void {
  if (faults.length === 0) return;
  const shown = faults.slice(0, most);
  const rest = faults.length - shown.length;
  const more = rest > 0 ? `, of which the first ${most} are shown` : '';
  say(io.messages, `${renderFaults(shown, texts, paletteOf(io, io.messages))}\n\n${tally(faults)}${more}`);
}

export function sayFaultsAsJson(io: Io, faults: readonly Fault[], texts: Texts): void {
  say(io.output, JSON.stringify(faultsToJson(faults, texts), undefined, 2));
}

/** The texts of these sources, and of the prelude where a fault speaks of a formula there. */
export function textsFor(faults: readonly Fault[], sources: readonly Source[]): Texts {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const spans = faults.flatMap((fault) => [fault, ...(fault.because ?? []), ...(fault.trace ?? [])]);
  if (spans.some(({ span }) => span.source === preludeName)) texts.set(preludeName, prelude);
  return texts;
}
