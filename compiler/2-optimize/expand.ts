import type { Graph, Value } from '../graph.ts';
import { fixed } from '../layer.ts';
import { layerText } from '../layer-text.ts';
import { product } from '../shape.ts';
import type { MeaningOperand, Operation, TensorProgram, TensorValue } from '../tensor/tensor.ts';

/** Each layer's meaning in its place, one operation for each of its steps. The sizes of the graph are all fixed. */
export function expand(graph: Graph): TensorProgram {
  let nextId = 0;
  let firstScan = 0;
  const newValue = (name: string, size: number): TensorValue => ({ id: nextId++, name, size });
  const values = new Map<Value, TensorValue>();
  const weights = new Map<string, TensorValue>();
  const operations: Operation[] = [];

  for (const input of graph.inputs) values.set(input, newValue(input.name, sizeOf(input)));
  const inputs = graph.inputs.map((input) => values.get(input)!);

  for (const node of graph.nodes) {
    const ownWeights = new Map<string, TensorValue>();
    for (const { name, spec } of node.weights) {
      if (spec.role === 'ignored') continue;
      // Nodes that share a path share their weights.
      const value = weights.get(name) ?? newValue(name, product(spec.shape));
      weights.set(name, value);
      ownWeights.set(spec.name, value);
    }
    const meaning = node.layer.lower(node);
    const steps = meaning.map(({ axes }, index) => {
      const name = index < meaning.length - 1 ? `${node.path} step ${index + 1}` : node.path;
      return newValue(name, product(axes));
    });
    const resolve = (operand: MeaningOperand): TensorValue => {
      switch (operand.kind) {
        case 'input':
          return values.get(node.inputs[operand.index]!)!;
        case 'weight':
          return ownWeights.get(operand.name)!;
        case 'step':
          return steps[operand.index]!;
      }
    };
    const does = [{ path: node.path, text: layerText(node) }];
    for (const [index, { loads, scan, ...expression }] of meaning.entries()) {
      operations.push({
        output: steps[index]!,
        expression: {
          ...expression,
          ...(scan !== undefined && { scan: firstScan + scan }),
          loads: loads.map((load) => ({ ...load, from: resolve(load.from) })),
        },
        does,
      });
    }
    firstScan = meaning.reduce((next, { scan = -1 }) => Math.max(next, firstScan + scan + 1), firstScan);
    values.set(node.output, steps.at(-1)!);
  }

  return {
    name: graph.name,
    inputs,
    weights: [...weights.values()],
    operations,
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: values.get(value)! })),
  };
}

function sizeOf(value: Value): number {
  return product(fixed(value.type.shape));
}
