import type { Span } from '../../grammar/source.ts';

/** The paths of a net's layers, which are the prefixes of their weights' names; each is there once. */
export interface Paths {
  /** Where the path was taken; undefined where it is free. */
  find(path: string): Span | undefined;
  take(path: string, span: Span): void;
}

/** A place where layers without a label are counted: the net, or a group with a label. */
export interface PathScope {
  /** The path of the scope itself; empty for the net. */
  readonly path: string;
  /** How many layers of a kind there are so far. */
  readonly counts: Map<string, number>;
}

/** All paths are free at first. */
export function createPaths(): Paths {
  const taken = new Map<string, Span>();
  return { find: (path) => taken.get(path), take: (path, span) => taken.set(path, span) };
}

/** A scope in which no layer has been counted yet. */
export function pathScope(path: string): PathScope {
  return { path, counts: new Map() };
}

/** The full path of a name within a scope. */
export function joinPath(scope: PathScope, name: string): string {
  return scope.path === '' ? name : `${scope.path}.${name}`;
}

/** One more layer of this kind: its ordinal, for layers with and without a label. */
export function countKind(scope: PathScope, kind: string): number {
  const ordinal = (scope.counts.get(kind) ?? 0) + 1;
  scope.counts.set(kind, ordinal);
  return ordinal;
}

/** The path of a layer without a label: `conv2`, or the next number that no label has taken. */
export function ordinalPath(paths: Paths, scope: PathScope, kind: string): string {
  let path = joinPath(scope, `${kind}${countKind(scope, kind)}`);
  while (paths.find(path)) path = joinPath(scope, `${kind}${countKind(scope, kind)}`);
  return path;
}
