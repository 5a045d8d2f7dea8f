import type { Argument } from '../../grammar/ast.ts';
import { code, paragraphs } from './markdown.ts';
import { flowText } from './stage-hover.ts';
import type { StageInfo } from './stages.ts';

type Sizes = Extract<Argument, { readonly kind: 'sizes' }>;

/** What stands on both sides of an arrow: "400 features arrive, as is inferred, and 120 leave." */
export function sizesWords(info: StageInfo, { in: from, out }: Sizes): string {
  const sizes = info.nodes[0]?.sizes;
  if (!sizes) return paragraphs(flowText(info), 'The sizes of what flows in and out.');
  const arrive = Number.isNaN(sizes.in) ? 'as many features as arrive' : featuresText(sizes.in);
  return paragraphs(
    code(`${Number.isNaN(sizes.in) ? '' : sizes.in}->${sizes.out}`),
    `It takes ${arrive}${from ? '' : ', which is inferred,'} and gives ${featuresText(sizes.out)}${out ? '' : ', which is inferred'}.`,
  );
}

function featuresText(size: number): string {
  return `${size} ${size === 1 ? 'feature' : 'features'}`;
}
