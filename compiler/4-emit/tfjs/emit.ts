import { IndentationText, Project, QuoteKind } from 'ts-morph';
import type { Outcome } from '../../fault.ts';
import type { Graph } from '../../graph.ts';
import { metadataOf, metadataStatement } from '../metadata.ts';
import type { Origin } from '../origin.ts';
import { runtime } from '../runtime.generated.ts';
import { textsOf } from '../runtime.ts';
import { oneLine } from '../text.ts';
import { activationClass } from './activation-class.ts';
import { buildFunction, loadFunction, placesStatement, saveFunction } from './model.ts';
import { moduleNames } from './names.ts';
import { planOf } from './plan.ts';
import { support } from './support.generated.ts';

/**
 * A net with fixed sizes as a TypeScript module over `@tensorflow/tfjs`: `build` gives a `tf.LayersModel` with fresh
 * weights, `load` one with the weights of a safetensors file, and `save` writes them back. The text is empty where
 * there are faults: what tfjs cannot do.
 */
export function emitTfjs(graph: Graph, { source, version }: Origin): Outcome<string> {
  const { value: plan, faults } = planOf(graph);
  if (faults.length > 0) return { value: '', faults };
  const names = moduleNames(plan);
  const copies = ['readWeights', 'writeTensors', 'setWeights', 'getWeights', 'Places', ...names.support];
  const origin = oneLine(`${graph.name} for tfjs, compiled from ${source} by netc ${version}.`);
  const statements = [
    `// ${origin}\n// Do not edit: change the source and compile it again.`,
    "import * as tf from '@tensorflow/tfjs';",
    metadataStatement(metadataOf(graph)),
    buildFunction(graph, plan, names),
    loadFunction,
    saveFunction,
    placesStatement(plan),
    ...plan.activations.map((activation) => activationClass(graph, activation, names.classOf(activation))),
    textsOf({ ...support, ...runtime }, copies).join('\n\n'),
    ...names.classes.map((name) => `tf.serialization.registerClass(${name});`),
  ];
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  });
  return { value: project.createSourceFile('model.ts', { statements }).getFullText(), faults };
}
