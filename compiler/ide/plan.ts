import { build } from '../compile.ts';
import type { Graph } from '../graph.ts';
import type { CompiledModel } from '../kernel/kernel.ts';

/** To plan more layers takes longer than somebody waits who types. */
const mostLayers = 200;

/** A net as kernels with its memory planned; undefined while sizes are open, and for a long net. It must have no errors. */
export function planned(graph: Graph): CompiledModel | undefined {
  return graph.symbols.length === 0 && graph.nodes.length <= mostLayers ? build(graph).model : undefined;
}
