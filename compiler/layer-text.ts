import type { LayerNode } from './graph.ts';
import { optionText } from './option-text.ts';

/**
 * A node as one would write it, with its sizes and the options that are not the default: `conv 3->6 k5`, `maxpool 2`.
 * Expressions of the source are their values here, so that a layer in a block or a loop reads as what it became.
 */
export function layerText({ layer, sizes, options, inputs }: LayerNode): string {
  const words = [layer.name];
  // A size that depends on symbolic ones is left to be inferred.
  if (sizes) words.push(`${Number.isNaN(sizes.in) ? '' : sizes.in}->${sizes.out}`);
  const rank = (inputs[0]?.type.shape.length ?? 1) - 1;
  for (const [name, spec] of Object.entries(layer.options)) {
    const value = options[name];
    if (value === undefined || optionText(spec, value, rank) === optionText(spec, spec.default, rank)) continue;
    const text = optionText(spec, value, rank);
    if (value === true) words.push(name);
    else if (!sizes && layer.positional?.[0] === name && !text.startsWith('-')) words.push(text);
    else if (spec.short && /^\d/.test(text)) words.push(`${spec.short}${text}`);
    else words.push(`${spec.short ?? name}=${text}`);
  }
  return words.join(' ');
}
