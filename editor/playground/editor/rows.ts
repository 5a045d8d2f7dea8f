import { tokenTable } from '../../../grammar/tokens.ts';

/** A kind of token as the page needs it: how it is spelled, and the name of its colour. */
export interface HighlightRow {
  /** The source of a regular expression without groups. */
  readonly pattern: string;
  /** A name of `@lezer/highlight`'s tags; undefined for what has no colour. */
  readonly tag?: string;
}

/** TextMate's scopes, by how they begin, as tags; the longest that fits counts. */
const tags: Readonly<Record<string, string>> = {
  comment: 'lineComment',
  'keyword.declaration': 'definitionKeyword',
  'keyword.control': 'controlKeyword',
  'keyword.control.import': 'moduleKeyword',
  'storage.modifier': 'modifier',
  'keyword.operator': 'operator',
  'keyword.operator.word': 'operatorKeyword',
  'keyword.operator.pipe': 'controlOperator',
  'keyword.operator.arrow': 'controlOperator',
  'constant.numeric': 'number',
  'constant.language': 'bool',
  string: 'string',
  punctuation: 'punctuation',
};

/**
 * The tokens of the language in the order in which they are tried. The page gets this table when it is built, so that it can
 * colour a text before, and without, loading a lexer.
 */
export function highlightRows(): readonly HighlightRow[] {
  return tokenTable.map(({ type, scope, mistake }) => {
    const known = scope ?? (mistake?.code === 'syntax/comment' ? 'comment' : undefined);
    return { pattern: sourceOf(type), ...(known !== undefined && { tag: tagOf(known) }) };
  });
}

function sourceOf({ name, PATTERN, LONGER_ALT }: (typeof tokenTable)[number]['type']): string {
  if (PATTERN instanceof RegExp) return PATTERN.source;
  if (typeof PATTERN !== 'string') throw new Error(`the token ${name} has no pattern`);
  const escaped = PATTERN.replace(/[^\w]/g, '\\$&');
  // A keyword ends where a name would.
  return LONGER_ALT ? `${escaped}(?!\\w)` : escaped;
}

function tagOf(scope: string): string {
  const fitting = Object.keys(tags).filter((start) => scope.startsWith(start));
  const longest = fitting.reduce((one, other) => (other.length > one.length ? other : one), '');
  const tag = tags[longest];
  if (tag === undefined) throw new Error(`the scope ${scope} has no colour`);
  return tag;
}
