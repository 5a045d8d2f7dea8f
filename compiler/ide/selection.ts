import type { IToken } from 'chevrotain';
import { endOf } from '../../grammar/lexer.ts';
import type { Span } from '../../grammar/source.ts';
import { LineEnd } from '../../grammar/tokens.ts';
import { bracketPairs } from './brackets.ts';
import { commentRuns, isNextLine } from './comments.ts';
import { holds, type TextRange } from './range.ts';
import { firstIndex } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the selection at an offset grows to, step by step: the word, its expression, the argument, the stage, the pipeline,
 * what stands in the braces, the declaration, the file. Each range holds the one before and more.
 */
export function selectionRange(snapshot: Snapshot, offset: number): readonly TextRange[] {
  const { text } = snapshot.source;
  const token = tokenAt(snapshot, offset);
  const focus = token ? rangeOf(token) : { start: offset, end: offset };
  const around = [
    ...nodesAround(snapshot, focus),
    ...bracketsAround(snapshot, focus),
    ...documentedAround(snapshot, focus),
    { start: 0, end: text.length },
  ].filter((range) => holds(range, focus));
  const candidates = [...(token ? [...partsOf(token, offset), focus] : []), ...around]
    .filter(({ start, end }) => start < end)
    .sort((left, right) => sizeOf(left) - sizeOf(right));
  const ranges: TextRange[] = [];
  for (const range of candidates) {
    const inner = ranges.at(-1);
    if (!inner || (holds(range, inner) && sizeOf(range) > sizeOf(inner))) ranges.push(range);
  }
  return ranges;
}

const sizeOf = ({ start, end }: TextRange) => end - start;
const rangeOf = (token: IToken): TextRange => ({ start: token.startOffset, end: endOf(token) });

/** The token or comment at an offset. Where two meet it is the word that is meant, or else the one that begins. */
function tokenAt({ tokens, comments }: Snapshot, offset: number): IToken | undefined {
  const next = firstIndex(tokens, ({ startOffset }) => startOffset > offset);
  const touched = [...tokens.slice(Math.max(0, next - 2), next).reverse(), ...comments].filter(
    (token) => token.tokenType !== LineEnd && holds(rangeOf(token), { start: offset, end: offset }),
  );
  return touched.find(({ image }) => /^\w/.test(image)) ?? touched[0];
}

/** Within a string its words, and all between the quotes; within a comment its words. */
function* partsOf(token: IToken, offset: number): Iterable<TextRange> {
  const { image, startOffset } = token;
  if (/^\w/.test(image)) return;
  for (const word of image.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const range = { start: startOffset + word.index, end: startOffset + word.index + word[0].length };
    if (holds(range, { start: offset, end: offset })) yield range;
  }
  const inner = { start: startOffset + 1, end: endOf(token) - 1 };
  if (/^".*"$/.test(image) && holds(inner, { start: offset, end: offset })) yield inner;
}

/** The nodes of the tree that hold a place, and those without their label or name. */
function* nodesAround({ file, tokens }: Snapshot, focus: TextRange): Iterable<TextRange> {
  const rest: unknown[] = [file];
  while (rest.length > 0) {
    const node = rest.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (hasSpan(node)) {
      if (!holds(node.span, focus)) continue;
      yield node.span;
      const head = headOf(node);
      if (hasSpan(head)) yield { start: behindSign(tokens, head.span.end), end: node.span.end };
    }
    for (const part of Object.values(node)) rest.push(part);
  }
}

/** The label of a stage, or the name that a line gives to its value. */
function headOf(node: object): unknown {
  if ('label' in node) return node.label;
  return 'stages' in node && 'name' in node ? node.name : undefined;
}

function hasSpan(node: unknown): node is { readonly span: Span } {
  return typeof node === 'object' && node !== null && 'span' in node;
}

/** Where the token behind the next one starts: what a label or a name stands before. */
function behindSign(tokens: readonly IToken[], end: number): number {
  const sign = firstIndex(tokens, ({ startOffset }) => startOffset >= end);
  const behind = tokens.slice(sign + 1).find(({ tokenType }) => tokenType !== LineEnd);
  return behind?.startOffset ?? end;
}

/** What stands in brackets, without them and with them. */
function* bracketsAround({ source: { text }, tokens }: Snapshot, focus: TextRange): Iterable<TextRange> {
  for (const { open, close } of bracketPairs(tokens)) {
    if (!close || open.startOffset > focus.start || endOf(close) < focus.end) continue;
    yield { start: open.startOffset, end: endOf(close) };
    const inside = text.slice(endOf(open), close.startOffset);
    const blanks = inside.length - inside.trimStart().length;
    yield { start: endOf(open) + blanks, end: endOf(open) + blanks + inside.trim().length };
  }
}

/** Comments that stand together, and the declaration that they stand directly before, with them. */
function* documentedAround(snapshot: Snapshot, focus: TextRange): Iterable<TextRange> {
  const { source, file } = snapshot;
  const declaration = file.declarations.find(({ span }) => span.end >= focus.end);
  for (const run of commentRuns(snapshot)) {
    if (holds(run, focus)) yield run;
    if (!declaration || !isNextLine(source.text, run.end, declaration.span.start)) continue;
    yield { start: run.start, end: declaration.span.end };
  }
}
