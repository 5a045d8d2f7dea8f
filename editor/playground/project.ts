/** The texts that somebody works on, by their names: those that differ from the examples, and the one that is shown first. */
export interface Project {
  readonly main: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The address by which the language server knows a text. What is nowhere a file is called by its address. */
export function uriOf(name: string): string {
  return name.includes(':') ? name : `file:///${name}`;
}

export function nameOf(uri: string): string {
  return decodeURIComponent(uri.replace(/^file:\/\/\//, ''));
}

/** A project from outside, where anything may stand: anybody may write a link. */
export function projectOf(value: unknown): Project | undefined {
  if (typeof value !== 'object' || value === null || !('main' in value) || !('texts' in value)) return undefined;
  const { main, texts } = value;
  if (typeof main !== 'string' || typeof texts !== 'object' || texts === null) return undefined;
  const entries = Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const names = entries.map(([name]) => name);
  if (!names.includes(main) || !names.every((name) => /^[\w-]+(\/[\w-]+)*\.net$/.test(name))) return undefined;
  return { main, texts: Object.fromEntries(entries) };
}
