import type { Span } from '../../grammar/source.ts';

/** The place of a value that comes from outside of the file: what one writes to give it. */
export function settingSpan(option: 'set' | 'dim', name: string, value: number | boolean | string): Span {
  return { source: `--${option} ${name}=${value}`, start: 0, end: 0 };
}
