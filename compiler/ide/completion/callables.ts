import type { Callee } from '../../1-check/callee.ts';
import { isLayer } from '../../1-check/constant.ts';
import { layerSignature } from '../../explain.ts';
import type { AnyLayer } from '../../layer.ts';
import { typeText } from '../../signature.ts';
import { featuresFor } from '../callees.ts';
import { blockHead } from '../declared-hover.ts';
import { code, fenced, paragraphs } from '../markdown.ts';
import type { Definition } from '../names.ts';
import { blockSnippet, layerSnippet } from './call-snippet.ts';
import { fittingValue } from './joins.ts';
import { type Offer, snippet } from './offer.ts';
import type { Site } from './site.ts';
import { tryLayer } from './try-layer.ts';

/** A layer with what it takes, or the shape that it would give here. */
export function layerOffer(layer: AnyLayer, site: Site): Offer {
  const { formula, name, summary } = layer;
  const { before } = site;
  const features = featuresFor({ kind: 'layer', layer, what: '' }, before);
  const operand = layer.operands === 'join' ? fittingValue(site, layer)?.name : undefined;
  const gives = before && layer.operands === 'one' ? tryLayer(layer, [before]) : undefined;
  const changes = gives && before && typeText(gives.type) !== typeText(before);
  return {
    label: name,
    kind: formula ? 'activation' : 'layer',
    detail: changes
      ? `→ ${typeText(gives.type)}`
      : layerSignature(layer).slice(name.length + 1) || (formula?.text ?? ''),
    documentation: paragraphs(fenced(layerSignature(layer)), summary, formula && code(`y = ${formula.text}`)),
    ...snippet(layerSnippet(layer, { features, shape: before?.shape, operand })),
  };
}

export function synonymOffers(layer: AnyLayer, site: Site): readonly Offer[] {
  return (layer.synonyms ?? []).map((synonym) => ({
    ...layerOffer(layer, site),
    label: synonym,
    detail: `→ ${layer.name}`,
  }));
}

/** An `act` or a block of the text, or one that it imports. */
export function ownOffers(definition: Definition, site: Site): readonly Offer[] {
  const { name, doc } = definition;
  const callee = site.declarations.callee(name);
  if (callee?.kind === 'layer') {
    return [{ ...layerOffer({ ...callee.layer, name }, site), ...(doc !== undefined && { documentation: doc }) }];
  }
  return callee?.kind === 'block' ? [blockOffer(name, callee, doc, site)] : [];
}

function blockOffer(
  name: string,
  callee: Extract<Callee, { kind: 'block' }>,
  doc: string | undefined,
  site: Site,
): Offer {
  const head = blockHead(callee.block);
  const features = featuresFor(callee, site.before);
  return {
    label: name,
    kind: 'block',
    detail: head.slice(callee.block.name.text.length + 1),
    documentation: paragraphs(fenced(`block ${head}`), doc),
    ...snippet(blockSnippet(callee.block, name, { features })),
  };
}

/** Whether a parameter or a `let` holds a layer: it does, or does where nothing else is said. */
export function holdsLayer({ constant, block, name }: Definition, { declarations }: Site): boolean {
  if (constant !== undefined) return isLayer(constant);
  const value = block?.parameters.find((each) => each.name.text === name)?.default;
  return value?.kind === 'body' || (value?.kind === 'name' && declarations.callee(value.text) !== undefined);
}

export function heldOffer({ name, constant }: Definition): Offer {
  const detail = constant !== undefined && isLayer(constant) ? `= ${constant.text}` : 'a layer';
  return { label: name, kind: 'activation', detail, text: name };
}
