import { type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import { endOf } from '../../grammar/lexer.ts';
import * as t from '../../grammar/tokens.ts';
import { residual } from '../1-check/collect.ts';
import type { Definition, DefinitionKind, Reference } from './names.ts';
import type { TextRange } from './range.ts';
import { firstIndex, touching } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/** The names of the Language Server Protocol. */
export const tokenTypes = [
  'namespace',
  'type',
  'function',
  'parameter',
  'typeParameter',
  'variable',
  'property',
  'enumMember',
  'keyword',
  'operator',
  'number',
  'string',
  'comment',
] as const;
export const tokenModifiers = ['declaration', 'readonly', 'defaultLibrary', 'documentation'] as const;

export type SemanticTokenType = (typeof tokenTypes)[number];
export type SemanticTokenModifier = (typeof tokenModifiers)[number];

export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: SemanticTokenType;
  readonly modifiers: readonly SemanticTokenModifier[];
}

/** How a name or a word is shown. */
type Style = Pick<SemanticToken, 'type' | 'modifiers'>;

const style = (type: SemanticTokenType, ...modifiers: SemanticTokenModifier[]): Style => ({ type, modifiers });

/**
 * Names as what they mean, words and signs as what they are. In the order of the text; no token goes over a line's end. A name
 * that means nothing has no token, so that it looks like plain text. `namesOnly` is for editors that have colours for the rest.
 */
export function semanticTokens(
  snapshot: Snapshot,
  range: TextRange = { start: 0, end: snapshot.source.text.length },
  { namesOnly = false }: { readonly namesOnly?: boolean } = {},
): readonly SemanticToken[] {
  const { tokens, comments } = snapshot;
  const found: SemanticToken[] = [];
  let index = firstIndex(tokens, (token) => endOf(token) > range.start);
  // What stands in the braces of a label is told from its words by what comes before on the line.
  while (index > 0 && tokens[index - 1]!.tokenType !== t.LineEnd) index--;
  let isComputed = false;
  for (; index < tokens.length && tokens[index]!.startOffset < range.end; index++) {
    const token = tokens[index]!;
    if (token.tokenType === t.LabelLeft) isComputed = true;
    if (token.tokenType === t.RightBrace) isComputed = false;
    if (endOf(token) > range.start) found.push(...tokensAt(snapshot, index, { isComputed, namesOnly }));
  }
  if (namesOnly) return found;
  for (const comment of comments) {
    if (comment.startOffset < range.end && endOf(comment) > range.start) found.push(...commentLines(comment));
  }
  return found.sort((left, right) => left.start - right.start);
}

/** A comment of another language may have several lines. */
function* commentLines({ image, startOffset }: IToken): Iterable<SemanticToken> {
  const look = /^##(?!#)/.test(image) ? style('comment', 'documentation') : style('comment');
  for (const line of image.matchAll(/[^\r\n]+/g)) {
    const start = startOffset + line.index;
    yield { start, end: start + line[0].length, ...look };
  }
}

function* tokensAt(
  snapshot: Snapshot,
  index: number,
  { isComputed, namesOnly }: { readonly isComputed: boolean; readonly namesOnly: boolean },
): Iterable<SemanticToken> {
  const token = snapshot.tokens[index]!;
  const range = { start: token.startOffset, end: endOf(token) };
  const reference = wordOf(snapshot, token, isComputed);
  const plain = () => (token.tokenType === t.Name ? wordStyle(snapshot, index) : signStyle(token, namesOnly));
  const look = reference ? styleOf(snapshot, reference) : plain();
  if (!look) return;
  if (!reference || !isShortForm(reference, token)) yield { ...range, ...look };
  else {
    yield { start: range.start, end: range.start + 1, ...look };
    yield { start: range.start + 1, end: range.end, ...style('number') };
  }
}

/** The name that a token is, or the label that it is a word of. */
function wordOf({ names }: Snapshot, token: IToken, isComputed: boolean): Reference | undefined {
  const reference = names.at(token.startOffset);
  if (!reference || reference.span.end < endOf(token)) return undefined;
  if (reference.definition.kind !== 'label') return reference.span.start === token.startOffset ? reference : undefined;
  const isWord = tokenMatcher(token, t.Word) || token.tokenType === t.Text;
  return isWord && !isComputed ? reference : undefined;
}

/** `k5`: the letter of an option, and what it is given. */
function isShortForm({ definition: { kind, name } }: Reference, { image }: IToken): boolean {
  return (kind === 'option' || kind === 'parameter') && image !== name && /^[A-Za-z]\d+(?:x\d+)*$/.test(image);
}

function styleOf(snapshot: Snapshot, reference: Reference): Style {
  const { definition, isDeclaration } = reference;
  const { type, modifiers } = isOptionOfCall(snapshot, reference) ? style('property') : styles[definition.kind];
  return isDeclaration ? style(type, 'declaration', ...modifiers) : style(type, ...modifiers);
}

const styles: Readonly<Record<DefinitionKind, Style>> = {
  input: style('parameter'),
  value: style('variable'),
  output: style('variable'),
  let: style('variable', 'readonly'),
  size: style('typeParameter'),
  index: style('variable', 'readonly'),
  parameter: style('parameter'),
  variable: style('parameter'),
  block: style('type'),
  act: style('function'),
  net: style('namespace'),
  label: style('property'),
  layer: style('function', 'defaultLibrary'),
  activation: style('function', 'defaultLibrary'),
  option: style('property'),
  function: style('function', 'defaultLibrary'),
};

/** A parameter that is named outside of the block or `act` that has it. */
function isOptionOfCall({ file }: Snapshot, { span, definition }: Reference): boolean {
  if (definition.kind !== 'parameter' || !definition.span) return false;
  const [around] = touching(file.declarations, span, (each) => each.span);
  const { source, start } = definition.span;
  return !around || source !== span.source || start < around.span.start || start >= around.span.end;
}

function signStyle({ tokenType }: IToken, namesOnly: boolean): Style | undefined {
  return namesOnly ? undefined : tokenStyles.get(tokenType);
}

/** Of a word that is the name of nothing that is declared. */
function wordStyle({ tokens, names }: Snapshot, index: number): Style | undefined {
  const { image } = tokens[index]!;
  const option = tokens[index - 1]?.tokenType === t.Assign ? names.at(tokens[index - 2]?.startOffset ?? -1) : undefined;
  if (option && isChoice(option.definition, image)) return style('enumMember');
  return Object.hasOwn(words, image) ? words[image] : undefined;
}

/** Whether an option takes a word: `same` of `p=same`, `normal` of `init=normal(0.02)`. */
function isChoice({ kind, name, layer }: Definition, word: string): boolean {
  const spec = kind === 'option' ? layer?.options[name] : undefined;
  return spec?.type === 'initializer' || (spec?.choices?.includes(word) ?? false);
}

/** Words of the language that are names everywhere else. */
const words: Readonly<Record<string, Style>> = {
  share: style('keyword'),
  dims: style('variable', 'readonly', 'defaultLibrary'),
  [residual.kind]: style('function', 'defaultLibrary'),
  f32: style('type', 'defaultLibrary'),
  i32: style('type', 'defaultLibrary'),
};

/** The scopes that tokens have for other highlighters, by how they begin. */
const scopes: readonly (readonly [scope: string, look: Style])[] = [
  ['keyword.operator.word', style('keyword')],
  ['keyword.operator', style('operator')],
  ['keyword', style('keyword')],
  ['storage', style('keyword')],
  ['constant.language', style('keyword')],
  ['constant.numeric', style('number')],
  ['string', style('string')],
];

const tokenStyles: ReadonlyMap<TokenType, Style> = new Map(
  t.tokenTable.flatMap(({ type, scope = '' }) => {
    const found = scopes.find(([start]) => scope.startsWith(start));
    return found ? [[type, found[1]] as const] : [];
  }),
);
