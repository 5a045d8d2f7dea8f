import { keptAxes } from '../1-check/kept-axis.ts';
import { type Graph, type GraphWeight, type LayerNode, type Value, weightsOf } from '../graph.ts';
import { fractionText } from '../plot/curve.ts';
import { type FieldAxis, receptiveFields } from '../receptive-field.ts';
import { numberText } from '../report/numbers.ts';
import { product } from '../shape.ts';
import { code, shortened } from './markdown.ts';
import type { Snapshot } from './snapshot.ts';

/** What layers cost and what they see, in lines of Markdown. */

/** `parameters: 6·3·5·5 + 6 = 456`; nothing for layers without any, or while sizes are open. */
export function parameterLines(nodes: readonly LayerNode[]): readonly string[] {
  const trained = distinctWeights(nodes).filter(({ spec }) => spec.role === 'parameter');
  const count = trained.reduce((sum, { spec }) => sum + product(spec.shape), 0);
  if (trained.length === 0 || Number.isNaN(count)) return [];
  const sum = trained.map(({ spec }) => spec.shape.join('·') || '1').join(' + ');
  const isShort = trained.length <= mostSummed && /\D/.test(sum);
  return [isShort ? `parameters: ${code(`${sum} = ${numberText(count)}`)}` : `parameters: ${numberText(count)}`];
}

/** More tensors than these are not added up for people. */
const mostSummed = 4;

export function macLines(nodes: readonly LayerNode[]): readonly string[] {
  const count = nodes.reduce((sum, node) => sum + (node.layer.macs?.(node) ?? 0), 0);
  return count > 0 ? [`MACs: ${numberText(count)}`] : [];
}

/** The names and shapes of the tensors that layers own, as the file of weights has them. */
export function weightLines(nodes: readonly LayerNode[]): readonly string[] {
  const weights = distinctWeights(nodes).filter(({ spec }) => spec.role !== 'ignored');
  if (weights.length === 0) return [];
  const sizes = (shape: readonly number[]) => shape.map((size) => (Number.isNaN(size) ? '?' : size)).join(', ');
  const texts = weights.map(({ name, spec }) => code(`${name} [${sizes(spec.shape)}]`));
  return [`weights: ${shortened(texts, mostWeights)}`];
}

const mostWeights = 6;

function distinctWeights(nodes: readonly LayerNode[]): readonly GraphWeight[] {
  return [...new Map(nodes.flatMap(({ weights }) => weights).map((weight) => [weight.name, weight])).values()];
}

/** The whole of a net. */
export function netLines(graph: Graph): readonly string[] {
  const tensors = weightsOf(graph).length;
  const lines = [...parameterLines(graph.nodes), ...macLines(graph.nodes)];
  return tensors > 0 ? [...lines, `weights: ${tensors} tensors`] : lines;
}

/** A longer way back is not looked at while somebody waits. */
const mostNodes = 2000;

/** `receptive field: 14×14, stride 2` of what a layer gives, in the inputs of its net. */
export function fieldLines({ graphs }: Snapshot, { path, span }: LayerNode): readonly string[] {
  for (const graph of graphs) {
    const node = graph.nodes.find((each) => {
      return each.path === path && each.span.start === span.start && each.span.source === span.source;
    });
    if (node) return graph.nodes.length > mostNodes ? [] : fieldsOf(graph, node.output);
  }
  return [];
}

function fieldsOf(graph: Graph, value: Value): readonly string[] {
  const kept = keptAxes(graph);
  return (receptiveFields(graph, value) ?? []).flatMap(({ input, axes }) => {
    const places = placesOf(axes, kept.get(input.name));
    const where = graph.inputs.length > 1 ? ` in ${code(input.name)}` : '';
    const text = fieldText(places);
    return text === undefined ? [] : [`receptive field${where}: ${text}`];
  });
}

/** The axes that windows slide along: those of features aside. */
function placesOf(axes: readonly FieldAxis[], features: 'first' | 'last' | 'none' | undefined): readonly FieldAxis[] {
  if (features === 'none') return axes;
  return features === 'last' ? axes.slice(0, -1) : axes.slice(1);
}

/** Undefined where each place follows from one alone. */
function fieldText(axes: readonly FieldAxis[]): string | undefined {
  if (axes.length === 0 || axes.every(({ size, stride = 1 }) => size === 1 && stride === 1)) return undefined;
  if (axes.every(({ size }) => size === Infinity)) return 'all of it';
  const sizes = axes.map(({ size }) => (size === Infinity ? 'all' : String(size))).join('×');
  const strides = axes.filter(({ size }) => size !== Infinity).map(({ stride }) => stride);
  const known = strides.flatMap((stride) => (stride === undefined ? [] : fractionText(stride)));
  if (known.length < strides.length) return sizes;
  return `${sizes}, stride ${new Set(known).size === 1 ? known[0] : known.join('×')}`;
}
