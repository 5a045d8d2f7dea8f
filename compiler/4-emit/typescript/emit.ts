import { IndentationText, Project, QuoteKind } from 'ts-morph';
import type { Built } from '../../compile.ts';
import { metadataOf, metadataStatement } from '../metadata.ts';
import type { Origin } from '../origin.ts';
import { runtimeTexts } from '../runtime.ts';
import { oneLine } from '../text.ts';
import { copiesOf, kernelFunction } from './kernel.ts';
import { loadFunction, modelInterface } from './model.ts';
import { planOf } from './plan.ts';

/**
 * A model as one TypeScript module without imports: `metadata`, `WeightsError`, and `load`, which takes the bytes of a
 * safetensors file and gives a model to run. Each kernel is a function that says which layers it does.
 */
export function emitTypeScript({ graph, model }: Pick<Built, 'graph' | 'model'>, { source, version }: Origin): string {
  const metadata = metadataOf(graph);
  const plan = planOf(model, graph);
  const copies = ['checkInput', 'readWeights', ...model.kernels.flatMap((kernel) => [...copiesOf(kernel)])] as const;
  const statements = [
    `// ${oneLine(`${graph.name}, compiled from ${source} by netc ${version}.`)}\n// Do not edit: change the source and compile it again.`,
    metadataStatement(metadata),
    modelInterface(graph, plan),
    loadFunction(model, metadata, plan),
    ...model.kernels.map((kernel) => kernelFunction(kernel, plan.kernels.get(kernel.name)!)),
    runtimeTexts(copies).join('\n\n'),
  ];
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  });
  return project.createSourceFile('model.ts', { statements }).getFullText();
}
