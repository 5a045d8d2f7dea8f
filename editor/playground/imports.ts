/** The names of the texts that a text needs, itself first: what it imports, and what that imports. */
export function needed(name: string, textOf: (name: string) => string | undefined): readonly string[] {
  const found = [name];
  // What is found on the way is looked at in its turn.
  for (const from of found) {
    for (const [, path] of (textOf(from) ?? '').matchAll(/^\s*import\b[^"\n]*\bfrom\s*"([^"\n]*)"/gm)) {
      const to = resolved(from, path!);
      if (to !== undefined && textOf(to) !== undefined && !found.includes(to)) found.push(to);
    }
  }
  return found;
}

/** The name that a path of an import leads to; undefined outside of all texts. */
function resolved(from: string, path: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}
