import { type IToken, tokenMatcher } from 'chevrotain';
import { isClosing } from '../../../grammar/brackets.ts';
import { endOf } from '../../../grammar/lexer.ts';
import { closingOf } from '../../../grammar/line-tokens.ts';
import { isBraces } from '../../../grammar/outline.ts';
import * as t from '../../../grammar/tokens.ts';
import { functions } from '../../1-check/arithmetic.ts';
import { dimSource } from '../../dim-source.ts';
import { typeText } from '../../signature.ts';
import { callableFor, calleeNamed, valuesOf } from '../callees.ts';
import { type Cursor, openBracket, stageAt } from '../cursor.ts';
import { keywordOf } from '../keywords.ts';
import type { Snapshot } from '../snapshot.ts';
import { argumentOffers } from './arguments.ts';
import { expressionOffers, isOperandNext } from './expressions.ts';
import { type Offer, placeholder, snippet, template, word } from './offer.ts';
import { type Site, siteAt } from './site.ts';
import { stageOffers } from './stages.ts';

/** What may be written in a body. */
export function bodyOffers(snapshot: Snapshot, cursor: Cursor): readonly Offer[] {
  if (isDeclared(cursor)) return [];
  const stage = stageAt(cursor);
  const [first] = stage.tokens;
  const site = () => siteAt(snapshot, cursor, stage);
  if (isInLabel(stage.tokens)) return expressionOffers(site());
  switch (first?.tokenType) {
    case undefined:
      return stageOffers(site());
    case t.Let:
      return stage.tokens.length > 2 && isExpected(stage.tokens) ? expressionOffers(site()) : [];
    case t.Return:
      return returnOffers(site());
    case t.Repeat:
      return repeatOffers(stage.tokens, site);
    case t.If:
      return ifOffers(stage.tokens, site);
    default:
      return tokenMatcher(first!, t.Name) ? callOffers(site()) : [];
  }
}

/** Whether the word is a name that is being given: of a value, a label, or a part of one. */
function isDeclared({ before, after, word: { start, end } }: Cursor): boolean {
  const [next] = after;
  const last = before.at(-1);
  if (last?.tokenType === t.Dot && endOf(last) === start) return true;
  if (start === end || !next) return false;
  if (next.tokenType === t.Assign) return before.length === 0;
  return (next.tokenType === t.Colon || next.tokenType === t.Dot) && next.startOffset === end;
}

/** Whether the computed part of a label is open: `features.{i + `. */
function isInLabel(tokens: readonly IToken[]): boolean {
  const open = tokens.findLastIndex(({ tokenType }) => tokenType === t.LabelLeft);
  return open >= 0 && closingOf(tokens, open) === undefined;
}

/** Whether an operand must follow some tokens. */
function isExpected(tokens: readonly IToken[]): boolean {
  return isOperandNext(tokens) || [t.Arrow, t.Repeat, t.If].includes(tokens.at(-1)!.tokenType);
}

/** An argument, or an expression within the brackets of one. */
function callOffers(site: Site): readonly Offer[] {
  const { tokens } = site.stage;
  const open = openBracket(tokens);
  if (open === undefined) return argumentOffers(site);
  if (!isExpected(tokens)) return [];
  const bracket = tokens[open]!;
  const isFirst = open === tokens.length - 1;
  const isShape = isFirst && bracket.tokenType === t.LeftBracket && takesShape(site, tokens, open);
  return [
    ...(isShape ? sizesHere(site) : []),
    ...(bracket.tokenType === t.CallLeft ? namedOffers(site, tokens[open - 1]!.image) : []),
    ...expressionOffers(site),
  ];
}

/** `[` right behind the name of a layer that takes a shape first: the sizes here, which the bracket is closed behind. */
function takesShape(site: Site, tokens: readonly IToken[], open: number): boolean {
  const callee = calleeNamed(site, tokens[0]!.image);
  const name = callableFor(callee)?.positional?.[0];
  return open === 1 && name !== undefined && callee?.kind === 'layer' && callee.layer.options[name]?.type === 'shape';
}

/** All sizes of the shape here, up to the bracket that closes it, which is written where there is none. */
function sizesHere({ before, cursor, stage }: Site): readonly Offer[] {
  if (!before) return [];
  const sizes = before.shape.map(dimSource).join(', ');
  const end = closing(cursor.after);
  const isClosed = end !== undefined && end.startOffset < stage.range.end;
  const range = { start: cursor.word.start, end: isClosed ? end.startOffset : cursor.word.end };
  const text = isClosed ? sizes : `${sizes}]`;
  return sizes === '' ? [] : [{ label: sizes, kind: 'size', detail: 'the shape here', text, range, isPreferred: true }];
}

/** The first sign that closes what was opened before. */
function closing(tokens: readonly IToken[]): IToken | undefined {
  for (let index = 0; index < tokens.length; index++) {
    if (isClosing(tokens[index]!)) return tokens[index];
    index = closingOf(tokens, index) ?? index;
  }
  return undefined;
}

/** Of an activation that is called as a function, its options. */
function namedOffers(site: Site, name: string): readonly Offer[] {
  const callee = Object.hasOwn(functions, name) ? undefined : site.declarations.callee(name);
  if (callee?.kind !== 'layer' || !callee.layer.formula) return [];
  return Object.entries(callee.layer.options).map(([option, spec]): Offer => {
    return {
      label: `${option}=`,
      kind: 'option',
      detail: spec.doc,
      ...snippet(`${option}=${placeholder(1, String(spec.default ?? 0))}`),
    };
  });
}

function returnOffers(site: Site): readonly Offer[] {
  const { tokens } = site.stage;
  const last = tokens.at(-1)!.tokenType;
  if (last !== t.Return && last !== t.Comma) return [];
  const returned = new Set(tokens.map(({ image }) => image));
  return valuesOf(site)
    .filter(({ name }) => !returned.has(name))
    .map(({ name, type }) => ({ label: name, kind: 'value', ...(type && { detail: typeText(type) }), text: name }));
}

function repeatOffers(tokens: readonly IToken[], site: () => Site): readonly Offer[] {
  if (tokens.some(isBraces)) return [];
  if (isExpected(tokens)) return expressionOffers(site());
  const as = tokens.findIndex(({ tokenType }) => tokenType === t.As);
  return as < 0
    ? [{ label: 'as', kind: 'keyword', detail: keywordOf('as')?.does ?? '', ...snippet(`as ${placeholder(1, 'i')}`) }]
    : [];
}

function ifOffers(tokens: readonly IToken[], site: () => Site): readonly Offer[] {
  const last = tokens.at(-1)!;
  if (last.tokenType === t.Else) return [word('if', keywordOf('if')?.does ?? '')];
  if (isBraces(last)) {
    const isDone = tokens.at(-2)?.tokenType === t.Else;
    return isDone
      ? []
      : [
          {
            label: 'else',
            kind: 'keyword',
            detail: keywordOf('else')?.does ?? '',
            ...snippet(template`else { ${''} }`),
          },
        ];
  }
  if (isExpected(tokens)) return expressionOffers(site());
  return ['and', 'or'].map((each) => word(each, keywordOf(each)?.does ?? ''));
}
