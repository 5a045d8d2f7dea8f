import * as t from '../../../grammar/tokens.ts';
import type { AnyLayer } from '../../layer.ts';
import { activations, layers } from '../../layers/index.ts';
import { typeText } from '../../signature.ts';
import { constantsOf, valuesOf } from '../callees.ts';
import { nextInRow } from '../cursor.ts';
import type { Definition } from '../names.ts';
import { holds } from '../range.ts';
import { heldOffer, holdsLayer, layerOffer, ownOffers, synonymOffers } from './callables.ts';
import { byHabit, followsProduct } from './habits.ts';
import type { Offer } from './offer.ts';
import type { Site } from './site.ts';
import { tryLayer } from './try-layer.ts';
import { sharedOffers, wordOffers } from './words.ts';

/** What may begin a stage: layers, activations, blocks, values where a line begins, words of the language. */
export function stageOffers(site: Site): readonly Offer[] {
  const groups = groupsOf(site);
  const offers = followsProduct(site)
    ? [...groups.activations, ...groups.held, ...groups.fitting, ...groups.blocks]
    : [...groups.held, ...groups.fitting, ...groups.blocks, ...groups.activations];
  const rest = [...groups.words, ...groups.shared, ...groups.others, ...groups.synonyms];
  const all = beginsNet(site) ? [...groups.values, ...offers, ...rest] : [...offers, ...groups.values, ...rest];
  const sorted = byHabit(all, site);
  if (!hasArguments(site)) return sorted;
  return sorted.map((offer) => {
    return isCallable(offer) ? { ...offer, text: offer.text.split(' ', 1)[0]!, isSnippet: false } : offer;
  });
}

/** Whether nothing flows yet: a net with several inputs begins with one of them. */
function beginsNet({ snapshot: { file }, stage: { isFirst, range }, before }: Site): boolean {
  if (before || !isFirst) return false;
  const net = file.declarations.find(({ span }) => holds(span, range));
  if (net?.kind !== 'net' || net.inputs.length < 2) return false;
  return !net.body.lines.some(({ kind, span }) => kind === 'pipeline' && span.end < range.start);
}

/** Whether arguments stand behind the word already, for which its name alone is another one. */
function hasArguments({ snapshot, cursor }: Site): boolean {
  const next = nextInRow(snapshot, cursor);
  return next !== undefined && next.tokenType !== t.Bar;
}

function isCallable({ kind }: Offer): boolean {
  return kind === 'layer' || kind === 'activation' || kind === 'block';
}

function groupsOf(site: Site) {
  const { before, stage } = site;
  const own = site.snapshot.names.declared;
  const ownNames = new Set(own.map(({ name }) => name));
  const builtIn = layers.filter(({ name }) => !ownNames.has(name));
  const fits = (layer: AnyLayer) => !before || fitting(layer, site);
  return {
    fitting: builtIn.filter(fits).map((layer) => layerOffer(layer, site)),
    others: builtIn.filter((layer) => !fits(layer)).map((layer) => layerOffer(layer, site)),
    activations: [
      ...own.filter(({ kind }) => kind === 'act'),
      ...[...activations].filter(({ name }) => !ownNames.has(name)),
    ].flatMap((each) => ('kind' in each ? ownOffers(each, site) : [layerOffer(each, site)])),
    blocks: own.filter(({ kind }) => kind === 'block').flatMap((each) => ownOffers(each, site)),
    held: constantsOf(site)
      .filter((each) => holdsLayer(each, site))
      .map(heldOffer),
    values: stage.isFirst ? valuesOf(site).map(valueOffer) : [],
    words: wordOffers(site),
    shared: sharedOffers(site),
    synonyms: [...builtIn, ...activations].flatMap((layer) => synonymOffers(layer, site)),
  };
}

/** Whether values of this kind are what the layer is for: it takes one, or its examples have as many axes. */
function fitting(layer: AnyLayer, { before }: Site): boolean {
  const { element, shape } = before!;
  if (layer.operands !== 'one') return element === 'f32';
  if (tryLayer(layer, [before!])) return true;
  return layer.examples.some((each) => each.input.length === shape.length && (each.element ?? 'f32') === element);
}

function valueOffer({ name, type }: Definition): Offer {
  return { label: name, kind: 'value', ...(type && { detail: typeText(type) }), text: name };
}
