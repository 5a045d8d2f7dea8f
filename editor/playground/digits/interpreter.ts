import {
  analyze,
  checkWeights,
  expand,
  faultMessage,
  type Graph,
  hasErrors,
  interpret,
  readSafetensors,
  severityOf,
  type Tensors,
} from '../../../compiler/index.ts';
import type { Project } from '../project.ts';
import { side } from './normalize.ts';
import type { Reading } from './reading.ts';
import { allStages } from './stages.ts';

/** A network that reads digits with weights that are there already; or why a text has none. */
export type Network = { readonly read: (image: Float32Array) => Reading } | { readonly problem: string };

/** More multiply-accumulates than this take too long for somebody who draws. */
const mostMacs = 20_000_000;

/**
 * The network of a text with the weights of the digits, by the reference interpreter: whatever somebody changed counts, as long as
 * the weights still fit.
 */
export function networkOf({ main, texts }: Project, weights: Uint8Array): Network {
  const files = { read: (name: string) => fileOf(texts, name) };
  const { value, faults } = analyze({ name: main, text: texts[main] ?? '' }, { files });
  const [graph] = value.graphs;
  if (hasErrors(faults)) return { problem: 'The text has mistakes.' };
  if (!graph) return { problem: 'The text has no network.' };
  const tensors = readSafetensors('digits.safetensors', weights).value;
  const problem = misfit(graph, tensors);
  if (problem !== undefined) return { problem };
  const observed = allStages(graph);
  const program = expand(observed.graph);
  const [input] = graph.inputs;
  const result = observed.graph.outputs.findIndex(({ value: stage }) => stage === graph.outputs[0]!.value);
  return {
    read(image) {
      const start = performance.now();
      const results = interpret(program, new Map([[input!.name, image]]), tensors, 1);
      const milliseconds = performance.now() - start;
      const stages = observed.graph.outputs.map(({ name, type }, index) => ({
        layer: observed.layers[index]!,
        shape: type.shape as readonly number[],
        data: results.get(name)!,
      }));
      return { scores: stages[result]!.data, stages, milliseconds };
    },
  };
}

function fileOf(texts: Project['texts'], name: string) {
  const text = texts[name];
  return text === undefined ? { why: 'there is no such text here' } : { text };
}

/** Why the net cannot read digits with these weights; undefined where it can. */
function misfit(graph: Graph, weights: Tensors): string | undefined {
  const [input, ...more] = graph.inputs;
  const [output] = graph.outputs;
  const takesPicture = more.length === 0 && input?.type.shape.join() === `1,${side},${side}`;
  if (!takesPicture || input?.type.element !== 'f32')
    return `${graph.name} does not take a picture of [1, ${side}, ${side}].`;
  if (graph.outputs.length !== 1 || output?.type.shape.join() !== '10')
    return `${graph.name} does not give 10 numbers.`;
  const fault = checkWeights(graph, 'digits.safetensors', weights).find((each) => severityOf(each) === 'error');
  if (fault) return `The weights do not fit any more: ${faultMessage(fault)}.`;
  const macs = graph.nodes.reduce((sum, node) => sum + (node.layer.macs?.(node) ?? 0), 0);
  return macs > mostMacs ? 'It has become too large to be interpreted while you draw.' : undefined;
}
