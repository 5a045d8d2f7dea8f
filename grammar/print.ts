import type { IToken, TokenType } from 'chevrotain';
import { isClosing, isOpening } from './brackets.ts';
import type { SyntaxFault } from './fault.ts';
import { arrange, type Layout, layoutOf } from './layout.ts';
import { endOf } from './lexer.ts';
import { type BracesToken, isBraces, type OutlineLine } from './outline.ts';
import { type ParsedLayout, parseLayout } from './parse.ts';
import type { Source } from './source.ts';
import * as t from './tokens.ts';

export interface Formatted {
  readonly value: string;
  readonly faults: readonly SyntaxFault[];
}

/**
 * Brings a text into the canonical layout: two spaces for each level, single blanks around signs, one blank line at most,
 * options after sizes, `k5` for `k=5`. Lines stay broken where the author broke them, and numbers, strings and comments
 * stay as they are, and so does the kind of line ends that the text begins with. A text that does not parse is given back as it is, with its faults.
 */
export function format(source: Source): Formatted {
  const parsed = parseLayout(source);
  return { value: parsed.faults.length > 0 ? source.text : print(source.text, parsed), faults: parsed.faults };
}

function print(text: string, { value, outline, comments }: ParsedLayout): string {
  const layout = layoutOf(value);
  const parts: string[] = [];
  /** The blanks at the start of the line that is being written. */
  let indentation = 0;
  /** Where the text has been printed up to, and the first comment behind it. */
  let end = 0;
  let nextComment = 0;

  const put = (part: string) => parts.push(part);

  const newLine = (indent: number, isParted = false) => {
    if (parts.length > 0) put(isParted ? '\n\n' : '\n');
    put(' '.repeat(indent));
    indentation = indent;
  };

  const linesUpTo = (offset: number) => text.slice(end, offset).match(/\r\n|\n|\r/g)?.length ?? 0;

  const isAtComment = (before: number) =>
    comments[nextComment] !== undefined && comments[nextComment]!.startOffset < before;

  /** Prints the comments before an offset, behind what they stand behind or on lines of their own; tells if there is such a line. */
  const putComments = (before: number, indent: number, mayBeParted: boolean): boolean => {
    let isOnOwnLine = false;
    while (isAtComment(before)) {
      const comment = comments[nextComment++]!;
      const lines = linesUpTo(comment.startOffset);
      if (parts.length > 0 && lines === 0) {
        put('  ');
      } else {
        newLine(indent, lines > 1 && (mayBeParted || isOnOwnLine));
        isOnOwnLine = true;
      }
      put(comment.image.trimEnd());
      end = endOf(comment);
    }
    return isOnOwnLine;
  };

  /** Prints the lines of a body, or of the file, each on a line of its own, and the comments up to its end. */
  const putLines = (lines: readonly OutlineLine[], close: number, indent: number, inFile: boolean) => {
    let isFirst = true;
    for (const line of lines) {
      const start = line.tokens[0]!.startOffset;
      const isBehindComment = putComments(start, indent, !isFirst);
      newLine(indent, linesUpTo(start) > 1 && (!isFirst || isBehindComment));
      putLine(line, indent, inFile);
      isFirst = false;
    }
    putComments(close, indent, !isFirst);
  };

  const putLine = (line: OutlineLine, indent: number, inFile: boolean) => {
    const tokens = arrange(text, line.tokens, layout);
    const head = inFile ? tokens[0]!.tokenType : undefined;
    let depth = 0;
    let isContinued = false;
    for (const [index, token] of tokens.entries()) {
      const closes = isClosing(token);
      if (closes) depth--;
      if (index > 0) {
        const previous = tokens[index - 1]!;
        const following = tokens[index + 1];
        // A `|` at the end of a line moves to the start of the next one.
        const reach = token.tokenType === t.Bar && following ? following.startOffset : token.startOffset;
        const joined = isJoined(previous, token, head);
        const level = joined ? 0 : depth > 0 || closes ? depth + (isContinued ? 1 : 0) : 1;
        const isBroken = end < reach && linesUpTo(reach) > 0 && !joined;
        const hasComments = isAtComment(reach);
        putComments(reach, indent + 2 * level, false);
        if (isBroken || hasComments) newLine(indent + 2 * level);
        else if (needsBlank(tokens, index, layout)) put(' ');
        isContinued ||= isBroken && depth === 0 && !closes;
      }
      if (isBraces(token)) putBraces(token);
      else put(token.image);
      end = Math.max(end, endOf(token));
      if (isOpening(token)) depth++;
    }
  };

  const putBraces = (token: BracesToken) => {
    const { lines } = token.outline;
    const close = endOf(token) - 1;
    end = token.startOffset + 1;
    if (/[\n\r]/.test(token.image) && (lines.length > 0 || isAtComment(close))) {
      const indent = indentation;
      put('{');
      putLines(lines, close, indent + 2, false);
      newLine(indent);
      put('}');
    } else {
      put(lines.length > 0 ? '{ ' : '{');
      for (const [index, line] of lines.entries()) {
        if (index > 0) put('; ');
        putLine(line, indentation, false);
      }
      put(lines.length > 0 ? ' }' : '}');
    }
  };

  putLines(outline.lines, text.length, 0, true);
  // Comments and strings hold no line end, so that all that are there are those of the layout.
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return parts.length > 0 ? `${parts.join('')}\n`.replaceAll('\n', lineEnd) : '';
}

/** Whether a token stays on the line of the one before it, wherever the author put it. */
function isJoined(previous: IToken, token: IToken, head: TokenType | undefined): boolean {
  const arrow = head === t.Net && (previous.tokenType === t.Arrow || token.tokenType === t.Arrow);
  return arrow || previous.tokenType === t.Bar || token.tokenType === t.Else || isBraces(token);
}

/** Whether a blank parts a token of a line from the one before it. */
function needsBlank(tokens: readonly IToken[], index: number, layout: Layout): boolean {
  const token = tokens[index]!;
  const before = tokens[index - 1]!;
  if (layout.tightBefore.has(token.startOffset) || layout.tightAfter.has(before.startOffset)) return false;
  if (isOpening(before) || before.tokenType === t.Dot || isClosing(token)) return false;
  if (before.tokenType === t.Assign && layout.options.has(tokens[index - 2]!.startOffset)) return false;
  switch (token.tokenType) {
    case t.Comma:
    case t.Dot:
    case t.LabelLeft:
      return false;
    case t.Colon:
      return layout.alternatives.has(tokens[index + 1]!.startOffset);
    case t.Assign:
      return !layout.options.has(before.startOffset);
    case t.CallLeft:
      return layout.blockHeads.has(before.startOffset);
    case t.IndexLeft:
      // A shape behind a layer's name is an argument.
      return layout.calls.has(before.startOffset);
    default:
      return true;
  }
}
