import type { Completion } from '../completion.ts';
import type { TextRange } from '../range.ts';

/** A completion before it is known what it replaces and how far down the list it stands. */
export interface Offer extends Omit<Completion, 'span' | 'isSnippet' | 'sortText'> {
  readonly isSnippet?: boolean;
  /** What it replaces, where that is more than the word. */
  readonly range?: TextRange;
}

/** Text in a snippet, where some signs have a meaning. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** `${1:name}` */
export function placeholder(number: number, text: string): string {
  return `\${${number}:${escaped(text)}}`;
}

/** A snippet whose holes hold words to begin with; an empty one is where one goes on afterwards. */
export function template(texts: TemplateStringsArray, ...holes: readonly string[]): string {
  let next = 1;
  return texts
    .map((text, index) => {
      const hole = holes[index];
      return text + (hole === undefined ? '' : hole === '' ? '$0' : placeholder(next++, hole));
    })
    .join('');
}

/** A word of the language that is inserted as it stands. */
export function word(label: string, detail: string): Offer {
  return { label, kind: 'keyword', detail, text: label };
}

/** Snippets need no marks where nothing is left to fill in. */
export function snippet(text: string): Pick<Offer, 'text' | 'isSnippet'> {
  return text.includes('$') ? { text, isSnippet: true } : { text };
}

/** A size, or another number that counts axes. */
export function sizeOffer(text: string, detail: string): Offer {
  return { label: text, kind: 'size', detail, text };
}

/** A word that an option takes. */
export function choiceOffer(text: string, filterText: string, detail: string): Offer {
  return { label: text, kind: 'choice', detail, text, ...(filterText !== text && { filterText }) };
}
