import type { EdgeLabel, Graph, GraphLabel, NodeLabel } from '@dagrejs/dagre';

export type Drawing = Graph<GraphLabel, NodeLabel, EdgeLabel>;

/**
 * Gives everything its order within its row: as it is written, from left to right. Nearly all nets are drawn so without a
 * crossing; for the others dagre's own `search` looks for an order with fewer.
 */
export function orderRows(drawing: Drawing, search: (drawing: Drawing) => void): void {
  const counts = new Map<number, number>();
  const seen = new Set<string>();
  const rank = (name: string) => drawing.node(name).rank!;
  const pending = [...drawing.nodes()].sort((one, other) => rank(one) - rank(other)).reverse();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const node = drawing.node(name);
    node.order = counts.get(node.rank!) ?? 0;
    counts.set(node.rank!, node.order + 1);
    pending.push(...(drawing.successors(name) ?? []).reverse());
  }
  if (!crosses(drawing)) return;
  search(drawing);
  // The mirror image is as good, and may have the first row as it is written.
  const first = drawing.nodes().filter((name) => rank(name) === 0);
  const [left, right] = [first[0]!, first.at(-1)!].map((name) => drawing.node(name).order!);
  if (left! <= right!) return;
  for (const name of drawing.nodes()) {
    const node = drawing.node(name);
    node.order = counts.get(node.rank!)! - 1 - node.order!;
  }
}

/** Whether any two arrows between the same rows cross. */
function crosses(drawing: Drawing): boolean {
  const rows = new Map<number, (readonly [from: number, to: number])[]>();
  for (const { v, w } of drawing.edges()) {
    const { rank, order } = drawing.node(v);
    const row = rows.get(rank!) ?? [];
    rows.set(rank!, row);
    row.push([order!, drawing.node(w).order!]);
  }
  return [...rows.values()].some((row) => {
    row.sort(([from, to], [from2, to2]) => from - from2 || to - to2);
    return row.some(([, to], index) => index > 0 && to < row[index - 1]![1]);
  });
}
