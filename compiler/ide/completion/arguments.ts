import type { IToken } from 'chevrotain';
import type { Net } from '../../../grammar/ast.ts';
import { endOf } from '../../../grammar/lexer.ts';
import * as t from '../../../grammar/tokens.ts';
import type { Callable } from '../../1-check/callable.ts';
import type { Callee } from '../../1-check/callee.ts';
import { dimText } from '../../dim.ts';
import { expressionText } from '../../expression-text.ts';
import { callableFor, calleeNamed, featuresFor, isValue } from '../callees.ts';
import { endsOperand, givenOptions, nextPositional, type WrittenArgument, writtenArguments } from '../written-call.ts';
import { constantOffers, expressionOffers } from './expressions.ts';
import { operandOffers } from './joins.ts';
import { type Offer, placeholder, sizeOffer, snippet, word } from './offer.ts';
import { valueOffers } from './option-values.ts';
import { optionOffers, placedOffers } from './options.ts';
import type { Site } from './site.ts';

/** What may stand where an argument of a call begins, or goes on. */
export function argumentOffers(site: Site): readonly Offer[] {
  const [name, ...tokens] = site.stage.tokens as [IToken, ...IToken[]];
  const callee = calleeNamed(site, name.image);
  const callable = callableFor(callee);
  if (!callee || !callable) return [];
  const last = tokens.at(-1);
  if (last?.tokenType === t.Arrow) return [...outOffers(site, callee), ...constantOffers(site)];
  if (last?.tokenType === t.Assign) {
    const option = tokens.at(-2);
    return option ? valueOffers(site, callee, callable, option.image) : [];
  }
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

// --- weights that are used again

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
