import { formulaPart, layerSignature, signatureWords } from '../explain.ts';
import type { LayerNode } from '../graph.ts';
import type { AnyLayer } from '../layer.ts';
import { bullets, code, fenced, paragraphs } from './markdown.ts';
import { plainNode } from './plain-node.ts';

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
