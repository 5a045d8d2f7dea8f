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
  return listed(snapshot, fittingBrackets(offers, cursor), cursor.word);
}

/** Where parentheses stand behind the word already, it is the name of a function, and of a list before an index. */
function fittingBrackets(offers: readonly Offer[], { after }: Cursor): readonly Offer[] {
  const type = after[0]?.tokenType;
  if (type !== t.CallLeft && type !== t.IndexLeft) return offers;
  const kinds: readonly CompletionKind[] = type === t.CallLeft ? ['function', 'activation'] : ['constant'];
  return offers
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ label, ...offer }) => ({ ...offer, label, text: label, isSnippet: false }));
}

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
