import type { Snapshot } from '../snapshot.ts';
import type { StageInfo } from '../stages.ts';

/** The name in its scope of what a call without a label makes, where that has weights and is the same each time. */
export function ownName({ graphs }: Snapshot, { nodes, calls }: StageInfo): string | undefined {
  const names = new Set([...nodes, ...calls].map(({ path }) => path.slice(path.lastIndexOf('.') + 1)));
  const [name] = names;
  if (name === undefined || names.size > 1) return undefined;
  const hasWeights =
    nodes.some(({ weights }) => weights.length > 0) ||
    calls.some(({ path }) =>
      graphs.some((graph) => graph.nodes.some((node) => node.weights.length > 0 && isIn(path, node.path))),
    );
  return hasWeights ? name : undefined;
}

function isIn(scope: string, path: string): boolean {
  return path.startsWith(`${scope}.`);
}
