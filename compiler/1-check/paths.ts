import type { Span } from '../../grammar/source.ts';

/** The paths of a net's layers, which are the prefixes of their weights' names; each is there once. */
export interface Paths {
  /** What took the path; undefined where it is free. */
  find(path: string): TakenPath | undefined;
  take(path: string, taken: TakenPath): void;
  /** For suggestions. */
  all(): Iterable<string>;
}

export interface TakenPath {
  readonly span: Span;
  /** The name of the layer or block that has it: only the same may share it. */
  readonly by: string;
  readonly labelled: boolean;
}

/** The path of a stage. */
export interface ClaimedPath {
  /** Empty for the net. */
  readonly path: string;
  /** Whether it is there already, and all within means the same weights once more. */
  readonly shared: boolean;
}

/** A place where layers without a label are counted: the net, a block, or a group with a label. */
export interface PathScope extends ClaimedPath {
  /** How many layers of a kind there are so far. */
  readonly counts: Map<string, number>;
}

/** All paths are free at first. */
export function createPaths(): Paths {
  const taken = new Map<string, TakenPath>();
  return {
    find: (path) => taken.get(path),
    take: (path, by) => taken.set(path, by),
    all: () => taken.keys(),
  };
}

/** A scope in which no layer has been counted yet. */
export function pathScope({ path, shared }: ClaimedPath): PathScope {
  return { path, counts: new Map(), shared };
}

/** The full path of a name within a scope. */
export function joinPath(scope: Pick<PathScope, 'path'>, name: string): string {
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
  for (;;) {
    const path = joinPath(scope, `${kind}${countKind(scope, kind)}`);
    const taken = paths.find(path);
    if (!taken || (scope.shared && !taken.labelled)) return path;
  }
}
