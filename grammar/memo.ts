/**
 * What has been parsed before, by its text: while a text is edited, all lines but one are the same from version to version.
 * It belongs to the versions of one source, and only saves time: a parse with a memo gives what one without it gives.
 */
export interface ParseMemo {
  /** The tree of a text that began at `start`, with the spans that it has there; the same object while it stays in its place. */
  find(key: string, start: number): object | undefined;
  keep(key: string, start: number, node: object): void;
  /** The same object for all trees of a text, wherever it stood. */
  originOf(node: object): object;
}

export function createParseMemo(): ParseMemo {
  const entries = new Map<string, { readonly start: number; readonly node: object }>();
  const origins = new WeakMap<object, object>();
  const originOf = (node: object) => origins.get(node) ?? node;
  return {
    find(key, start) {
      const entry = entries.get(key);
      if (!entry || entry.start === start) return entry?.node;
      const node = shifted(entry.node, start - entry.start);
      origins.set(node, originOf(entry.node));
      entries.set(key, { start, node });
      return node;
    },
    keep(key, start, node) {
      // What is oldest goes first: more lines than any text has are lines of texts that are gone.
      if (entries.size >= mostEntries)
        for (const old of [...entries.keys()].slice(0, mostEntries / 2)) entries.delete(old);
      entries.set(key, { start, node });
    },
    originOf,
  };
}

const mostEntries = 20_000;

/** A copy of a tree whose spans are moved. */
export function shifted<Tree>(tree: Tree, by: number): Tree {
  return copy(tree, by) as Tree;
}

function copy(node: unknown, by: number): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => copy(item, by));
  const { start, end, source } = node as { start?: unknown; end?: unknown; source?: unknown };
  if (typeof start === 'number' && typeof end === 'number') return { source, start: start + by, end: end + by };
  const result: Record<string, unknown> = {};
  for (const key in node) result[key] = copy((node as Record<string, unknown>)[key], by);
  return result;
}
