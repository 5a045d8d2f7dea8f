import type { Call } from '../../../grammar/ast.ts';
import * as t from '../../../grammar/tokens.ts';
import type { Callee } from '../../1-check/callee.ts';
import { residual } from '../../1-check/collect.ts';
import { isLayer } from '../../1-check/constant.ts';
import { layerSignature } from '../../explain.ts';
import type { AnyLayer } from '../../layer.ts';
import { activations, layers } from '../../layers/index.ts';
import { typeText } from '../../signature.ts';
import { constantsOf, featuresFor, valuesOf } from '../callees.ts';
import { nextInRow } from '../cursor.ts';
import { blockHead } from '../declared-hover.ts';
import { keywordOf } from '../keywords.ts';
import { code, fenced, paragraphs } from '../markdown.ts';
import type { Definition } from '../names.ts';
import type { Snapshot } from '../snapshot.ts';
import { blockSnippet, layerSnippet } from './call-snippet.ts';
import { fittingValue } from './joins.ts';
import { type Offer, snippet, template } from './offer.ts';
import type { Site } from './site.ts';
import { tryLayer } from './try-layer.ts';

/** What may begin a stage: layers, activations, blocks, values where a line begins, words of the language. */
export function stageOffers(site: Site): readonly Offer[] {
  const groups = groupsOf(site);
  const offers = followsProduct(site)
    ? [...groups.activations, ...groups.held, ...groups.fitting, ...groups.blocks]
    : [...groups.held, ...groups.fitting, ...groups.blocks, ...groups.activations];
  const all = [...offers, ...groups.values, ...groups.words, ...groups.shared, ...groups.others, ...groups.synonyms];
  const sorted = byHabit(all, site);
  if (!hasArguments(site)) return sorted;
  return sorted.map((offer) => {
    return isCallable(offer) ? { ...offer, text: offer.text.split(' ', 1)[0]!, isSnippet: false } : offer;
  });
}

/** Whether arguments stand behind the word already, for which its name alone is another one. */
function hasArguments({ snapshot, cursor }: Site): boolean {
  const next = nextInRow(snapshot, cursor);
  return next !== undefined && next.tokenType !== t.Bar;
}

/** What follows in this text what stands before comes first, the more often the earlier. */
function byHabit(offers: readonly Offer[], site: Site): readonly Offer[] {
  const followers = followersOf(site, nameBefore(site));
  const count = ({ label, kind }: Offer) => (kind === 'value' ? 0 : (followers.get(label) ?? 0));
  return offers.toSorted((left, right) => count(right) - count(left));
}

/** How often which name is called right behind another one. */
function followersOf({ snapshot, stage }: Site, name: string | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const calls = callsOf(snapshot);
  for (const [index, { callee, span }] of calls.entries()) {
    const next = calls[index + 1];
    // The one that is being written tells nothing.
    if (callee.text !== name || !next || next.span.start < span.end || next.callee.span.start === stage.range.start)
      continue;
    counts.set(next.callee.text, (counts.get(next.callee.text) ?? 0) + 1);
  }
  return counts;
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

// --- layers

function layerOffer(layer: AnyLayer, site: Site): Offer {
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

function synonymOffers(layer: AnyLayer, site: Site): readonly Offer[] {
  return (layer.synonyms ?? []).map((synonym) => ({
    ...layerOffer(layer, site),
    label: synonym,
    detail: `→ ${layer.name}`,
  }));
}

/** Whether values of this kind are what the layer is for: it takes one, or its examples have as many axes. */
function fitting(layer: AnyLayer, { before }: Site): boolean {
  const { element, shape } = before!;
  if (layer.operands !== 'one') return element === 'f32';
  if (tryLayer(layer, [before!])) return true;
  return layer.examples.some((each) => each.input.length === shape.length && (each.element ?? 'f32') === element);
}

/** Whether a layer of many products comes right before, which activations and normalizations follow as a rule. */
function followsProduct(site: Site): boolean {
  const name = nameBefore(site);
  const callee = name === undefined ? undefined : site.declarations.callee(name);
  return callee?.kind === 'layer' && callee.layer.macs !== undefined;
}

/** What is called right before: in the line, as it is written, or at the end of the one before. */
function nameBefore({ snapshot, cursor: { before }, stage }: Site): string | undefined {
  const bar = before.findLastIndex(({ tokenType }) => tokenType === t.Bar);
  const first = before.slice(0, Math.max(0, bar)).findLastIndex(({ tokenType }) => beforeCallee.has(tokenType)) + 1;
  if (bar >= 0) return before[first]?.image;
  const calls = callsOf(snapshot);
  return calls.findLast(({ span }) => span.end <= stage.range.start)?.callee.text;
}

const beforeCallee = new Set([t.Bar, t.Colon, t.Assign]);

function callsOf({ stages }: Snapshot): readonly Call[] {
  return stages.all.flatMap(({ stage }) => (stage.kind === 'call' ? [stage] : []));
}

// --- what the text declares

function ownOffers(definition: Definition, site: Site): readonly Offer[] {
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
function holdsLayer({ constant, block, name }: Definition, { declarations }: Site): boolean {
  if (constant !== undefined) return isLayer(constant);
  const value = block?.parameters.find((each) => each.name.text === name)?.default;
  return value?.kind === 'body' || (value?.kind === 'name' && declarations.callee(value.text) !== undefined);
}

function heldOffer({ name, constant }: Definition): Offer {
  const detail = constant !== undefined && isLayer(constant) ? `= ${constant.text}` : 'a layer';
  return { label: name, kind: 'activation', detail, text: name };
}

function valueOffer({ name, type }: Definition): Offer {
  return { label: name, kind: 'value', ...(type && { detail: typeText(type) }), text: name };
}

// --- words

function wordOffers({ stage, cursor }: Site): readonly Offer[] {
  const isLineStart = cursor.before.length === 0;
  const inNet = cursor.declaration?.tokens[0]?.tokenType === t.Net && cursor.depth === 1;
  return [
    wordOffer(residual.kind, template`residual { ${''} }`),
    wordOffer('repeat', template`repeat ${'2'} as ${'i'} {\n  ${''}\n}`),
    wordOffer('if', template`if ${'true'} {\n  ${''}\n}`),
    ...(isLineStart && stage.isFirst ? [wordOffer('let', template`let ${'name'} = ${'1'}`)] : []),
    ...(isLineStart && stage.isFirst && inNet ? [wordOffer('return', template`return ${'value'}`)] : []),
  ];
}

function wordOffer(label: string, text: string): Offer {
  const found = keywordOf(label);
  return {
    label,
    kind: 'keyword',
    ...(found && { documentation: paragraphs(found.does, fenced(found.example)) }),
    ...snippet(text),
  };
}

/** `tower: Tower share`, for each label of this body that has weights. */
function sharedOffers({ snapshot, stage, cursor }: Site): readonly Offer[] {
  if (stage.label) return [];
  const { source } = snapshot;
  const offers: Offer[] = [];
  for (const { span, definition, isDeclaration } of snapshot.names.references) {
    if (definition.kind !== 'label' || !isDeclaration || span.end >= cursor.word.start) continue;
    const label = source.text.slice(span.start, span.end);
    const info = snapshot.stages.at(span.start);
    const callee =
      info?.stage.kind === 'call' && info.stage.label?.span.start === span.start ? info.stage.callee.text : undefined;
    if (callee === undefined || label.includes('{') || !info?.nodes.some(({ weights }) => weights.length > 0)) continue;
    const text = source.text.slice(span.start, info.stage.span.end);
    if (/[\n\r{]/.test(text) || / share\b/.test(text)) continue;
    offers.push({
      label: `${label} share`,
      kind: 'label',
      detail: `the weights of ${label} once more`,
      text: `${text} share`,
    });
    if (offers.length >= mostShared) break;
  }
  return offers;
}

const mostShared = 20;
