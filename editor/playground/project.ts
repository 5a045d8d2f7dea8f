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
