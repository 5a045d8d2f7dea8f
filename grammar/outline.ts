import { type IToken, tokenMatcher } from 'chevrotain';
import { isClosing, isOpening } from './brackets.ts';
import { endOf, retype } from './lexer.ts';
import { isName } from './line-tokens.ts';
import {
  Act,
  Arrow,
  Assign,
  Bar,
  BinaryOperator,
  Block,
  Braces,
  Colon,
  Comma,
  Else,
  Import,
  LeftBrace,
  Let,
  LineEnd,
  Net,
  Not,
  Question,
  Return,
  RightBrace,
} from './tokens.ts';

/** The lines of a file or of a body in braces, before anything is known of what they mean. */
export interface Outline {
  readonly lines: readonly OutlineLine[];
}

/** One logical line: a body inside it is one token, `Braces`. */
export interface OutlineLine {
  readonly tokens: readonly IToken[];
  /** What lies between this line's ends, also where no token was recognized. */
  readonly start: number;
  readonly end: number;
}

/** The one token that stands for `{ … }`; its image is the whole text between the braces and these. */
export interface BracesToken extends IToken {
  readonly outline: Outline;
}

export const isBraces = (token: IToken): token is BracesToken => token.tokenType === Braces;

/**
 * Cuts balanced tokens into lines. A line goes on over a new line inside ( ) and [ ], before `|` and `else`, and after
 * a sign that wants something to follow; the head of a declaration also before its `->` and its body.
 */
export function outline(text: string, tokens: readonly IToken[]): Outline {
  let index = 0;

  const readLines = (inFile: boolean): Outline => {
    const lines: OutlineLine[] = [];
    let line: IToken[] = [];
    let brackets = 0;
    let start = index === 0 ? 0 : endOf(tokens[index - 1]!);
    const finish = (end: number) => {
      if (line.length > 0) lines.push({ tokens: line, start, end });
      line = [];
      start = end;
    };
    while (index < tokens.length) {
      const token = tokens[index]!;
      const type = token.tokenType;
      if (type === LineEnd) {
        // Comments part the ends of a line; together they are one.
        let semicolon: IToken | undefined;
        for (; tokens[index]?.tokenType === LineEnd; index++) {
          if (tokens[index]!.image.includes(';')) semicolon ??= tokens[index];
        }
        if (brackets > 0 && semicolon) line.push(semicolon);
        const isEnd =
          brackets === 0 && !goesOn(line, semicolon !== undefined, tokens[index], tokens[index + 1], inFile);
        if (isEnd) finish(token.startOffset);
        continue;
      }
      if (type === LeftBrace) {
        index++;
        const inner = readLines(false);
        const end = tokens[index] ? endOf(tokens[index]!) : text.length;
        line.push(braces(token, text.slice(token.startOffset, end), inner));
      } else if (type === RightBrace && brackets === 0) {
        break;
      } else {
        if (isOpening(token)) brackets++;
        if (isClosing(token)) brackets--;
        line.push(token);
      }
      index++;
    }
    finish(tokens[index]?.startOffset ?? text.length);
    return { lines };
  };
  return readLines(true);
}

function braces(open: IToken, image: string, inner: Outline): BracesToken {
  return { ...retype(open, Braces, image), outline: inner };
}

/** Whether a line goes on over its end, behind which the tokens `next` and `second` stand. */
function goesOn(
  line: readonly IToken[],
  bySemicolon: boolean,
  next: IToken | undefined,
  second: IToken | undefined,
  inFile: boolean,
): boolean {
  const first = line[0]?.tokenType;
  const last = line[line.length - 1];
  if (!last || next?.tokenType === Else) return true;
  // What flows on after a `let` flows on from the line before that.
  if (next?.tokenType === Bar) return first !== Let && first !== Return;
  if (inFile && (next?.tokenType === LeftBrace || next?.tokenType === Arrow || last.tokenType === Arrow)) return true;
  if (bySemicolon || !wantsMore(last)) return false;
  return last.tokenType === Comma || !beginsAnew(next, second, inFile);
}

/** Whether tokens can only begin a line, so that the one before, whatever it lacks, ends before them. */
function beginsAnew(first: IToken | undefined, second: IToken | undefined, inFile: boolean): boolean {
  switch (first?.tokenType) {
    case Let:
    case Return:
      return true;
    case Act:
    case Block:
    case Import:
    case Net:
      return inFile && isName(second);
    default:
      return isName(first) && second?.tokenType === Assign;
  }
}

function wantsMore(token: IToken): boolean {
  switch (token.tokenType) {
    case Assign:
    case Bar:
    case Colon:
    case Comma:
    case Not:
    case Question:
      return true;
    default:
      return tokenMatcher(token, BinaryOperator);
  }
}
