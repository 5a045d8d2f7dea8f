import { closingOf } from '../../../grammar/line-tokens.ts';
import * as t from '../../../grammar/tokens.ts';
import { type Cursor, nextInRow, openBracket } from '../cursor.ts';
import { keywordOf } from '../keywords.ts';
import { fenced, paragraphs } from '../markdown.ts';
import type { Snapshot } from '../snapshot.ts';
import { expressionOffers, formulaOffers, isOperandNext } from './expressions.ts';
import { isNameNext, visibleAt } from './head-places.ts';
import { importOffers } from './imports.ts';
import { layerNames } from './layer-names.ts';
import { netOffers } from './net-heads.ts';
import { type Offer, snippet, template, word } from './offer.ts';

/** What may be written at the top of a file: declarations, and the parts of their heads. */
export function headOffers(snapshot: Snapshot, cursor: Cursor): readonly Offer[] {
  const { before } = cursor;
  if (before.length === 0) return declarationOffers(nextInRow(snapshot, cursor) === undefined);
  // A name stands right behind the word.
  if (before.length === 1 && before[0]!.tokenType !== t.Import) return [];
  switch (before[0]!.tokenType) {
    case t.Import:
      return importOffers(snapshot, cursor);
    case t.Let:
      return letOffers(snapshot, cursor);
    case t.Act:
      return actOffers(snapshot, cursor);
    case t.Block:
      return blockOffers(snapshot, cursor);
    case t.Net:
      return netOffers(snapshot, cursor);
    default:
      return [];
  }
}

const declarations: Readonly<Record<string, string>> = {
  net: template`net ${'Name'}(${'image'}: [${'3, 224, 224'}]) {\n  ${''}\n}`,
  block: template`block ${'Name'} ${'in->out'} {\n  ${''}\n}`,
  act: template`act ${'name'}(${'x'}) = ${'x'}`,
  let: template`let ${'name'} = ${'1'}`,
  import: template`import ${'Name'} from "${'./file.net'}"`,
};

function declarationOffers(isFree: boolean): readonly Offer[] {
  return Object.entries(declarations).map(([label, text]): Offer => {
    const found = keywordOf(label);
    return {
      label,
      kind: 'keyword',
      ...(found && { documentation: paragraphs(found.does, fenced(found.example)) }),
      // Where something follows already, the word alone is another one.
      ...snippet(isFree ? text : label),
    };
  });
}

function letOffers(snapshot: Snapshot, cursor: Cursor): readonly Offer[] {
  if (!isOperandNext(cursor.before)) return [];
  const isWhole = cursor.before.at(-1)!.tokenType === t.Assign;
  return [...expressionOffers(visibleAt(snapshot, cursor)), ...(isWhole ? layerNames(snapshot) : [])];
}

function actOffers(snapshot: Snapshot, { before }: Cursor): readonly Offer[] {
  const open = openBracket(before);
  const close = before.findIndex((_, index) => index > 1 && closingOf(before, index) !== undefined);
  const isHead = close < 0;
  if (isHead) return open !== undefined && isNameNext(before) ? [word('learn', keywordOf('learn')?.does ?? '')] : [];
  return isOperandNext(before) ? formulaOffers(snapshot, before.slice(0, closingOf(before, close))) : [];
}

function blockOffers(snapshot: Snapshot, cursor: Cursor): readonly Offer[] {
  const { before } = cursor;
  if (openBracket(before) === undefined) {
    return before.length === 2 && cursor.after[0]?.tokenType !== t.Arrow
      ? [{ label: 'in->out', kind: 'size', detail: 'the sizes before and behind it', text: 'in->out' }]
      : [];
  }
  if (!isOperandNext(before) || isNameNext(before)) return [];
  return [...expressionOffers(visibleAt(snapshot, cursor)), ...layerNames(snapshot)];
}
