import { formulaPart, layerSignature, signatureWords } from '../explain.ts';
import type { LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import { bullets, code, fenced, paragraphs } from './markdown.ts';

/** What the manual says of a layer, in short: how it is written, what it does, its options. */
export function layerWords(layer: AnyLayer, written: string, node: LayerNode | undefined): string {
  const { name, summary, torch } = layer;
  return paragraphs(
    fenced(layerSignature(layer)),
    written === name ? summary : `${code(written)} is another name of ${code(name)}. ${summary}`,
    ...formulaPart(layer, node ?? plainNode(layer)),
    bullets(optionLines(layer)),
    torch && `PyTorch: ${code(torch)}`,
  );
}

/** `stride=1` (`s`): what it does. */
function optionLines(layer: AnyLayer): readonly string[] {
  return signatureWords(layer).flatMap(({ text, of }) => {
    if (typeof of !== 'object') return [];
    const { short, doc } = layer.options[of.option]!;
    return [`${code(text.replace(/^\[|\]$/g, ''))}${short === undefined ? '' : ` (${code(short)})`}: ${doc}`];
  });
}

/** An activation with its options as they are by default, which is enough to look at its curve; none where one must be given. */
function plainNode(layer: AnyLayer): LayerNode | undefined {
  const { options, formula, weights } = layer;
  if (!formula || Object.values(options).some((spec) => spec.default === undefined && !spec.optional)) return undefined;
  const { span } = formula;
  const value = { id: 0, name: formula.variable, type: { element: 'f32', shape: [1] }, span } as const;
  const typed = {
    path: layer.name,
    options: Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default])),
    inputs: [value],
    output: value,
    span,
  };
  const specs = weights?.(typed) ?? [];
  return { ...typed, layer, weights: specs.map((spec) => ({ name: spec.name, spec })) };
}
