import type { Body } from './ast.ts';
import { createRecentMap } from './recent.ts';

/**
 * What has been parsed before, by its text: while a text is edited, all lines but one are the same from version to version.
 * It belongs to the versions of one source, and only saves time: a parse with a memo gives what one without it gives.
 */
export interface ParseMemo {
  /** The tree of a text that began at `start`, with the spans that it has there; the same object while it stays in its place. */
  find(key: string, start: number): object | undefined;
  keep(key: string, start: number, node: object): void;
  /** The text is read once more. */
  turn(): void;
}

export function createParseMemo(): ParseMemo {
  const entries = createRecentMap<{ readonly start: number; readonly node: object }>(readings);
  return {
    find(key, start) {
      const entry = entries.get(key);
      if (!entry || entry.start === start) return entry?.node;
      const node = moved(entry.node, start - entry.start);
      entries.set(key, { start, node });
      return node;
    },
    keep: (key, start, node) => entries.set(key, { start, node }),
    turn: entries.turn,
  };
}

/** For how long lines are known that stand in no text any more: somebody may take back what was typed. */
const readings = 64;

/** Of trees that are copies for another place: what was parsed, and how far from there they stand. */
const originals = new WeakMap<object, { readonly node: object; readonly by: number }>();

/** The tree that was parsed, of which this one is a copy for another place; or the tree itself. */
export function originOf(node: object): object {
  return originals.get(node)?.node ?? node;
}

/** A tree for another place: its spans are moved. */
export function moved<Tree extends object>(tree: Tree, by: number): Tree {
  const { node, by: before } = originals.get(tree) ?? { node: tree, by: 0 };
  const distance = before + by;
  if (distance === 0) return node as Tree;
  const copy = isBody(node) ? movedBody(node, distance) : movedParts(node, distance);
  originals.set(copy, { node, by: distance });
  return copy as Tree;
}

function isBody(node: object): node is Body {
  return 'kind' in node && node.kind === 'body';
}

/**
 * The lines are moved when somebody asks for them: most declarations stay what they are while another one is written. There is
 * one getter for all bodies, since objects with getters of their own cost more than lines.
 */
function movedBody({ kind, span }: Body, by: number): Body {
  const body = { kind, span: { source: span.source, start: span.start + by, end: span.end + by } };
  return Object.defineProperty(body, 'lines', { get: movedLines, enumerable: true }) as Body;
}

function movedLines(this: object): Body['lines'] {
  const known = linesOf.get(this);
  if (known) return known;
  const { node, by } = originals.get(this)!;
  const lines = (node as Body).lines.map((line) => moved(line, by));
  linesOf.set(this, lines);
  return lines;
}

const linesOf = new WeakMap<object, Body['lines']>();

function movedParts(node: object, by: number): object {
  if (Array.isArray(node)) return node.map((item) => movedPart(item, by));
  const { start, end, source } = node as { start?: unknown; end?: unknown; source?: unknown };
  if (typeof start === 'number' && typeof end === 'number') return { source, start: start + by, end: end + by };
  const result: Record<string, unknown> = {};
  for (const key in node) result[key] = movedPart((node as Record<string, unknown>)[key], by);
  return result;
}

function movedPart(part: unknown, by: number): unknown {
  if (typeof part !== 'object' || part === null) return part;
  return isBody(part) ? moved(part, by) : movedParts(part, by);
}
