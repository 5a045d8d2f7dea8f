/**
 * The compiler knows a text by a name in which folders are parted by `/`, so that an import may be followed; a client knows it
 * by a URI. The name of a file is its path. That of any other text begins with the scheme, and an authority is a folder with
 * `@` before it: `vscode-vfs://github/a/b.net` is `vscode-vfs:/@github/a/b.net`.
 */
export function nameOf(uri: string): string {
  const parts = /^([A-Za-z][\w+.-]*):(?:\/\/([^/?#]*))?(.*)$/s.exec(uri);
  if (!parts) return uri;
  const [, scheme = '', authority = '', rest = ''] = parts;
  const path = decoded(rest);
  if (scheme !== 'file' || authority !== '') return `${scheme}:${authority && `/@${authority}`}${path}`;
  // Windows: `file:///C%3A/models/a.net` and `file:///c:/models/a.net` are one file.
  return path.replace(/^\/([A-Za-z]):/, (_, drive: string) => `${drive.toLowerCase()}:`);
}

export function uriOf(name: string): string {
  const parts = /^([A-Za-z][\w+.-]+):(?:\/@([^/]*))?(.*)$/s.exec(name);
  if (parts) return `${parts[1]}:${parts[2] ? `//${parts[2]}` : ''}${encoded(parts[3] ?? '')}`;
  return `file://${name.startsWith('/') ? '' : '/'}${encoded(name)}`;
}

/** Whether the folder is known that relative paths start from: not of a text that was never saved. */
export function hasFolder(name: string): boolean {
  return name.includes('/');
}

/** All but the last part of a path, with the slash. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}

/** The last part of a path. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** As it is, where it is not what `encodeURIComponent` gives. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** All but what RFC 3986 lets stand anywhere, as editors do. */
function encoded(path: string): string {
  return path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}
