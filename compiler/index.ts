/**
 * netc as a library: everything that the command line, an editor or a build tool needs of the compiler. It runs in Node and
 * in browsers, reads no files, and keeps no state. What is wrong with an input comes back as faults and is never thrown.
 *
 *     const { value, faults } = analyze({ name: 'lenet.net', text });
 *     if (hasErrors(faults)) console.error(renderFaults(faults, new Map([['lenet.net', text]])));
 *     else console.log(await compileToTypeScript(value.graphs[0]!, { source: 'lenet.net', version: '1' }));
 *
 * Functions that need a large library (an emitter, a plot) are asynchronous, and load it when they are first called.
 */
import type { Origin } from './4-emit/origin.ts';
import { type BuildOptions, build } from './compile.ts';
import type { Outcome } from './fault.ts';
import type { Graph } from './graph.ts';

// --- from text to checked nets

export { format } from '../grammar/print.ts';
export { lineStarts, positionAt, type Source, type Span } from '../grammar/source.ts';
export type { CheckOptions } from './1-check/check.ts';
export { type Analysis, type AnalyzeOptions, analyze } from './compile.ts';
export { type Graph, type GraphWeight, type LayerNode, type OwnedWeight, type Value, weightsOf } from './graph.ts';
export type { Files } from './imports.ts';
export { fixed } from './layer.ts';
export { product, type Shape, shapeText } from './shape.ts';
export { signature } from './signature.ts';
export { type Sizes, solveSizes } from './sizes/sizes.ts';
export { sizesText } from './sizes/text.ts';

// --- what is wrong with them

export type { Because, Edit, Fault, Fix, Outcome, Severity } from './fault.ts';
export { fault, hasErrors, severityOf } from './fault.ts';
export { counted } from './faults/words.ts';
export { preludeName } from './layers/activations.ts';
export { prelude } from './layers/prelude.generated.ts';
export { textWidth, visible } from './report/display.ts';
export { faultsToGitHub } from './report/github.ts';
export { type FaultsJson, faultsToJson } from './report/json.ts';
export { bytesText, numberText } from './report/numbers.ts';
export type { PathOf, Texts } from './report/places.ts';
export { faultMessage, type Palette, plain, renderFaults, tally } from './report/report.ts';
export { faultsToSarif, type SarifOptions } from './report/sarif.ts';
export { nearest } from './suggest.ts';

// --- what they cost, and what is known of layers

export { explain, topics } from './explain.ts';
export { type Summary, summarize } from './summary.ts';

// --- weights

export {
  checkWeights,
  initialWeights,
  readSafetensors,
  type Tensor,
  type Tensors,
  writeSafetensors,
} from './weights.ts';

// --- code

export type { Origin } from './4-emit/origin.ts';
export { type BuildOptions, type Built, build } from './compile.ts';

/** A net with fixed sizes as one TypeScript module without imports. */
export async function compileToTypeScript(graph: Graph, origin: Origin, options: BuildOptions = {}): Promise<string> {
  const { emitTypeScript } = await import('./4-emit/typescript/emit.ts');
  return emitTypeScript(build(graph, options), origin);
}

/** A net with fixed sizes as a TypeScript module that builds a `tf.LayersModel`; a fault names a layer that tfjs cannot have. */
export async function compileToTfjs(graph: Graph, origin: Origin): Promise<Outcome<string>> {
  const { emitTfjs } = await import('./4-emit/tfjs/emit.ts');
  return emitTfjs(graph, origin);
}

// --- the reference, and the stages for people

export { tokenize } from '../grammar/lexer.ts';
export { parse } from '../grammar/parse.ts';
export { expand } from './2-optimize/expand.ts';
export { graphText } from './graph-text.ts';
export { kernelsText, planText } from './kernel/text.ts';
export { interpret } from './tensor/interpret.ts';
export { programText } from './tensor/text.ts';

// --- pictures

export { plotActivation } from './plot/activation.ts';
export { plotModel } from './plot/model.ts';
export { inks } from './plot/style.ts';
