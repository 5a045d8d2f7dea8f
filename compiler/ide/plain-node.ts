import type { LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';

/** An activation with its options as they are by default, which is enough to look at its curve; none where one must be given. */
export function plainNode(layer: AnyLayer): LayerNode | undefined {
  const { options, formula, weights } = layer;
  if (!formula || Object.values(options).some((spec) => spec.default === undefined && !spec.optional)) return undefined;
  const { span } = formula;
  const value = { id: 0, name: formula.variable, type: { element: 'f32', shape: [1] }, span } as const;
  const typed = {
    path: layer.name,
    options: Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
    inputs: [value],
    output: value,
    span,
  };
  const specs = weights?.(typed) ?? [];
  return { ...typed, layer, weights: specs.map((spec) => ({ name: spec.name, spec })) };
}
