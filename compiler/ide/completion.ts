import type { TokenType } from 'chevrotain';
import type { Span } from '../../grammar/source.ts';
import * as t from '../../grammar/tokens.ts';
import { bodyOffers } from './completion/bodies.ts';
import { headOffers } from './completion/heads.ts';
import { pathOffers } from './completion/imports.ts';
import type { Offer } from './completion/offer.ts';
import { type Cursor, cursorAt, stringAt } from './cursor.ts';
import type { TextRange } from './range.ts';
import type { Snapshot } from './snapshot.ts';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label: what it takes, or its shape. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What is replaced. */
  readonly span: Span;
  /** What is inserted; with `${1:placeholders}` and `$0` where `isSnippet`. */
  readonly text: string;
  readonly isSnippet: boolean;
  /** By which the list is sorted, and what is typed is compared with, where that is not the label. */
  readonly sortText?: string;
  readonly filterText?: string;
  /** The one that is most likely meant. */
  readonly isPreferred?: boolean;
}

export type CompletionKind =
  | 'layer'
  | 'activation'
  | 'block'
  | 'value'
  | 'constant'
  | 'function'
  | 'option'
  | 'choice'
  | 'size'
  | 'label'
  | 'keyword'
  | 'snippet'
  | 'file'
  | 'net';

/** What may be written at an offset: the likeliest first, each label once. */
export function completions(snapshot: Snapshot, offset: number): readonly Completion[] {
  const string = stringAt(snapshot, offset);
  if (string) {
    const found = pathOffers(snapshot, string, offset);
    return found ? listed(snapshot, found.offers, found.range) : [];
  }
  const cursor = cursorAt(snapshot, offset);
  if (!cursor) return [];
  const offers = cursor.depth === 0 ? headOffers(snapshot, cursor) : bodyOffers(snapshot, cursor);
  return listed(snapshot, fittingNext(offers, cursor), cursor.word);
}

/** Of a word that something stands right behind already, what can stand there: names of functions, of lists, of options. */
function fittingNext(offers: readonly Offer[], { after }: Cursor): readonly Offer[] {
  const kinds = after[0] && kindsBefore.get(after[0].tokenType);
  if (!kinds) return offers;
  return offers
    .filter(({ kind }) => kinds.includes(kind))
    .map((offer) => {
      const name = offer.kind === 'option' ? offer.text.replace(/=.*/, '') : offer.label;
      return { ...offer, text: name, isSnippet: false };
    });
}

const kindsBefore: ReadonlyMap<TokenType, readonly CompletionKind[]> = new Map([
  [t.CallLeft, ['function', 'activation']],
  [t.IndexLeft, ['constant']],
  [t.Assign, ['option']],
]);

function listed({ source }: Snapshot, offers: readonly Offer[], range: TextRange): readonly Completion[] {
  const seen = new Set<string>();
  return offers
    .filter(({ label }) => !seen.has(label) && seen.add(label))
    .map(({ isSnippet = false, range: own = range, ...offer }, index) => ({
      ...offer,
      span: { source: source.name, ...own },
      isSnippet,
      sortText: String(index).padStart(4, '0'),
    }));
}
