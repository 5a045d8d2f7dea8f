import type { Graph as Drawing } from '@viz-js/viz';
import type { Graph, LayerNode, Value } from '../graph.ts';
import { layerText } from '../layer-text.ts';
import { signature, typeText } from '../signature.ts';
import { escapeXml, finishSvg, fonts, inks } from './style.ts';

/** Beyond these, laying out takes minutes and nobody could read the result. Skips are counted with the layers that they pass. */
const mostLayers = 1000;
const mostPassed = 2000;

/**
 * A net as a diagram, from top to bottom: a box for each layer with the activations that follow it, and the shape of
 * each value beside its arrow. Gives SVG text; undefined for a net that is too large. Graphviz, which lays it out, is
 * loaded when this is called.
 */
export async function plotModel(graph: Graph): Promise<string | undefined> {
  if (graph.nodes.length > mostLayers || passedLayers(graph) > mostPassed) return undefined;
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  const svg = viz.renderString(drawingOf(graph), { format: 'svg', engine: 'dot' });
  // Graphviz names its parts in comments and titles, which browsers would show as tips.
  const plain = svg.replaceAll(/<title>[^<]*<\/title>\n|<!--.*?-->\n/gs, '');
  return finishSvg(plain.replaceAll(/font-family="[^"]*"/g, `font-family="${fonts}"`), signature(graph));
}

/** The one that Graphviz measures text by. */
const fontname = 'Courier';

/** How many layers all values pass on their way to those that take them. */
function passedLayers(graph: Graph): number {
  const depths = new Map<Value, number>();
  let passed = 0;
  for (const { inputs, output } of graph.nodes) {
    const from = inputs.map((value) => depths.get(value) ?? 0);
    const depth = Math.max(0, ...from) + 1;
    passed += from.reduce((sum, each) => sum + depth - each - 1, 0);
    depths.set(output, depth);
  }
  const last = Math.max(0, ...depths.values());
  for (const { value } of graph.outputs) passed += last - (depths.get(value) ?? 0);
  return passed;
}

/** A layer and the activations that only it feeds. */
interface Box {
  readonly nodes: readonly LayerNode[];
  readonly output: Value;
}

function boxesOf(graph: Graph): readonly Box[] {
  const uses = new Map<Value, number>();
  for (const value of [...graph.nodes.flatMap((node) => node.inputs), ...graph.outputs.map((output) => output.value)]) {
    uses.set(value, (uses.get(value) ?? 0) + 1);
  }
  const boxes: Box[] = [];
  // The index of the box that a value comes out of.
  const boxOf = new Map<Value, number>();
  for (const node of graph.nodes) {
    const [input, ...others] = node.inputs;
    const before = input && others.length === 0 && uses.get(input) === 1 ? boxOf.get(input) : undefined;
    if (node.layer.formula && before !== undefined) {
      boxes[before] = { nodes: [...boxes[before]!.nodes, node], output: node.output };
      boxOf.set(node.output, before);
    } else {
      boxOf.set(node.output, boxes.length);
      boxes.push({ nodes: [node], output: node.output });
    }
  }
  return boxes;
}

function drawingOf(graph: Graph): Drawing {
  const boxes = boxesOf(graph);
  const makers = new Map<Value, string>([
    ...graph.inputs.map((input, index): [Value, string] => [input, `input${index}`]),
    ...boxes.map((box, index): [Value, string] => [box.output, `box${index}`]),
  ]);
  const arrow = (value: Value, head: string) => ({
    tail: makers.get(value)!,
    head,
    attributes: { label: `  ${typeText(value.type)}` },
  });
  const end = (name: string, text: string) => ({ name, attributes: { label: { html: pill(text) } } });
  return {
    graphAttributes: { rankdir: 'TB', bgcolor: 'transparent', nodesep: 0.35, ranksep: 0.22, pad: 0.2 },
    nodeAttributes: { shape: 'plain', fontname, fontsize: 12, fontcolor: inks.text.light },
    edgeAttributes: {
      fontname,
      fontsize: 10,
      fontcolor: inks.quiet.light,
      color: inks.line.light,
      penwidth: 1.2,
      arrowsize: 0.6,
    },
    nodes: [
      ...graph.inputs.map(({ name }, index) => end(`input${index}`, name)),
      ...boxes.map(({ nodes }, index) => ({ name: `box${index}`, attributes: { label: { html: card(nodes) } } })),
      ...graph.outputs.map(({ name }, index) => end(`output${index}`, name)),
    ],
    edges: [
      ...boxes.flatMap(({ nodes }, index) => nodes[0]!.inputs.map((value) => arrow(value, `box${index}`))),
      ...graph.outputs.map(({ value }, index) => arrow(value, `output${index}`)),
    ],
  };
}

/** What the layer and its activations are, as one would write them, below the path that its weights are called by. */
function card(nodes: readonly LayerNode[]): string {
  const [layer] = nodes;
  const { text, quiet, surface, faint } = inks;
  const what = shorten(nodes.map(layerText).join(' | '));
  const isNamed = layer!.weights.length > 0 || layer!.path.replace(/\d+$/, '') !== layer!.layer.name;
  return table(faint.light, surface.light, [
    ...(isNamed ? [`<FONT COLOR="${text.light}"><B>${escapeXml(shorten(layer!.path))}</B></FONT>`] : []),
    `<FONT COLOR="${quiet.light}">${escapeXml(what)}</FONT>`,
  ]);
}

const longest = 100;

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function pill(name: string): string {
  const { accent, accentSurface } = inks;
  return table(accent.light, accentSurface.light, [
    `<FONT COLOR="${accent.light}"><B>${escapeXml(shorten(name))}</B></FONT>`,
  ]);
}

/** A box with lines of text, in the language of Graphviz's labels. */
function table(border: string, background: string, lines: readonly string[]): string {
  const rows = lines.map((line) => `<TR><TD ALIGN="LEFT">${line}</TD></TR>`).join('');
  return `<TABLE BORDER="1" COLOR="${border}" BGCOLOR="${background}" STYLE="ROUNDED" CELLBORDER="0" CELLSPACING="4" CELLPADDING="1">${rows}</TABLE>`;
}
