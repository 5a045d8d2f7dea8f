import type { Block } from '../../../grammar/ast.ts';
import type { Callable } from '../../1-check/callable.ts';
import type { Callee } from '../../1-check/callee.ts';
import { defaultOf, kindOf } from '../../explain.ts';
import { expressionText } from '../../expression-text.ts';
import type { AnyLayer, OptionSpec } from '../../layer.ts';
import { featuresFor } from '../callees.ts';
import { parameterText } from '../declared-hover.ts';
import { paragraphs } from '../markdown.ts';
import { optionSnippet } from './call-snippet.ts';
import { choiceOffer, type Offer, placeholder, sizeOffer, snippet } from './offer.ts';
import { shapeHere } from './option-values.ts';
import type { Site } from './site.ts';

/** What the option that stands next without its name is as a rule. */
export function placedOffers(
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
export function optionOffers(site: Site, callee: Callee, given: ReadonlySet<string>): readonly Offer[] {
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
