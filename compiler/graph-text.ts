import { requirementText } from './dim.ts';
import type { Graph, LayerNode, Value } from './graph.ts';
import { layerText } from './layer-text.ts';
import { signature, typeText } from './signature.ts';

/**
 * A checked net as a person reads it: for each layer its path, what it is and what it takes, and the type of its result.
 *
 *     net LeNet(image: [3, 32, 32]) -> [10]
 *       conv1 = conv 3->6 k5 (image): [6, 28, 28]
 */
export function graphText(graph: Graph): string {
  const times = new Map<string, number>();
  const producers = new Map(
    graph.nodes.map(({ output, path }) => {
      const time = times.get(path) ?? 0;
      times.set(path, time + 1);
      // A layer whose weights are used again gives another value: `tower.fc'`.
      return [output, time === 0 ? path : `${path}'${time === 1 ? '' : time}`];
    }),
  );
  const nameOf = (value: Value) => producers.get(value) ?? value.name;
  return [
    `net ${signature(graph)}`,
    ...graph.nodes.map((node) => `  ${nodeText(node, nameOf)}`),
    ...graph.outputs.map(({ name, value }) => `  return ${name} = ${nameOf(value)}`),
    ...graph.requirements.map((requirement) => `  where ${requirementText(requirement)}`),
  ].join('\n');
}

function nodeText(node: LayerNode, nameOf: (value: Value) => string): string {
  return `${nameOf(node.output)} = ${layerText(node)} (${node.inputs.map(nameOf).join(', ')}): ${typeText(node.output.type)}`;
}
