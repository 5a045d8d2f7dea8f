import { readFileSync } from 'node:fs';

/** The texts between code fences of a page. */
export function examplesIn(markdown: string): string[] {
  return [...markdown.matchAll(/^```net\n(.*?)^```$/gms)].map((match) => match[1]!);
}

/** The files of `examples.md`. */
export const examples = examplesIn(readFileSync(new URL('./examples.md', import.meta.url), 'utf8'));
