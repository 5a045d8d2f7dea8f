import { endOf } from '../../../grammar/lexer.ts';
import { closingOf } from '../../../grammar/line-tokens.ts';
import { isBraces } from '../../../grammar/outline.ts';
import * as t from '../../../grammar/tokens.ts';
import { typeSource } from '../../dim-source.ts';
import { resultText } from '../../signature.ts';
import { type Cursor, openBracket } from '../cursor.ts';
import { type Snapshot, variant } from '../snapshot.ts';
import { constantOffers, isOperandNext } from './expressions.ts';
import { isNameNext, visibleAt } from './head-places.ts';
import { type Offer, placeholder, snippet, template, word } from './offer.ts';

/** The head of a net: inputs, their types and sizes, what it gives. */
export function netOffers(snapshot: Snapshot, cursor: Cursor): readonly Offer[] {
  const { before } = cursor;
  const last = before.at(-1)!.tokenType;
  const open = openBracket(before);
  const bracket = open === undefined ? undefined : before[open]!.tokenType;
  if (bracket === t.LeftBracket || bracket === t.IndexLeft)
    return isOperandNext(before) ? sizeOffers(snapshot, cursor) : [];
  const isResult = before.some(({ tokenType }) => tokenType === t.Arrow);
  if (bracket !== undefined) {
    if (last === t.Colon) return typeOffers(cursor);
    if (!isNameNext(before) || isResult) return [];
    const isTyped = cursor.after[0]?.tokenType === t.Colon;
    return inputOffers().map((offer) => (isTyped ? { ...offer, text: offer.label, isSnippet: false } : offer));
  }
  if (last === t.Arrow) return resultOffers(snapshot, cursor, '');
  return isResult ? [] : resultOffers(snapshot, cursor, '-> ');
}

function inputOffers(): readonly Offer[] {
  const offer = (label: string, detail: string, text: string): Offer => ({
    label,
    kind: 'snippet',
    detail,
    ...snippet(text),
  });
  return [
    offer('image', 'a picture: [3, 224, 224]', template`image: [${'3, 224, 224'}]`),
    offer('signal', 'a signal: [1, 16000]', template`signal: [${'1, 16000'}]`),
    offer('tokens', 'whole numbers: i32[T]', template`tokens: i32[${'T'}]`),
    offer('x', 'a vector: [64]', template`x: [${'64'}]`),
  ];
}

/** Types, in the place of the one that stands there. */
function typeOffers({ after, word: own }: Cursor): readonly Offer[] {
  const end = closingOf(after, 0);
  const range = { start: own.start, end: end === undefined ? own.end : endOf(after[end]!) };
  const offer = (label: string, detail: string, hole: string): Offer => {
    const [start, end] = [label.indexOf('[') + 1, label.length - 1];
    return {
      label,
      kind: 'size',
      detail,
      range,
      ...snippet(`${label.slice(0, start)}${placeholder(1, hole)}${label.slice(end)}`),
    };
  };
  return [
    offer('[3, 224, 224]', 'a picture', '3, 224, 224'),
    offer('[3, H, W]', 'a picture of any size', '3, H, W'),
    offer('[64]', 'a vector', '64'),
    offer('[T, 64]', 'a sequence of any length', 'T, 64'),
    offer('i32[T]', 'whole numbers, as many as there are', 'T'),
    ...(end === undefined ? [] : [word('i32', 'whole numbers'), word('f32', 'numbers, as they are by default')]),
  ];
}

/** Constants, and the symbolic sizes of the same head. */
function sizeOffers(snapshot: Snapshot, cursor: Cursor): readonly Offer[] {
  const sizes = snapshot.names.references.flatMap(({ definition: { kind, name, span } }) => {
    const [first] = cursor.before;
    return kind === 'size' && span && span.start > first!.startOffset && span.end < cursor.word.start ? [name] : [];
  });
  return [
    ...[...new Set(sizes)].map(
      (name): Offer => ({ label: name, kind: 'constant', detail: 'a symbolic size', text: name }),
    ),
    ...constantOffers(visibleAt(snapshot, cursor)),
  ];
}

/** What the net gives as it is, which is found out by leaving out what is declared. */
function resultOffers(
  snapshot: Snapshot,
  { before, after, word: { start, end } }: Cursor,
  arrow: string,
): readonly Offer[] {
  const { source } = snapshot;
  const body = after.find(isBraces);
  if (!body) return [];
  const declared = after.findLast((token) => token.startOffset < body.startOffset);
  const range = { start, end: declared ? endOf(declared) : end };
  if (/[\n\r]/.test(source.text.slice(range.start, range.end))) return [];
  const from = before.findLast(({ tokenType }) => tokenType === t.Arrow)?.startOffset ?? start;
  const text = `${source.text.slice(0, from)} ${source.text.slice(body.startOffset)}`;
  const { graphs } = variant(snapshot, text);
  const graph = graphs.find((each) => each.name === before[1]!.image && each.source === source.name);
  if (!graph) return [];
  const result = `${arrow}${resultText(graph, typeSource)}`;
  return [{ label: result, kind: 'size', detail: 'what it gives', text: result, isPreferred: true, range }];
}
