import type { AnyLayer, OptionValue } from '../../layer.ts';
import { typeText } from '../../signature.ts';
import { valuesOf } from '../callees.ts';
import type { Definition } from '../names.ts';
import { type Offer, snippet, template } from './offer.ts';
import type { Site } from './site.ts';
import { tryLayer } from './try-layer.ts';

/** The values that may be joined to the flow: those that fit come first, the nearest before. */
export function operandOffers(site: Site, layer: AnyLayer, given: readonly string[]): readonly Offer[] {
  const all = valuesOf(site).filter(({ name }) => !given.includes(name));
  const fitting = new Set(all.slice(0, mostTried).filter((each) => fits(site, layer, each)));
  const sorted = [...all.filter((each) => fitting.has(each)), ...all.filter((each) => !fitting.has(each))];
  return [
    ...sorted.map((each): Offer => {
      const { name, type } = each;
      const shape = type && typeText(type);
      return { label: name, kind: 'value', ...(shape !== undefined && { detail: shape }), text: name };
    }),
    {
      label: '{ … }',
      kind: 'snippet',
      detail: 'a branch, which the flow feeds',
      filterText: '{',
      ...snippet(template`{ ${''} }`),
    },
  ];
}

/** The nearest value that a join takes beside the flow. */
export function fittingValue(site: Site, layer: AnyLayer): Definition | undefined {
  return valuesOf(site)
    .slice(0, mostTried)
    .find((value) => fits(site, layer, value));
}

/** Values that stand further away are hardly meant. */
const mostTried = 100;

/** Whether a join takes a value beside the flow. Unless both are known nothing speaks against it. */
function fits({ before }: Site, layer: AnyLayer, { type }: Definition): boolean {
  if (!before || !type) return true;
  const needed = Object.entries(layer.options).filter(([, spec]) => spec.default === undefined && !spec.optional);
  // What else must be said is as good as any: one whole part.
  const given = Object.fromEntries(needed.map(([name]): [string, OptionValue] => [name, 1]));
  return tryLayer(layer, [before, type], given) !== undefined;
}
