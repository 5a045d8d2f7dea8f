import type { Graph } from './graph.ts';
import { shapeText, type ValueType } from './shape.ts';

/** A net as its head says it, with the sizes that were found: `LeNet(image: [3, 32, 32]) -> [10]`. */
export function signature({ name, inputs, outputs }: Graph): string {
  const takes = inputs.map((input) => `${input.name}: ${typeText(input.type)}`).join(', ');
  const [only, ...others] = outputs;
  const gives =
    only && others.length === 0
      ? typeText(only.type)
      : `(${outputs.map((output) => `${output.name}: ${typeText(output.type)}`).join(', ')})`;
  return `${name}(${takes}) -> ${gives}`;
}

/** `[3, 32, 32]`, `i32[T]` */
export function typeText({ element, shape }: ValueType): string {
  return `${element === 'f32' ? '' : element}${shapeText(shape)}`;
}
