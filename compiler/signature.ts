import type { Graph } from './graph.ts';
import { shapeText, type ValueType } from './shape.ts';

/** A net as its head says it, with the sizes that were found: `LeNet(image: [3, 32, 32]) -> [10]`. */
export function signature(graph: Graph): string {
  const takes = graph.inputs.map((input) => `${input.name}: ${typeText(input.type)}`).join(', ');
  return `${graph.name}(${takes}) -> ${resultText(graph)}`;
}

/** What a net gives: `[10]`, `(distance: [1], code: [64])` */
export function resultText({ outputs }: Pick<Graph, 'outputs'>, text = typeText): string {
  const [only, ...others] = outputs;
  return only && others.length === 0
    ? text(only.type)
    : `(${outputs.map((output) => `${output.name}: ${text(output.type)}`).join(', ')})`;
}

/** `[3, 32, 32]`, `i32[T]` */
export function typeText({ element, shape }: ValueType): string {
  return `${element === 'f32' ? '' : element}${shapeText(shape)}`;
}
