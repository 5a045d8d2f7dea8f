import { type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import { type SyntaxFault, type SyntaxRemedy, syntaxFault } from './fault.ts';
import { endOf, spanOf, tokenize } from './lexer.ts';
import { isBraces, type OutlineLine } from './outline.ts';
import type { Failure, Parsed, Rules } from './parser.ts';
import type { Source, Span } from './source.ts';
import * as t from './tokens.ts';

/** A line that does not parse, and the means to try it with other tokens. */
export interface Unparsed<Node> {
  readonly source: Source;
  readonly rule: keyof Rules;
  readonly line: OutlineLine;
  readonly failure: Failure;
  readonly read: (tokens: readonly IToken[]) => Parsed<Node>;
}

export interface Diagnosis<Node> {
  readonly fault: SyntaxFault;
  /** What the line means once the mistake is repaired, where that is all that is wrong with it. */
  readonly node?: Node;
}

/**
 * Finds out what a line that does not parse was meant to be. Each known mistake is a guess, and a guess with changes is
 * put to the test: the changed line must parse, or at least be understood beyond the place where it was not.
 */
export function diagnose<Node>(unparsed: Unparsed<Node>): Diagnosis<Node> {
  for (const recognize of unparsed.line.tokens.length > longestLine ? [] : recognizers) {
    for (const { fault, changes, title, whole } of recognize(unparsed)) {
      if (changes.length === 0) return { fault: fault({}) };
      const tokens = changed(unparsed, changes);
      const parsed = unparsed.read(tokens);
      if ('failure' in parsed && (whole || !goesFurther(unparsed, tokens, parsed.failure))) continue;
      const edits = changes.map((change) => ({ span: placeOf(unparsed, change), text: change.text }));
      const repaired = fault({ fix: { title, edits } });
      return 'node' in parsed ? { fault: repaired, node: parsed.node } : { fault: repaired };
    }
  }
  return { fault: unexpected(unparsed, {}) };
}

/** A line with more tokens is not worth the time that guesses take. */
const longestLine = 10_000;

type Line = Unparsed<unknown>;

/** What may have been meant. A guess without changes is taken as it is. */
interface Guess {
  readonly fault: (remedy: SyntaxRemedy) => SyntaxFault;
  readonly changes: readonly Change[];
  readonly title: string;
  /** Whether the changed line must parse to its end, since the guess is a bold one. */
  readonly whole?: boolean;
}

/** The tokens from `first` to before `after` make way for a text; where `first` is `after`, it is put in behind the token before. */
interface Change {
  readonly first: number;
  readonly after: number;
  readonly text: string;
  /** The blanks behind the tokens go, too. */
  readonly tight?: boolean;
}

// --- lines that declare nothing

const keywords = [t.Net, t.Act, t.Block, t.Import, t.Let];

function declaration({ source, rule, line: { tokens } }: Line): Guess[] {
  const [first, second, third] = tokens;
  if (rule !== 'declaration' || !first || keywords.includes(first.tokenType)) return [];
  const found = textOf(first);
  const span = headOf(source, first);
  const guess = (instead: string, title: string, ...changes: Change[]): Guess => ({
    fault: (remedy) => syntaxFault('syntax/declaration', span, { found, instead }, remedy),
    changes,
    title,
    whole: true,
  });
  const guesses: Guess[] = [];
  if (isName(first) && isName(second)) {
    for (const keyword of keywords.map((type) => type.name.toLowerCase())) {
      // `add x { … }` looks like a block without sizes, but is none.
      if (keyword === 'block' && !/^[A-Z]/.test(second.image)) continue;
      guesses.push(guess(keyword, `\`${keyword}\``, { first: 0, after: 1, text: keyword }));
    }
  }
  if (second && keywords.includes(second.tokenType)) {
    guesses.push(guess(textOf(second), `remove \`${found}\``, { first: 0, after: 1, text: '', tight: true }));
  }
  if (isName(first) && second?.tokenType === t.Assign && tokens.some(isConstant)) {
    guesses.push(guess('let', `let ${found} = …`, insertion(0, 'let ')));
  }
  if (first.tokenType === t.From && second?.tokenType === t.Text && third?.tokenType === t.Import) {
    const moved = insertion(tokens.length, ` from ${second.image}`);
    guesses.push(
      guess('import', `import … from ${second.image}`, { first: 0, after: 2, text: '', tight: true }, moved),
    );
  }
  const plain = (remedy: SyntaxRemedy) => syntaxFault('syntax/declaration', span, { found }, remedy);
  return [...guesses, { fault: plain, changes: [], title: '' }];
}

const constants = [t.NumberToken, t.Text, t.True, t.False];
const isConstant = ({ tokenType }: IToken) => constants.includes(tokenType);

// --- `=`, `:`, `==` and `->` in each other's place

function assignment({ source, rule, line: { tokens }, failure: { index } }: Line): Guess[] {
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
    const all = outside(tokens, token.tokenType, first).map((at) => ({ first: at, after: at + width, text }));
    const title = `\`${sign}\``;
    return [
      { fault, changes: all, title, whole: true },
      { fault, changes: [{ first, after: first + width, text }], title },
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
      return [...assign(':', 'a type'), ...assign('==', 'a comparison')];
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

function label({ source, rule, line: { tokens }, failure: { index } }: Line): Guess[] {
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
      whole: /\s/.test(written),
    },
  ];
}

/** `features[0]` and `features{i}` lack a dot, words an underscore; anything else needs quotes. */
function asLabel(written: string): string {
  const indexed = /^([A-Za-z_][\w.]*)(?:\{(.*)\}|\[(.*)\])$/.exec(written);
  if (indexed) return `${indexed[1]}.{${indexed[2] ?? indexed[3]}}`;
  return /^[A-Za-z_]\w*(?:[ \t]+\w+)+$/.test(written) ? written.replace(/[ \t]+/g, '_') : `"${written}"`;
}

// --- numbers

function numeral({ source, line: { tokens }, failure: { index } }: Line): Guess[] {
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

function call(unparsed: Line): Guess[] {
  const { source, rule, line, failure } = unparsed;
  const stages = rule === 'line' ? calledStages(line.tokens) : [];
  const failed = stages.findIndex(({ first, close }) => first <= failure.index && failure.index <= close);
  const stage = stages[failed];
  if (!stage) return [];
  const span = spanOf(source.name, line.tokens[stage.first]!, line.tokens[stage.open - 1]);
  const layer = textIn(source, span);
  const repaired = withoutParentheses(line.tokens, stage);
  return [
    {
      fault: (remedy) => syntaxFault('syntax/call', span, { layer }, remedy),
      changes: [...repaired, ...stages.slice(failed + 1).flatMap((each) => withoutParentheses(line.tokens, each))],
      title: textWith(unparsed, stage.first, stage.close, repaired),
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
    const close = type === t.CallLeft || type === t.LeftParen ? closing(tokens, open) : undefined;
    if (isName(tokens[open - 1]) && close !== undefined) stages.push({ first, open, close });
  }
  return stages;
}

/** The changes that make a call of this language of one of Python's, in the order of the text. */
function withoutParentheses(tokens: readonly IToken[], { first, open, close }: CalledStage): Change[] {
  const changes: Change[] = [];
  const replace = (index: number, text: string, tight = false) =>
    changes.push({ first: index, after: index + 1, text, tight });
  if (open - first > 1) changes.push({ first, after: open - 1, text: '' });
  replace(open, close === open + 1 ? '' : ' ', true);
  // Two sizes in front are nearly always the features that arrive and those that leave.
  const isNumber = (index: number) => typeAt(tokens, index) === t.NumberToken;
  const isSize = (index: number) =>
    isNumber(index) || (isName(tokens[index]) && typeAt(tokens, index + 1) !== t.Assign);
  let mayBeArrow = !tokens.slice(open, close).some(({ tokenType }) => tokenType === t.Arrow);
  for (let index = open + 1; index < close; index++) {
    const end = closing(tokens, index);
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
    }
  }
  replace(close, '');
  return changes;
}

// --- commas

function comma({ source, rule, line: { tokens }, failure: { index } }: Line): Guess[] {
  if (rule !== 'line' || typeAt(tokens, index) !== t.Comma) return [];
  const commas = outside(tokens, t.Comma, 0);
  const between = (at: number) => (startsStage(tokens, at + 1) ? 'stages' : 'arguments');
  const evidence = { between: between(index) } as const;
  return [
    {
      fault: (remedy) => syntaxFault('syntax/comma', spanOf(source.name, tokens[index]!), evidence, remedy),
      changes: commas.map((at) => ({
        first: at,
        after: at + 1,
        text: between(at) === 'stages' ? ' | ' : ' ',
        tight: true,
      })),
      title: evidence.between === 'stages' ? '`|` instead' : 'blanks instead',
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

function negative({ source, rule, line: { tokens }, failure: { index } }: Line): Guess[] {
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

function misplaced(unparsed: Line): Guess[] {
  const { line, failure } = unparsed;
  const { index, expected } = failure;
  const fault = (remedy: SyntaxRemedy) => unexpected(unparsed, remedy);
  const guesses: Guess[] = [];
  const insert = (sign: string, text: string) =>
    guesses.push({ fault, changes: [insertion(index, text)], title: `insert \`${sign}\``, whole: true });
  for (const sign of ['=', ':', ')', ']', 'from']) {
    if (expected.includes(`\`${sign}\``)) insert(sign, sign === '=' || sign === 'from' ? ` ${sign}` : sign);
  }
  const gaps = withoutCommas(line.tokens, index);
  if (gaps.length > 0) {
    const changes = gaps.map((gap) => insertion(gap, ','));
    guesses.push({ fault, changes, title: gaps.length > 1 ? 'insert commas' : 'insert `,`', whole: true });
  }
  const atEnd = index === line.tokens.length;
  const place = atEnd ? index - 1 : index;
  const token = line.tokens[place]!;
  if ((atEnd ? [t.Bar, t.Comma] : removable).some((type) => tokenMatcher(token, type))) {
    const change = { first: place, after: place + 1, text: '', tight: token.tokenType === t.Bar };
    guesses.push({ fault, changes: [change], title: `remove \`${token.image}\``, whole: true });
  }
  return guesses;
}

const operands = [t.Name, t.NumberToken, t.Size, t.Text];

/** Where one item follows another from an index on, as in `[3 32 32]` and `return a b`. */
function withoutCommas(tokens: readonly IToken[], index: number): number[] {
  const isOperand = (at: number) =>
    tokens[at] !== undefined && operands.some((type) => tokenMatcher(tokens[at]!, type));
  const gaps: number[] = [];
  for (let gap = index; isOperand(gap) && isOperand(gap - 1) && typeAt(tokens, gap) !== t.From; gap++) gaps.push(gap);
  return gaps;
}

function unexpected({ source, line, failure }: Line, remedy: SyntaxRemedy): SyntaxFault {
  const token = line.tokens[failure.index];
  const { expected } = failure;
  if (token) {
    const found = `\`${textOf(token)}\``;
    return syntaxFault('syntax/unexpected', headOf(source, token), { found, expected }, remedy);
  }
  const last = spanOf(source.name, line.tokens.at(-1)!);
  const span = isBraces(line.tokens.at(-1)!) ? { ...last, start: last.end - 1 } : last;
  const found = source.text[line.end] === '}' ? '`}`' : 'the end of the line';
  return syntaxFault('syntax/unexpected', span, { found, expected }, remedy);
}

/** The first guess that stands the test is taken, so that the sure ones come first. */
const recognizers: readonly ((unparsed: Line) => readonly Guess[])[] = [
  declaration,
  assignment,
  label,
  numeral,
  call,
  comma,
  negative,
  misplaced,
];

// --- changes

const insertion = (index: number, text: string): Change => ({ first: index, after: index, text });

/** The tokens of a line with changes, which come in the order of the text. */
function changed(unparsed: Line, changes: readonly Change[]): readonly IToken[] {
  const { source, line } = unparsed;
  const parts: (readonly IToken[])[] = [];
  let next = 0;
  for (const change of changes) {
    parts.push(line.tokens.slice(next, change.first));
    const span = placeOf(unparsed, change);
    // What is tight ends where the next token begins.
    const start = change.tight ? span.end - change.text.length : span.start;
    const { tokens } = tokenize({ name: source.name, text: change.text });
    parts.push(tokens.map((token) => ({ ...token, startOffset: start + token.startOffset })));
    next = change.after;
  }
  return [...parts, line.tokens.slice(next)].flat();
}

function placeOf({ source, line: { tokens } }: Line, { first, after, tight }: Change): Span {
  if (first === after) {
    const place = first === 0 ? tokens[0]!.startOffset : endOf(tokens[first - 1]!);
    return { source: source.name, start: place, end: place };
  }
  const span = spanOf(source.name, tokens[first]!, tokens[after - 1]);
  const next = tokens[after]?.startOffset;
  // A comment stays.
  return tight && next !== undefined && source.text.slice(span.end, next).trim() === '' ? { ...span, end: next } : span;
}

/** The text of some tokens with changes. */
function textWith(unparsed: Line, first: number, last: number, changes: readonly Change[]): string {
  const { source, line } = unparsed;
  let text = '';
  let start = line.tokens[first]!.startOffset;
  for (const change of changes) {
    const span = placeOf(unparsed, change);
    text += source.text.slice(start, span.start) + change.text;
    start = span.end;
  }
  return shortened(text + source.text.slice(start, endOf(line.tokens[last]!)));
}

/** Whether a changed line is understood beyond the place where it was not. */
function goesFurther({ line, failure }: Line, tokens: readonly IToken[], now: Failure): boolean {
  const before = line.tokens[failure.index]?.startOffset ?? Number.POSITIVE_INFINITY;
  return (tokens[now.index]?.startOffset ?? Number.POSITIVE_INFINITY) > before;
}

// --- tokens

const typeAt = (tokens: readonly IToken[], index: number): TokenType | undefined => tokens[index]?.tokenType;

const isName = (token: IToken | undefined): token is IToken => token !== undefined && tokenMatcher(token, t.Name);

const textIn = (source: Source, { start, end }: Span) => source.text.slice(start, end);

const textOf = (token: IToken) =>
  isBraces(token) ? '{' : token.tokenType === t.LineEnd ? ';' : shortened(token.image);

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** Of a body, only the brace that opens it. */
function headOf(source: Source, token: IToken): Span {
  const span = spanOf(source.name, token);
  return isBraces(token) ? { ...span, end: span.start + 1 } : span;
}

/** The first token of a type from an index on, or the end. */
function nextOf(tokens: readonly IToken[], type: TokenType, from: number): number {
  let index = from;
  while (index < tokens.length && tokens[index]!.tokenType !== type) index++;
  return index;
}

/** Where the stage around a token begins, behind `name =`. */
function stageStart(tokens: readonly IToken[], index: number): number {
  let first = index;
  while (first > 0 && tokens[first - 1]!.tokenType !== t.Bar) first--;
  if (first === 0 && isName(tokens[0]) && typeAt(tokens, 1) === t.Assign) first = 2;
  return typeAt(tokens, first) === t.Bar ? first + 1 : first;
}

/** The first token behind the label of a stage, if it has one. */
function behindLabel(tokens: readonly IToken[], first: number): number {
  let end = first + 1;
  while (isName(tokens[first]) && typeAt(tokens, end) === t.Dot) {
    end = typeAt(tokens, end + 1) === t.LabelLeft ? nextOf(tokens, t.RightBrace, end) + 1 : end + 2;
  }
  return typeAt(tokens, end) === t.Colon ? end + 1 : first;
}

const opening = [t.LeftParen, t.CallLeft, t.LeftBracket, t.IndexLeft, t.LabelLeft];
const closers = [t.RightParen, t.RightBracket, t.RightBrace];

/** The closing sign of an opening one; a body is a single token here. */
function closing(tokens: readonly IToken[], open: number): number | undefined {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (opening.includes(tokens[index]!.tokenType)) depth++;
    if (closers.includes(tokens[index]!.tokenType)) depth--;
    if (depth === 0) return index === open ? undefined : index;
  }
  return undefined;
}

/** All tokens of a type from an index on, but those in brackets that open behind it. */
function outside(tokens: readonly IToken[], type: TokenType, from: number): number[] {
  const found: number[] = [];
  for (let index = from; index < tokens.length; index++) {
    index = closing(tokens, index) ?? index;
    if (tokens[index]!.tokenType === type) found.push(index);
  }
  return found;
}
