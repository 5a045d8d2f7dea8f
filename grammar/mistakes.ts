import { type IToken, tokenMatcher } from 'chevrotain';
import { type BadLine, type Change, insertion, replacement, textWith } from './change.ts';
import { type SyntaxFault, type SyntaxRemedy, syntaxFault } from './fault.ts';
import { endOf, spanOf } from './lexer.ts';
import { behindLabel, closingOf, isName, nextOf, outsideOfBrackets, stageStart, typeAt } from './line-tokens.ts';
import { isBraces } from './outline.ts';
import type { Source, Span } from './source.ts';
import * as t from './tokens.ts';

/** What may have been meant by a line that does not parse. A guess without changes is taken as it is. */
export interface Guess {
  readonly fault: (remedy: SyntaxRemedy) => SyntaxFault;
  /** In the order of the text. */
  readonly changes: readonly Change[];
  /** The repaired text, or what the changes do. */
  readonly title: string;
  /** Whether the changed line must parse to its end for the guess to be taken. */
  readonly isBold?: boolean;
}

/** The first guess that stands the test is taken, so that the sure ones come first. */
export const recognizers: readonly ((line: BadLine) => readonly Guess[])[] = [
  declaration,
  annotation,
  assignment,
  label,
  numeral,
  call,
  list,
  comma,
  negative,
  misplaced,
];

/** What is said where no guess holds. */
export function unexpected({ source, tokens, end, failure }: BadLine, remedy: SyntaxRemedy): SyntaxFault {
  const token = tokens[failure.index];
  const { expected } = failure;
  if (token) {
    return syntaxFault('syntax/unexpected', headOf(source, token), { found: `\`${textOf(token)}\``, expected }, remedy);
  }
  const last = tokens.at(-1)!;
  const span = spanOf(source.name, last);
  const found = source.text[end] === '}' ? '`}`' : 'the end of the line';
  const place = isBraces(last) ? { ...span, start: span.end - 1 } : span;
  return syntaxFault('syntax/unexpected', place, { found, expected }, remedy);
}

// --- lines that declare nothing

const keywords = [t.Net, t.Act, t.Block, t.Import, t.Let];

function declaration({ source, rule, tokens }: BadLine): Guess[] {
  const [first, second, third] = tokens;
  if (rule !== 'declaration' || !first || keywords.includes(first.tokenType)) return [];
  const found = textOf(first);
  const span = headOf(source, first);
  const guess = (instead: string, title: string, ...changes: Change[]): Guess => ({
    fault: (remedy) => syntaxFault('syntax/declaration', span, { found, instead }, remedy),
    changes,
    title,
    isBold: true,
  });
  const guesses: Guess[] = [];
  if (isName(first) && isName(second)) {
    for (const keyword of keywords.map((type) => type.name.toLowerCase())) {
      // `add x { … }` looks like a block without sizes, but is none.
      if (keyword === 'block' && !/^[A-Z]/.test(second.image)) continue;
      guesses.push(guess(keyword, keyword, replacement(0, keyword)));
    }
  }
  if (second && keywords.includes(second.tokenType)) {
    guesses.push(guess(textOf(second), `remove \`${found}\``, replacement(0, '', true)));
  }
  if (isName(first) && second?.tokenType === t.Assign && tokens.some(isConstant)) {
    guesses.push(guess('let', `let ${found} = …`, insertion(0, 'let ')));
  }
  if (first.tokenType === t.From && second?.tokenType === t.Text && third?.tokenType === t.Import) {
    const moved = insertion(tokens.length, ` from ${second.image}`);
    guesses.push(
      guess('import', `import … from ${second.image}`, { first: 0, after: 2, text: '', isTight: true }, moved),
    );
  }
  const plain = (remedy: SyntaxRemedy) => syntaxFault('syntax/declaration', span, { found }, remedy);
  return [...guesses, { fault: plain, changes: [], title: '' }];
}

const constants = [t.NumberToken, t.Text, t.True, t.False];
const isConstant = ({ tokenType }: IToken) => constants.includes(tokenType);

// --- types of parameters

/** What types are called in Python and elsewhere. */
const typeNames = new Set(['int', 'float', 'bool', 'str', 'string', 'number', 'boolean', 'tuple', 'list', 'Tensor']);

/** `k: int = 3`, `k int` and `int k`: all types of a head go at once. */
function annotation({ source, rule, tokens, failure: { index } }: BadLine): Guess[] {
  const open = Math.min(nextOf(tokens, t.LeftParen, 0), nextOf(tokens, t.CallLeft, 0));
  const close = closingOf(tokens, open);
  const declares = typeAt(tokens, 0);
  if (rule !== 'declaration' || (declares !== t.Block && declares !== t.Act) || close === undefined) return [];
  const types: Pick<Change, 'first' | 'after'>[] = [];
  const changes: Change[] = [];
  for (let first = open + 1; first < close; first = parameterEnd(tokens, first, close) + 1) {
    const type = typeOf(tokens, first, parameterEnd(tokens, first, close));
    if (!type) continue;
    types.push(type);
    const isBehind = type.first > first;
    changes.push(isBehind ? { first, after: type.after, text: tokens[first]!.image } : replacement(first, '', true));
  }
  const guilty = types.find(({ first, after }) => first - 1 <= index && index <= after);
  if (!guilty) return [];
  const span = spanOf(source.name, tokens[guilty.first]!, tokens[guilty.after - 1]);
  const written = textIn(source, span);
  return [
    {
      fault: (remedy) => syntaxFault('syntax/annotation', span, { written }, remedy),
      changes,
      title: changes.length > 1 ? 'remove the types' : `remove \`${written}\``,
      isBold: true,
    },
  ];
}

/** The comma behind a parameter, or the end of all. */
function parameterEnd(tokens: readonly IToken[], first: number, close: number): number {
  return Math.min(outsideOfBrackets(tokens.slice(0, close), t.Comma, first)[0] ?? close, close);
}

/** The tokens of the type of a parameter, if it has one. A value behind a colon is a default that lacks its sign. */
function typeOf(tokens: readonly IToken[], first: number, end: number): Pick<Change, 'first' | 'after'> | undefined {
  const assign = Math.min(nextOf(tokens, t.Assign, first), end);
  const isType = (at: number) => typeNames.has(tokens[at]!.image);
  if (!isName(tokens[first])) return undefined;
  if (typeAt(tokens, first + 1) === t.Colon) {
    return first + 2 < assign && (assign < end || isType(first + 2)) ? { first: first + 1, after: assign } : undefined;
  }
  if (assign !== first + 2 || !isName(tokens[first + 1])) return undefined;
  if (isType(first + 1)) return { first: first + 1, after: assign };
  return isType(first) ? { first, after: first + 1 } : undefined;
}

// --- `=`, `:`, `==` and `->` in each other's place

function assignment({ source, rule, tokens, failure: { index } }: BadLine): Guess[] {
  const isPair = (at: number) => typeAt(tokens, at) === t.Colon && typeAt(tokens, at + 1) === t.Assign;
  const first = isPair(index - 1) ? index - 1 : index;
  const width = isPair(first) ? 2 : 1;
  const token = tokens[first];
  if (!token) return [];
  const span = spanOf(source.name, token, tokens[first + width - 1]);
  const written = textIn(source, span);
  const declares = tokens[0]!.tokenType;
  const named = declares === t.Let ? 'a constant' : declares === t.Act ? 'a formula' : 'a name';
  /** The mistake is often made more than once; else only in the first place. */
  const guesses = (fault: Guess['fault'], sign: string, text = sign): Guess[] => {
    const all = outsideOfBrackets(tokens, token.tokenType, first).map((at) => ({ first: at, after: at + width, text }));
    return [
      { fault, changes: all, title: sign, isBold: true },
      { fault, changes: [{ first, after: first + width, text }], title: sign },
    ];
  };
  const assign = (instead: string, what: string) =>
    guesses(
      (remedy) => syntaxFault('syntax/assign', span, { written, instead, what }, remedy),
      instead,
      what === named && first > 0 && endOf(tokens[first - 1]!) === token.startOffset ? ` ${instead}` : instead,
    );
  switch (token.tokenType) {
    case t.Colon:
      if (width === 2 || named !== 'a name') return assign('=', named);
      if (rule === 'line') return assign('=', 'an option');
      return [
        ...assign('=', 'a default'),
        ...guesses((remedy) => syntaxFault('syntax/arrow', span, { written }, remedy), '->', ' ->'),
      ];
    case t.Assign:
      return [...assign(':', rule === 'line' ? 'a label' : 'a type'), ...assign('==', 'a comparison')];
    case t.EqualEqual:
      return assign('=', named);
    case t.Arrow:
      return declares === t.Act ? assign('=', named) : [];
    default:
      return [];
  }
}

// --- labels

/** Longer ones are no labels, whatever they were meant to be. */
const longestLabel = 100;

function label({ source, rule, tokens, failure: { index } }: BadLine): Guess[] {
  const first = stageStart(tokens, index);
  const colon = nextOf(tokens, t.Colon, index);
  if (rule !== 'line' || colon === tokens.length || colon === first) return [];
  const span = spanOf(source.name, tokens[first]!, tokens[colon - 1]);
  const written = textIn(source, span);
  // An option, a condition and what goes on over a line are something else.
  if (written.length > longestLabel || /[\n\r"|=?,:]/.test(written)) return [];
  const text = asLabel(written);
  return [
    {
      fault: (remedy) => syntaxFault('syntax/label', span, { written }, remedy),
      changes: [{ first, after: colon, text }],
      title: `${text}:`,
      isBold: /\s/.test(written),
    },
  ];
}

/** `features[0]` is a part of its own, words lack an underscore; anything else needs quotes. */
function asLabel(written: string): string {
  const indexed = /^([A-Za-z_][\w.]*)\[(.*)\]$/.exec(written);
  if (indexed) return `${indexed[1]}.{${indexed[2]}}`;
  return /^[A-Za-z_]\w*(?:[ \t]+\w+)+$/.test(written) ? written.replace(/[ \t]+/g, '_') : `"${written}"`;
}

// --- numbers

function numeral({ source, tokens, failure: { index } }: BadLine): Guess[] {
  const isNumber = (at: number) => typeAt(tokens, at) === t.NumberToken || typeAt(tokens, at) === t.BadNumber;
  const touches = (at: number) => tokens[at + 1] !== undefined && endOf(tokens[at]!) === tokens[at + 1]!.startOffset;
  const isDot = typeAt(tokens, index) === t.Dot;
  const first = isDot && isNumber(index - 1) && touches(index - 1) ? index - 1 : index;
  const after = isDot && isNumber(index + 1) && touches(index) ? index + 2 : index + 1;
  if (isDot ? after - first === 1 : typeAt(tokens, index) !== t.BadNumber) return [];
  const span = spanOf(source.name, tokens[first]!, tokens[after - 1]);
  const written = textIn(source, span);
  const instead = meantNumber(written);
  const evidence = { written, ...(instead !== undefined && { instead }) };
  return [
    {
      fault: (remedy) => syntaxFault('syntax/number', span, evidence, remedy),
      changes: instead === undefined ? [] : [{ first, after, text: instead }],
      title: instead ?? '',
    },
  ];
}

/** `.5`, `3.` and `1_000`. */
function meantNumber(written: string): string | undefined {
  if (/^\.\d+$/.test(written)) return `0${written}`;
  if (/^\d+\.$/.test(written)) return written.slice(0, -1);
  return /^\d+(?:_\d+)+$/.test(written) ? written.replaceAll('_', '') : undefined;
}

// --- calls as in Python

function call(line: BadLine): Guess[] {
  const { source, rule, tokens, failure } = line;
  const stages = rule === 'line' ? calledStages(tokens) : [];
  const failed = stages.findIndex(({ first, close }) => first <= failure.index && failure.index <= close);
  const stage = stages[failed];
  if (!stage) return [];
  const span = spanOf(source.name, tokens[stage.first]!, tokens[stage.open - 1]);
  const layer = textIn(source, span);
  const repaired = withoutParentheses(tokens, stage);
  return [
    {
      fault: (remedy) => syntaxFault('syntax/call', span, { layer }, remedy),
      changes: [...repaired, ...stages.slice(failed + 1).flatMap((each) => withoutParentheses(tokens, each))],
      title: shortened(textWith(line, stage.first, stage.close, repaired)),
    },
  ];
}

/** A stage that is written `nn.Name( … )`: the indices of its first token and of its parentheses. */
interface CalledStage {
  readonly first: number;
  readonly open: number;
  readonly close: number;
}

function calledStages(tokens: readonly IToken[]): CalledStage[] {
  const stages: CalledStage[] = [];
  for (let bar = -1; bar < tokens.length; bar = nextOf(tokens, t.Bar, bar + 1)) {
    const first = behindLabel(tokens, stageStart(tokens, bar + 1));
    let open = first + 1;
    while (isName(tokens[open - 1]) && typeAt(tokens, open) === t.Dot) open += 2;
    const type = typeAt(tokens, open);
    const close = type === t.CallLeft || type === t.LeftParen ? closingOf(tokens, open) : undefined;
    if (isName(tokens[open - 1]) && close !== undefined) stages.push({ first, open, close });
  }
  return stages;
}

/** The changes that make a call of this language of one of Python's, in the order of the text. */
function withoutParentheses(tokens: readonly IToken[], { first, open, close }: CalledStage): Change[] {
  const changes: Change[] = [];
  const replace = (...change: Parameters<typeof replacement>) => changes.push(replacement(...change));
  if (open - first > 1) changes.push({ first, after: open - 1, text: '' });
  replace(open, close === open + 1 ? '' : ' ', true);
  // Two sizes in front are nearly always the features that arrive and those that leave.
  const isNumber = (index: number) => typeAt(tokens, index) === t.NumberToken;
  const isSize = (index: number) =>
    isNumber(index) || (isName(tokens[index]) && typeAt(tokens, index + 1) !== t.Assign);
  const startsArgument = (index: number) => index === open + 1 || typeAt(tokens, index - 1) === t.Comma;
  let mayBeArrow = !tokens.slice(open, close).some(({ tokenType }) => tokenType === t.Arrow);
  for (let index = open + 1; index < close; index++) {
    const end = closingOf(tokens, index);
    if (end !== undefined) {
      // A tuple is a list here.
      const isTuple = typeAt(tokens, index) === t.LeftParen && nextOf(tokens, t.Comma, index) < end;
      if (isTuple) replace(index, '[');
      if (isTuple) replace(end, ']');
      index = end;
    } else if (typeAt(tokens, index) === t.Comma) {
      const [left, right] = [open + 1, index + 1];
      const isArrow = mayBeArrow && isSize(left) && isSize(right) && (isNumber(left) || isNumber(right));
      replace(index, isArrow ? '->' : ' ', true);
      mayBeArrow = false;
    } else if (typeAt(tokens, index) === t.Minus && isNumber(index + 1) && startsArgument(index)) {
      changes.push({ first: index, after: index + 2, text: `(-${tokens[index + 1]!.image})` });
    }
  }
  replace(close, '');
  return changes;
}

// --- lists

/** `(3, 3)` and, where a shape stands, `3x32x32`: a list has brackets. */
function list(line: BadLine): Guess[] {
  const { tokens, failure } = line;
  const { index, expected } = failure;
  const guess = (title: string, ...changes: Change[]): Guess => ({
    fault: (remedy) => unexpected(line, remedy),
    changes,
    title,
    isBold: true,
  });
  const token = tokens[index];
  if (token?.tokenType === t.Size && expected.startsWith('a shape')) {
    const text = `[${token.image.split('x').join(', ')}]`;
    return [guess(text, replacement(index, text))];
  }
  const open = typeAt(tokens, index) === t.Comma ? openingOf(tokens, index) : index;
  const close = open !== undefined && typeAt(tokens, open) === t.LeftParen ? closingOf(tokens, open) : undefined;
  if (open === undefined || close === undefined || nextOf(tokens, t.Comma, open) > close) return [];
  const changes = [replacement(open, '['), replacement(close, ']')];
  return [guess(shortened(textWith(line, open, close, changes)), ...changes)];
}

/** The parenthesis that is open at a token. */
function openingOf(tokens: readonly IToken[], index: number): number | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const close = closingOf(tokens, at);
    if (close !== undefined && close > index) return at;
  }
  return undefined;
}

// --- commas

function comma(line: BadLine): Guess[] {
  const { source, rule, tokens, failure } = line;
  const { index } = failure;
  if (rule !== 'line' || typeAt(tokens, index) !== t.Comma) return [];
  const commas = outsideOfBrackets(tokens, t.Comma, 0);
  const endsLine = (at: number) => /[\n\r]/.test(source.text.slice(endOf(tokens[at]!), tokens[at + 1]?.startOffset));
  const between = (at: number) => (endsLine(at) || startsStage(tokens, at + 1) ? 'stages' : 'arguments');
  const changes = commas.map((at) =>
    endsLine(at) ? replacement(at, ' |') : replacement(at, between(at) === 'stages' ? ' | ' : ' ', true),
  );
  return [
    {
      fault: (remedy) =>
        syntaxFault('syntax/comma', spanOf(source.name, tokens[index]!), { between: between(index) }, remedy),
      changes,
      title: shortened(textWith(line, 0, tokens.length - 1, changes)),
    },
  ];
}

/** Whether a name behind a comma is more likely a layer than an argument; no layer is known here. */
function startsStage(tokens: readonly IToken[], index: number): boolean {
  const [first, second] = [tokens[index], typeAt(tokens, index + 1)];
  if (!isName(first) || second === t.Assign || /^[a-z]\d+(?:x\d+)*$/i.test(first.image)) return false;
  if (second !== undefined && second !== t.Comma && second !== t.Bar) return true;
  // `concat a, b` goes on with a name, `conv 3->6 k5, relu` with a layer.
  const before = tokens.slice(behindLabel(tokens, stageStart(tokens, index)), index);
  return !before.every((token) => token.tokenType === t.Comma || isName(token));
}

// --- negative arguments

function negative({ source, rule, tokens, failure: { index } }: BadLine): Guess[] {
  const [sign, operand] = tokens.slice(index, index + 2);
  if (rule !== 'line' || sign?.tokenType !== t.Minus || !operand) return [];
  const isCall = typeAt(tokens, index + 2) === t.CallLeft || typeAt(tokens, index + 2) === t.IndexLeft;
  if (isCall || !(operand.tokenType === t.NumberToken || isName(operand))) return [];
  const span = spanOf(source.name, sign, operand);
  const written = `-${operand.image}`;
  return [
    {
      fault: (remedy) => syntaxFault('syntax/negative', span, { written }, remedy),
      changes: [{ first: index, after: index + 2, text: `(${written})` }],
      title: `(${written})`,
    },
  ];
}

// --- a sign that is missing, or one too many

const removable = [t.Bar, t.Comma, t.Colon, t.Dot, t.Assign, t.Arrow, t.Question, t.BinaryOperator];

function misplaced(line: BadLine): Guess[] {
  const { tokens, failure } = line;
  const { index, expected } = failure;
  const guesses: Guess[] = [];
  const guess = (title: string, ...changes: Change[]) =>
    guesses.push({ fault: (remedy) => unexpected(line, remedy), changes, title, isBold: true });
  for (const sign of ['=', ':', ')', ']', 'from']) {
    const text = sign === '=' || sign === 'from' ? ` ${sign}` : sign;
    if (expected.includes(`\`${sign}\``)) guess(`insert \`${sign}\``, insertion(index, text));
  }
  const gaps = withoutCommas(tokens, index).map((gap) => insertion(gap, ','));
  if (gaps.length > 0) guess(gaps.length > 1 ? 'insert commas' : 'insert `,`', ...gaps);
  const joined = joinOf(line);
  if (joined) guess(joined.text, joined);
  const braced = bracedNames(line);
  if (braced) guess(braced.text, braced);
  const path = qualified(tokens, index);
  if (path) guess(path.text === '' ? tokens[path.after]!.image : path.text, path);
  if (tokens[index]?.image === 'elif') guess('else if', replacement(index, 'else if'));
  const isAtEnd = index === tokens.length;
  const place = isAtEnd ? index - 1 : index;
  const token = tokens[place]!;
  if ((isAtEnd ? [t.Bar, t.Comma] : removable).some((type) => tokenMatcher(token, type))) {
    guess(`remove \`${token.image}\``, replacement(place, '', token.tokenType === t.Bar));
  }
  return guesses;
}

const joins: Readonly<Record<string, string>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '@': 'matmul' };

/** `a + b` of values is `a | add b`. */
function joinOf({ rule, tokens, failure: { index } }: BadLine): Change | undefined {
  const image = tokens[index]?.image ?? '';
  if (rule !== 'line' || !Object.hasOwn(joins, image) || !isName(tokens[index + 1])) return undefined;
  const join = joins[image]!;
  return replacement(index, typeAt(tokens, index - 1) === t.Bar ? join : `| ${join}`);
}

/** Names of an import in braces, without them. */
function bracedNames({ source, tokens, failure: { index } }: BadLine): Change | undefined {
  const token = tokens[index];
  if (typeAt(tokens, 0) !== t.Import || index !== 1 || !token || !isBraces(token)) return undefined;
  const { start, end } = spanOf(source.name, token);
  return replacement(index, source.text.slice(start + 1, end - 1).trim());
}

/** Of `F.relu`, what stands before the name; and `dims` for `x.shape` in a size. */
function qualified(tokens: readonly IToken[], index: number): Change | undefined {
  if (typeAt(tokens, index) !== t.Dot || !isName(tokens[index - 1]) || !isName(tokens[index + 1])) return undefined;
  let after = index + 1;
  while (typeAt(tokens, after + 1) === t.Dot && isName(tokens[after + 2])) after += 2;
  const first = index - 1;
  if (first === behindLabel(tokens, stageStart(tokens, first))) return { first, after, text: '' };
  return tokens[after]!.image === 'shape' ? { first, after: after + 1, text: 'dims' } : undefined;
}

const operands = [t.Name, t.NumberToken, t.Size, t.Text];

/** Where one item follows another from an index on, as in `[3 32 32]` and `return a b`. */
function withoutCommas(tokens: readonly IToken[], index: number): number[] {
  const isOperand = (at: number) =>
    tokens[at] !== undefined && operands.some((type) => tokenMatcher(tokens[at]!, type));
  const isWord = (at: number) => [t.From, t.As].some((type) => typeAt(tokens, at) === type);
  const gaps: number[] = [];
  for (let gap = index; isOperand(gap) && isOperand(gap - 1) && !isWord(gap); gap++) gaps.push(gap);
  return gaps;
}

// --- texts and places

const textIn = (source: Source, { start, end }: Span) => source.text.slice(start, end);

const textOf = (token: IToken) =>
  isBraces(token) ? '{' : token.tokenType === t.LineEnd ? ';' : shortened(token.image);

/** On one line, and not longer than one reads at a glance. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Of a body, only the brace that opens it. */
function headOf(source: Source, token: IToken): Span {
  const span = spanOf(source.name, token);
  return isBraces(token) ? { ...span, end: span.start + 1 } : span;
}
