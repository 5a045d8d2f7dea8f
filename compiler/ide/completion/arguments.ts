import type { IToken } from 'chevrotain';
import type { Block, Net } from '../../../grammar/ast.ts';
import { endOf } from '../../../grammar/lexer.ts';
import * as t from '../../../grammar/tokens.ts';
import type { Callable } from '../../1-check/callable.ts';
import type { Callee } from '../../1-check/callee.ts';
import { initializerWords } from '../../1-check/initializer.ts';
import { longName } from '../../1-check/option-names.ts';
import { dimText } from '../../dim.ts';
import { defaultOf, kindOf } from '../../explain.ts';
import { expressionText } from '../../expression-text.ts';
import type { AnyLayer, OptionSpec } from '../../layer.ts';
import { shapeText } from '../../shape.ts';
import { callableFor, calleeNamed, featuresFor, isValue } from '../callees.ts';
import { parameterText } from '../declared-hover.ts';
import { paragraphs } from '../markdown.ts';
import { endsOperand, givenOptions, nextPositional, type WrittenArgument, writtenArguments } from '../written-call.ts';
import { optionSnippet } from './call-snippet.ts';
import { constantOffers, expressionOffers } from './expressions.ts';
import { operandOffers } from './joins.ts';
import { layerNames } from './layer-names.ts';
import { type Offer, placeholder, snippet, template, word } from './offer.ts';
import type { Site } from './site.ts';

/** What may stand where an argument of a call begins, or goes on. */
export function argumentOffers(site: Site): readonly Offer[] {
  const [name, ...tokens] = site.stage.tokens as [IToken, ...IToken[]];
  const callee = calleeNamed(site, name.image);
  const callable = callableFor(callee);
  if (!callee || !callable) return [];
  const last = tokens.at(-1);
  if (last?.tokenType === t.Arrow) return [...outOffers(site, callee), ...constantOffers(site)];
  if (last?.tokenType === t.Assign) return valueOffers(site, callee, callable, tokens.at(-2)!.image);
  if (last && !endsOperand(last)) return expressionOffers(site);
  // Another argument stands apart from the one before.
  if (last && endOf(last) === site.cursor.word.start) return [];
  const isHere = (each: string) => isValue(site, each);
  const before = writtenArguments(tokens, callable, isHere);
  const behind = writtenArguments(behindArgument(site), callable, isHere);
  if (site.cursor.after[0]?.tokenType === t.Assign) return nameOffers(callable, [...before, ...behind]);
  return beginnings(site, callee, callable, before, behind);
}

/** The tokens of the stage behind the argument that the word begins. */
function behindArgument({ cursor, stage }: Site): readonly IToken[] {
  const behind = cursor.after.filter(({ startOffset }) => startOffset < stage.range.end);
  const [next] = behind;
  const goesOn = next !== undefined && next.startOffset === cursor.word.end && !endsOperand(next);
  if (!goesOn) return behind;
  const end = behind.findIndex((token, index) => index > 0 && endOf(behind[index - 1]!) < token.startOffset);
  return end < 0 ? [] : behind.slice(end);
}

/** Other names for an option whose value stands there already. */
function nameOffers({ options }: Callable, all: readonly WrittenArgument[]): readonly Offer[] {
  const given = givenOptions(all);
  return Object.entries(options).flatMap(([name, { short }]): Offer[] =>
    given.has(name) ? [] : [{ label: name, kind: 'option', text: short ?? name }],
  );
}

function beginnings(
  site: Site,
  callee: Callee,
  callable: Callable,
  before: readonly WrittenArgument[],
  behind: readonly WrittenArgument[],
): readonly Offer[] {
  const all = [...before, ...behind];
  const given = givenOptions(all);
  const next = nextPositional(callable, givenOptions(before));
  const spec = next === undefined || given.has(next) ? undefined : callable.options[next];
  const joined = before.filter(({ role }) => role.kind === 'operand').map(({ tokens }) => tokens[0]!.image);
  const layer = callee.kind === 'layer' ? callee.layer : undefined;
  return [
    ...(all.some(({ role }) => role.kind === 'sizes') ? [] : sizeOffers(site, callee, callable)),
    ...(isShared(site) ? [word('share', 'the weights of the earlier one with this label')] : []),
    ...(layer?.operands === 'join' ? operandOffers(site, layer, joined) : []),
    ...(spec ? placedOffers(site, callee, next!, spec) : []),
    ...optionOffers(site, callee, given),
    ...(spec && spec.type !== 'shape' && !spec.choices ? constantOffers(site) : []),
  ];
}

// --- sizes

/** `400->`, then `->` for a size that is inferred. */
function sizeOffers(site: Site, callee: Callee, callable: Callable): readonly Offer[] {
  if (callable.sizes === 'none') return [];
  const hasArrow = site.cursor.after[0]?.tokenType === t.Arrow;
  const arrow = hasArrow ? '' : '->';
  const features = featuresFor(callee, site.before);
  const offers: Offer[] = [];
  if (typeof features === 'number' && !Number.isNaN(features)) {
    const text = `${features}${arrow}`;
    offers.push({ label: text, kind: 'size', detail: 'what arrives', text, isPreferred: true });
  }
  if (!hasArrow && callable.sizes === 'both') {
    const from = features === undefined || typeof features === 'number' ? '' : ` ${dimText(features)}`;
    offers.push({
      label: '->',
      kind: 'size',
      detail: `what arrives${from} is inferred`,
      ...snippet(`->${placeholder(1, 'out')}`),
    });
  }
  return offers;
}

/** Behind an arrow: what the net is declared to give, and as much as arrives. */
function outOffers(site: Site, callee: Callee): readonly Offer[] {
  const wanted = resultSize(site, callee);
  const features = featuresFor(callee, site.before);
  return [
    ...(wanted === undefined ? [] : [sizeOffer(wanted, 'what the net gives')]),
    ...(typeof features === 'number' ? [sizeOffer(String(features), 'as many as arrive')] : []),
  ];
}

function sizeOffer(text: string, detail: string): Offer {
  return { label: text, kind: 'size', detail, text };
}

/** The features of the one result that the net around is declared to give. */
function resultSize({ snapshot, cursor }: Site, callee: Callee): string | undefined {
  const net = snapshot.file.declarations.find(
    (each): each is Net => each.kind === 'net' && each.span.start < cursor.offset && cursor.offset <= each.span.end,
  );
  const [only, ...others] = net?.result?.outputs ?? [];
  const isLast = callee.kind === 'layer' && callee.layer.features === 'last';
  const size = others.length === 0 ? only?.type.dims.at(isLast ? -1 : 0) : undefined;
  return size && expressionText(size);
}

// --- options

/** What the option that stands next without its name is as a rule. */
function placedOffers(
  site: Site,
  callee: Callee,
  name: string,
  { type, choices }: Callable['options'][string],
): readonly Offer[] {
  if (choices) return choices.map((choice) => choiceOffer(choice, choice, name));
  if (type === 'shape') return site.before ? [shapeHere(site)] : [];
  const features = callee.kind === 'block' ? featuresFor(callee, site.before) : undefined;
  return typeof features === 'number' ? [{ ...sizeOffer(String(features), 'what arrives'), isPreferred: true }] : [];
}

/** The options that are not given yet, those that must be first. */
function optionOffers(site: Site, callee: Callee, given: ReadonlySet<string>): readonly Offer[] {
  if (callee.kind === 'block') return parameterOffers(callee.block, given);
  if (callee.kind !== 'layer') return [];
  const { layer } = callee;
  const open = Object.entries(layer.options).filter(([name]) => !given.has(name));
  const isNeeded = ([, spec]: readonly [string, OptionSpec]) => spec.default === undefined && !spec.optional;
  return [...open.filter(isNeeded), ...open.filter((each) => !isNeeded(each))].flatMap(([name, spec]) =>
    offersOf(layer, name, spec, site),
  );
}

function offersOf(layer: AnyLayer, name: string, spec: OptionSpec, site: Site): readonly Offer[] {
  const written = spec.short ?? name;
  const words = (spec.choices ?? []).map((choice) => choiceOffer(`${written}=${choice}`, `${name}=${choice}`, name));
  if (spec.type === 'word') return words;
  const documentation = paragraphs(
    spec.doc,
    `Takes ${kindOf(spec)}; ${spec.default === undefined ? '' : 'by default '}${defaultOf(spec)}.`,
  );
  if (spec.type === 'boolean') {
    const text = spec.default === true ? `${name}=false` : name;
    return [{ label: text, kind: 'option', detail: spec.doc, documentation, text }];
  }
  let next = 1;
  const hole = (text: string) => placeholder(next++, text);
  const text = optionSnippet({ ...layer, positional: [] }, name, spec, site.before?.shape, hole);
  const letter = spec.short === undefined ? '' : `${spec.short}…, `;
  return [
    {
      label: name,
      kind: 'option',
      detail: `${letter}${kindOf(spec).replaceAll('`', '')}`,
      documentation,
      ...snippet(text),
    },
    ...words,
  ];
}

function choiceOffer(text: string, filterText: string, detail: string): Offer {
  return { label: text, kind: 'choice', detail, text, ...(filterText !== text && { filterText }) };
}

function parameterOffers({ parameters }: Block, given: ReadonlySet<string>): readonly Offer[] {
  const open = parameters.filter(({ name }) => !given.has(name.text));
  return [...open.filter((each) => !each.default), ...open.filter((each) => each.default)].map((parameter): Offer => {
    const { name, default: value } = parameter;
    const isFlag = value?.kind === 'boolean';
    const text = isFlag ? (value.value ? `${name.text}=false` : name.text) : undefined;
    const filled = value && value.kind !== 'body' ? expressionText(value) : name.text;
    return {
      label: text ?? name.text,
      kind: 'option',
      detail: parameterText(name.text, parameter),
      ...snippet(text ?? `${name.text}=${placeholder(1, filled)}`),
    };
  });
}

// --- values

/** What may stand behind `option=`. */
function valueOffers(site: Site, callee: Callee, callable: Callable, written: string): readonly Offer[] {
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

function shapeHere({ before }: Site): Offer {
  const text = shapeText(before!.shape);
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

/** Whether the label of the stage is that of an earlier one. */
function isShared({ snapshot, stage }: Site): boolean {
  const { label } = stage;
  if (!label) return false;
  const { text } = snapshot.source;
  const name = text.slice(label.start, label.end);
  return snapshot.names.references.some(
    ({ definition, span }) =>
      definition.kind === 'label' && span.end <= label.start && text.slice(span.start, span.end) === name,
  );
}
