import fc from 'fast-check';
import { exampleTexts } from '../ide/example-texts.ts';

/** A change of a text as people make one. What exactly it does follows from the text that it meets. */
export interface Edit {
  readonly kind: Kind;
  /** Where, from 0 to 1. */
  readonly at: number;
  /** Which of several, such as words to type. */
  readonly pick: number;
}

/** What stands between two offsets is replaced. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How each kind of edit finds its change, or none where the text has nothing for it. */
const edits = {
  letter: (text, { at, pick }) =>
    insertion(Math.round(at * text.length), chosen([...'abknx013.=|(){}[]"#->, \n\té🙂'], pick)),
  backspace(text, { at }) {
    const offset = Math.round(at * text.length);
    return offset === 0 ? undefined : { start: offset - 1, end: offset, text: '' };
  },
  word(text, { at, pick }) {
    const token = found(text, /\S+|\n/g, at);
    return token && insertion(token.end, ` ${chosen(vocabulary, pick)}`);
  },
  withoutWord: (text, { at }) => found(text, /\w+|[^\w\s]+/g, at),
  otherWord(text, { at, pick }) {
    const word = found(text, /[A-Za-z_]\w*/g, at);
    return word && { ...word, text: chosen(vocabulary, pick) };
  },
  otherNumber(text, { at, pick }) {
    const number = found(text, /\d+/g, at);
    return number && { ...number, text: chosen(['0', '1', '2', '3', '16', '64', '1000'], pick) };
  },
  bracket(text, { at, pick }) {
    const token = found(text, /\S+|\n/g, at);
    return token && insertion(pick % 2 === 0 ? token.end : token.start, chosen([...'{}()[]"'], pick >> 1));
  },
  withoutBracket: (text, { at }) => found(text, /[{}()[\]"]/g, at),
  line(text, { at, pick }) {
    const line = found(text, /.*\r?\n|.+$/g, at);
    return (
      line &&
      insertion(line.start, `  ${[pick, pick >> 4, pick >> 8].map((each) => chosen(vocabulary, each)).join(' ')}\n`)
    );
  },
  withoutLine: (text, { at }) => found(text, /.*\r?\n|.+$/g, at),
  twice(text, { at }) {
    const line = found(text, /.*\r?\n|.+$/g, at);
    return line && insertion(line.start, text.slice(line.start, line.end));
  },
  comment(text, { at, pick }) {
    const line = found(text, /.*\r?\n|.+$/g, at);
    return line && insertion(line.start, chosen(['# ', '## Says more.\n'], pick));
  },
  lineEnd(text, { at, pick }) {
    const end = found(text, /\r?\n/g, at);
    return end && { ...end, text: chosen(['\r\n', '\n', '\n\n', ' '], pick) };
  },
  paste(text, { at, pick }) {
    const line = found(text, /.*\r?\n|.+$/g, at);
    const lines = chosen(exampleTexts, pick).split(/^/m);
    const from = (pick >> 5) % lines.length;
    return line && insertion(line.start, lines.slice(from, from + 1 + ((pick >> 3) % 6)).join(''));
  },
  declaration(text, { at, pick }) {
    const whole = found(text, declarations, at);
    return whole && chosen([{ ...whole, text: '' }, insertion(whole.start, text.slice(whole.start, whole.end))], pick);
  },
  pasteDeclaration(text, { at, pick }) {
    const whole = found(text, declarations, at);
    const other = chosen(exampleTexts, pick).match(declarations) ?? [];
    return whole && insertion(whole.start, chosen(other, pick >> 3) ?? '');
  },
} satisfies Record<string, (text: string, edit: Edit) => Change | undefined>;

type Kind = keyof typeof edits | 'undo' | 'redo';

/** From the beginning of a declaration to that of the next one. */
const declarations = /^(?:##|net |block |act |let |import )(?:(?!\n(?:##|net |block |act |let |import ))[\s\S])*\n?/gm;

const vocabulary = [...new Set(exampleTexts.flatMap((text) => text.match(/[A-Za-z_]\w*|->|\[[^\]]*\]|\d+|\|/g) ?? []))];

export const anEdit: fc.Arbitrary<Edit> = fc.record({
  // What is taken back leaves real texts, which people have most of the time.
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(edits) as Kind[])) },
    { weight: 3, arbitrary: fc.constant<Kind>('undo') },
    { weight: 1, arbitrary: fc.constant<Kind>('redo') },
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  pick: fc.nat({ max: 2 ** 24 }),
});

/** A text that somebody edits, with all that can be taken back. */
export class EditedText {
  private versions: string[];
  private now = 0;

  constructor(text: string) {
    this.versions = [text];
  }

  get text(): string {
    return this.versions[this.now]!;
  }

  /** Makes an edit; gives what changes, if anything does. */
  apply(edit: Edit): Change | undefined {
    const before = this.text;
    if (edit.kind === 'undo' || edit.kind === 'redo') {
      const next = this.now + (edit.kind === 'undo' ? -1 : 1);
      if (this.versions[next] === undefined) return undefined;
      this.now = next;
      return difference(before, this.text);
    }
    const change = edits[edit.kind](before, edit);
    if (!change) return undefined;
    this.versions = [...this.versions.slice(0, this.now + 1), changed(before, change)];
    this.now++;
    return change;
  }
}

export function changed(text: string, { start, end, text: by }: Change): string {
  return text.slice(0, start) + by + text.slice(end);
}

function insertion(offset: number, text: string): Change {
  return { start: offset, end: offset, text };
}

/** The place of one of the matches, to be replaced by nothing. */
function found(text: string, pattern: RegExp, at: number): Change | undefined {
  const all = [...text.matchAll(pattern)];
  const match = all[Math.min(Math.floor(at * all.length), all.length - 1)];
  return match && { start: match.index, end: match.index + match[0].length, text: '' };
}

function chosen<Item>(items: readonly Item[], pick: number): Item {
  return items[pick % items.length]!;
}

/** What lies between the common beginning and the common end. */
function difference(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}
