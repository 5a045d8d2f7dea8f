import { type IToken, tokenMatcher } from 'chevrotain';
import * as t from '../../../grammar/tokens.ts';
import { functions } from '../../1-check/arithmetic.ts';
import { type Constant, constantText, isLayer, isNumeric } from '../../1-check/constant.ts';
import { activations } from '../../layers/index.ts';
import { scalarFunctions } from '../../scalar/functions.ts';
import { shapeText } from '../../shape.ts';
import { constantsOf } from '../callees.ts';
import { functionDoc, functionParameters } from '../function-docs.ts';
import { keywordOf } from '../keywords.ts';
import { code, paragraphs } from '../markdown.ts';
import type { Definition } from '../names.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Offer, placeholder, snippet, word } from './offer.ts';
import type { Site } from './site.ts';

/** What an expression over constants may name: those, what flows here, functions. */
export function expressionOffers(site: Pick<Site, 'visible' | 'before'>): readonly Offer[] {
  return [
    ...constantOffers(site, (value) => !isLayer(value)),
    ...dimsOffers(site),
    ...Object.keys(functions).map(functionOffer),
    word('true', 'a condition'),
    word('false', 'a condition'),
    ...['not', 'and', 'or'].map((each) => word(each, keywordOf(each)?.does ?? '')),
  ];
}

/** The constants whose values are of some kind, with them; one that is not known may be of any. */
export function constantOffers(
  site: Pick<Site, 'visible'>,
  isMeant: (value: Constant) => boolean = isNumeric,
): readonly Offer[] {
  return constantsOf(site)
    .filter(({ constant }) => constant === undefined || isMeant(constant))
    .map(constantOffer);
}

function constantOffer({ name, constant, doc }: Definition): Offer {
  const detail = constant === undefined ? undefined : `= ${constantText(constant)}`;
  return {
    label: name,
    kind: 'constant',
    ...(detail !== undefined && { detail }),
    ...(doc !== undefined && { documentation: doc }),
    text: name,
  };
}

/** The sizes of what flows here. */
function dimsOffers({ before }: Pick<Site, 'before'>): readonly Offer[] {
  if (!before) return [];
  const documentation = keywordOf('dims')?.does;
  const about = documentation === undefined ? {} : { documentation };
  return [
    {
      label: 'dims',
      kind: 'constant',
      detail: `= ${shapeText(before.shape)}`,
      ...about,
      ...snippet(`dims[${placeholder(1, '0')}]`),
    },
  ];
}

function functionOffer(name: string): Offer {
  const doc = functionDoc(name);
  if (!doc) return { label: name, kind: 'function', text: name };
  const holes = functionParameters(doc).filter(({ start, end }) => doc.signature.slice(start, end) !== '…');
  const words = holes.map(({ start, end }, index) => placeholder(index + 1, doc.signature.slice(start, end)));
  return {
    label: name,
    kind: 'function',
    detail: doc.signature,
    documentation: doc.does,
    ...snippet(`${name}(${words.join(', ')})`),
  };
}

/** What the formula of an `act` may name: what its head does, numbers at the top of the text, functions, other activations. */
export function formulaOffers({ names }: Snapshot, head: readonly IToken[]): readonly Offer[] {
  const own = names.declared.filter(({ kind }) => kind === 'act' || kind === 'let');
  return [
    ...headNamesOf(head).map(
      (name): Offer => ({ label: name, kind: 'constant', detail: 'of this activation', text: name }),
    ),
    ...own.filter(({ kind }) => kind === 'let').map(constantOffer),
    ...[...scalarFunctions.keys()].map(functionOffer),
    ...own.filter(({ kind, name }) => kind === 'act' && name !== head[1]?.image).map(({ name }) => appliedOffer(name)),
    ...[...activations]
      .filter(({ name, weights }) => !weights && !scalarFunctions.has(name))
      .map(({ name, formula, summary }) => ({
        ...appliedOffer(name),
        documentation: paragraphs(summary, formula && code(formula.text)),
      })),
  ];
}

function appliedOffer(name: string): Offer {
  return { label: name, kind: 'activation', detail: `${name}(x)`, ...snippet(`${name}(${placeholder(1, 'x')})`) };
}

/** `x` and `slope` of `act leaky_relu(x, slope = 0.01)`, as far as it is written. */
function headNamesOf(head: readonly IToken[]): readonly string[] {
  return head.flatMap((token, index) => {
    const before = head[index - 1]?.tokenType;
    const begins = before === t.CallLeft || before === t.LeftParen || before === t.Comma || before === t.Learn;
    return begins && token.tokenType === t.Name ? [token.image] : [];
  });
}

/** Whether an expression may begin behind some tokens. */
export function isOperandNext(tokens: readonly IToken[]): boolean {
  const last = tokens.at(-1)!;
  return tokenMatcher(last, t.BinaryOperator) || operandFollows.has(last.tokenType);
}

const operandFollows = new Set([
  ...[t.Assign, t.Comma, t.Question, t.Colon, t.Not],
  ...[t.LeftParen, t.CallLeft, t.LeftBracket, t.IndexLeft],
]);
