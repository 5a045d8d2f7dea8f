import type { Block } from '../../../grammar/ast.ts';
import type { Callable } from '../../1-check/callable.ts';
import type { Callee } from '../../1-check/callee.ts';
import { initializerWords } from '../../1-check/initializer.ts';
import { longName } from '../../1-check/option-names.ts';
import { dimText } from '../../dim.ts';
import { shapeSource } from '../../dim-source.ts';
import { constantOffers, expressionOffers } from './expressions.ts';
import { layerNames } from './layer-names.ts';
import { choiceOffer, type Offer, placeholder, sizeOffer, snippet, template, word } from './offer.ts';
import type { Site } from './site.ts';

/** What may stand behind `option=`. */
export function valueOffers(site: Site, callee: Callee, callable: Callable, written: string): readonly Offer[] {
  const name = longName(callable, written);
  if (name === undefined) return expressionOffers(site);
  if (callee.kind === 'block') return parameterValues(site, callee.block, name);
  const spec = callee.kind === 'layer' ? callee.layer.options[name] : undefined;
  switch (spec?.type) {
    case 'boolean':
      return [
        word('true', spec.doc),
        word('false', spec.doc),
        ...constantOffers(site, (value) => typeof value === 'boolean'),
      ];
    case 'word':
      return (spec.choices ?? []).map((choice) => choiceOffer(choice, choice, name));
    case 'padding':
      return [...(spec.choices ?? []).map((choice) => choiceOffer(choice, choice, name)), ...constantOffers(site)];
    case 'initializer':
      return initializerWords.map(
        ({ name: each, takes }): Offer => ({
          label: each,
          kind: 'choice',
          detail: spec.doc,
          ...snippet(takes === 0 ? each : `${each}(${placeholder(1, '0.02')})`),
        }),
      );
    case 'shape':
      return [...(site.before ? [shapeHere(site)] : []), ...constantOffers(site, Array.isArray)];
    case 'axis':
    case 'axes':
      return axisOffers(site);
    default:
      return expressionOffers(site);
  }
}

/** A layer where a layer is what the parameter holds otherwise, else a number or the like. */
function parameterValues(site: Site, block: Block, name: string): readonly Offer[] {
  const value = block.parameters.find((each) => each.name.text === name)?.default;
  const held = value?.kind === 'body' || (value?.kind === 'name' && site.declarations.callee(value.text) !== undefined);
  if (value && !held)
    return value.kind === 'boolean'
      ? [word('true', name), word('false', name), ...expressionOffers(site)]
      : expressionOffers(site);
  const layers = layerValues(site);
  return held ? layers : [...expressionOffers(site), ...layers];
}

/** Layers that are handed over by their name, or in braces. */
function layerValues({ snapshot }: Site): readonly Offer[] {
  const braces = { label: '{ … }', kind: 'snippet', detail: 'lines in braces', filterText: '{' } as const;
  return [...layerNames(snapshot), { ...braces, ...snippet(template`{ ${''} }`) }];
}

export function shapeHere({ before }: Site): Offer {
  const text = shapeSource(before!.shape);
  return { label: text, kind: 'size', detail: 'the shape here', text, isPreferred: true };
}

/** Each axis of what flows here, with its size. */
function axisOffers({ before }: Site): readonly Offer[] {
  const shape = before?.shape ?? [];
  return [
    ...shape.map((size, axis) => sizeOffer(String(axis), `of size ${dimText(size)}`)),
    sizeOffer('-1', 'the last axis'),
  ];
}
