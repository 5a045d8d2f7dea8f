import type { Span } from '../../grammar/source.ts';
import { type Fault, fault } from '../fault.ts';
import { nearest } from '../suggest.ts';

/** Values from outside, by name: of `let`s (`--set`), and of symbolic sizes (`--dim`). */
export type Settings = ReadonlyMap<string, number | boolean | string>;

/** How one writes each of them, and what it is a value for. */
const kinds = { set: 'let', dim: 'symbolic size' } as const;

/** The place of a value that comes from outside of the file: what one writes to give it. */
function settingSpan(option: keyof typeof kinds, name: string, value: number | boolean | string): Span {
  return { source: `--${option} ${name}=${value}`, start: 0, end: 0 };
}

/** Reports values for names that the file does not have. */
export function reportStraySettings(
  option: keyof typeof kinds,
  settings: Settings,
  known: Iterable<string>,
  file: string,
  report: (fault: Fault) => void,
): void {
  const names = new Set(known);
  for (const [name, value] of settings) {
    if (names.has(name)) continue;
    const near = nearest(name, names);
    const evidence = { file, what: kinds[option], name, ...(near && { nearest: near }) } as const;
    report(fault('name/setting', settingSpan(option, name, value), evidence));
  }
}
