import { createToken, type ITokenConfig, Lexer, type TokenType } from 'chevrotain';

/**
 * The tokens of the language, in the order in which they are tried. The table is the one source for the lexer and
 * for editors' highlighting: `scope` is the TextMate scope of a token, absent where it has no colour of its own.
 */
export interface TokenRow {
  readonly type: TokenType;
  readonly scope?: string;
  /** The token is a known mistake: what it is read as, so that the parser can go on. */
  readonly mistake?: Mistake;
}

/** A spelling from another language. `becomes: undefined` is a comment, which the parser never sees. */
export interface Mistake {
  readonly code: 'syntax/string' | 'syntax/quotes' | 'syntax/comment' | 'syntax/arrow' | 'syntax/operator';
  readonly becomes: TokenType | undefined;
}

const token = (config: ITokenConfig): TokenType => createToken(config);

/** Anything that may be a part of a dotted label: `layer1.0.if`. */
export const Word = token({ name: 'Word', pattern: Lexer.NA, label: 'a name' });

/** Any word. Keywords that only matter where a declaration stands are names everywhere else. */
export const Name = token({ name: 'Name', pattern: /[A-Za-z_]\w*/, categories: [Word], label: 'a name' });

/** What stands between two operands. */
export const BinaryOperator = token({ name: 'BinaryOperator', pattern: Lexer.NA, label: 'an operator' });

const word = (name: string, ...categories: TokenType[]): TokenType =>
  token({
    name: name[0]!.toUpperCase() + name.slice(1),
    pattern: name,
    longer_alt: Name,
    categories: [Word, ...categories],
    label: `\`${name}\``,
  });
const sign = (name: string, pattern: string): TokenType => token({ name, pattern, label: `\`${pattern}\`` });

// --- words

export const Net = word('net', Name);
export const Block = word('block', Name);
export const Act = word('act', Name);
export const Import = word('import', Name);
export const From = word('from', Name);
export const As = word('as', Name);
export const Learn = word('learn', Name);

export const Let = word('let');
export const Return = word('return');
export const Repeat = word('repeat');
export const If = word('if');
export const Else = word('else');
export const And = word('and', BinaryOperator);
export const Or = word('or', BinaryOperator);
export const Not = word('not');
export const True = word('true');
export const False = word('false');

// --- literals

/** `3x5` */
export const Size = token({ name: 'Size', pattern: /\d+(?:x\d+)+(?!\w)/, categories: [Word], label: 'a size' });
/** `5`, `0.01`, `1e-5`. A number begins and ends with a digit: `.5` and `3.` are not numbers. */
export const NumberToken = token({
  name: 'Number',
  pattern: /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w)/,
  categories: [Word],
  label: 'a number',
});
/** `3abc`: only a part of a label can look so. */
export const BadNumber = token({ name: 'BadNumber', pattern: /\d\w*/, categories: [Word], label: 'a number' });
export const Text = token({ name: 'Text', pattern: /"(?:[^"\\\n\r]|\\.)*"/, label: 'a string' });
export const UnterminatedText = token({ name: 'UnterminatedText', pattern: /"(?:[^"\\\n\r]|\\.)*/ });
export const QuotedText = token({
  name: 'QuotedText',
  pattern: /'[^'\n\r]*'?|[“”„«][^“”"»\n\r]*[“”"»]?|[‘’`][^‘’'`\n\r]*[‘’'`]?/,
});

// --- signs

export const Arrow = sign('Arrow', '->');
export const Bar = sign('Bar', '|');
export const Colon = sign('Colon', ':');
export const Comma = sign('Comma', ',');
export const Dot = sign('Dot', '.');
export const Question = sign('Question', '?');
export const Assign = sign('Assign', '=');
export const LeftParen = sign('LeftParen', '(');
export const RightParen = sign('RightParen', ')');
export const LeftBracket = sign('LeftBracket', '[');
export const RightBracket = sign('RightBracket', ']');
export const LeftBrace = sign('LeftBrace', '{');
export const RightBrace = sign('RightBrace', '}');

const operator = (name: string, pattern: string): TokenType =>
  token({ name, pattern, categories: [BinaryOperator], label: `\`${pattern}\`` });

export const EqualEqual = operator('EqualEqual', '==');
export const NotEqual = operator('NotEqual', '!=');
export const LessEqual = operator('LessEqual', '<=');
export const GreaterEqual = operator('GreaterEqual', '>=');
export const Less = operator('Less', '<');
export const Greater = operator('Greater', '>');
export const Plus = operator('Plus', '+');
export const Minus = operator('Minus', '-');
export const Star = operator('Star', '*');
export const Slash = operator('Slash', '/');
export const Percent = operator('Percent', '%');

// --- signs that get their meaning from what stands around them

/** A parenthesis that follows a name without a space: `max(`. */
export const CallLeft = token({ name: 'CallLeft', pattern: Lexer.NA, label: '`(`' });
/** A bracket that follows a name or a bracket without a space: `dims[`. */
export const IndexLeft = token({ name: 'IndexLeft', pattern: Lexer.NA, label: '`[`' });
/** The braces of a label's part: `features.{i}`. */
export const LabelLeft = token({ name: 'LabelLeft', pattern: Lexer.NA, label: '`{`' });
/** `{ … }` as a whole: its lines are parsed on their own. */
export const Braces = token({ name: 'Braces', pattern: Lexer.NA, label: '`{`' });

// --- ends and what lies between

/** A new line or `;`, as often as it stands there. */
export const LineEnd = token({ name: 'LineEnd', pattern: /[\n\r;]+/, label: 'the end of the line' });
const Blank = token({ name: 'Blank', pattern: /[ \t\f\v\ufeff]+/, group: Lexer.SKIPPED });
export const Comment = token({ name: 'Comment', pattern: /#[^\n\r]*/, group: 'comments' });

// --- spellings of other languages

const SlashComment = token({ name: 'SlashComment', pattern: /\/\/[^\n\r]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/ });
/** `mid // 4`, as in Python, rather than a comment: a number or an operand that ends its bracket follows. */
const FloorDivision = token({ name: 'FloorDivision', pattern: /\/\/(?=[ \t]*(?:\d|\w+[ \t]*[)\],]))/ });
const FatArrow = token({ name: 'FatArrow', pattern: /=>|→|⟶|➔|-->|[‐‑–—−]>/ });
const AndSign = token({ name: 'AndSign', pattern: '&&' });
const OrSign = token({ name: 'OrSign', pattern: '||' });
const NotSign = token({ name: 'NotSign', pattern: '!' });
const PowerSign = token({ name: 'PowerSign', pattern: /\*\*|\^/ });
const MinusSign = token({ name: 'MinusSign', pattern: /[‐‑–—−]/ });
const TimesSign = token({ name: 'TimesSign', pattern: /[×·⋅∙]/ });
const ShortSizeSign = token({ name: 'ShortSizeSign', pattern: /[A-Za-z]\d+(?:×\d+)+(?!\w)/ });
const SizeSign = token({ name: 'SizeSign', pattern: /\d+(?:×\d+)+(?!\w)/ });
const LessEqualSign = token({ name: 'LessEqualSign', pattern: '≤' });
const GreaterEqualSign = token({ name: 'GreaterEqualSign', pattern: '≥' });
const NotEqualSign = token({ name: 'NotEqualSign', pattern: '≠' });

export const tokenTable: readonly TokenRow[] = [
  { type: Blank },
  { type: LineEnd },
  { type: Comment, scope: 'comment.line.number-sign.netc' },
  { type: Net, scope: 'keyword.declaration.netc' },
  { type: Block, scope: 'keyword.declaration.netc' },
  { type: Act, scope: 'keyword.declaration.netc' },
  { type: Import, scope: 'keyword.control.import.netc' },
  { type: From, scope: 'keyword.control.import.netc' },
  { type: As, scope: 'keyword.control.netc' },
  { type: Learn, scope: 'storage.modifier.netc' },
  { type: Let, scope: 'keyword.declaration.netc' },
  { type: Return, scope: 'keyword.control.netc' },
  { type: Repeat, scope: 'keyword.control.netc' },
  { type: If, scope: 'keyword.control.netc' },
  { type: Else, scope: 'keyword.control.netc' },
  { type: And, scope: 'keyword.operator.word.netc' },
  { type: Or, scope: 'keyword.operator.word.netc' },
  { type: Not, scope: 'keyword.operator.word.netc' },
  { type: True, scope: 'constant.language.netc' },
  { type: False, scope: 'constant.language.netc' },
  { type: ShortSizeSign, mistake: { code: 'syntax/operator', becomes: Name } },
  { type: Name },
  { type: SizeSign, mistake: { code: 'syntax/operator', becomes: Size } },
  { type: Size, scope: 'constant.numeric.netc' },
  { type: NumberToken, scope: 'constant.numeric.netc' },
  { type: BadNumber },
  { type: Text, scope: 'string.quoted.double.netc' },
  { type: UnterminatedText, mistake: { code: 'syntax/string', becomes: Text } },
  { type: QuotedText, mistake: { code: 'syntax/quotes', becomes: Text } },
  { type: FloorDivision, mistake: { code: 'syntax/operator', becomes: Slash } },
  { type: SlashComment, mistake: { code: 'syntax/comment', becomes: undefined } },
  { type: FatArrow, mistake: { code: 'syntax/arrow', becomes: Arrow } },
  { type: Arrow, scope: 'keyword.operator.arrow.netc' },
  { type: AndSign, mistake: { code: 'syntax/operator', becomes: And } },
  { type: PowerSign, mistake: { code: 'syntax/operator', becomes: Star } },
  { type: MinusSign, mistake: { code: 'syntax/operator', becomes: Minus } },
  { type: TimesSign, mistake: { code: 'syntax/operator', becomes: Star } },
  { type: LessEqualSign, mistake: { code: 'syntax/operator', becomes: LessEqual } },
  { type: GreaterEqualSign, mistake: { code: 'syntax/operator', becomes: GreaterEqual } },
  { type: NotEqualSign, mistake: { code: 'syntax/operator', becomes: NotEqual } },
  { type: OrSign, mistake: { code: 'syntax/operator', becomes: Or } },
  { type: EqualEqual, scope: 'keyword.operator.netc' },
  { type: NotEqual, scope: 'keyword.operator.netc' },
  { type: NotSign, mistake: { code: 'syntax/operator', becomes: Not } },
  { type: LessEqual, scope: 'keyword.operator.netc' },
  { type: GreaterEqual, scope: 'keyword.operator.netc' },
  { type: Less, scope: 'keyword.operator.netc' },
  { type: Greater, scope: 'keyword.operator.netc' },
  { type: Plus, scope: 'keyword.operator.netc' },
  { type: Minus, scope: 'keyword.operator.netc' },
  { type: Star, scope: 'keyword.operator.netc' },
  { type: Slash, scope: 'keyword.operator.netc' },
  { type: Percent, scope: 'keyword.operator.netc' },
  { type: Question, scope: 'keyword.operator.netc' },
  { type: Bar, scope: 'keyword.operator.pipe.netc' },
  { type: Colon, scope: 'punctuation.separator.netc' },
  { type: Comma, scope: 'punctuation.separator.netc' },
  { type: Dot, scope: 'punctuation.separator.netc' },
  { type: Assign, scope: 'keyword.operator.assignment.netc' },
  { type: LeftParen },
  { type: RightParen },
  { type: LeftBracket },
  { type: RightBracket },
  { type: LeftBrace },
  { type: RightBrace },
];

/** All types that the parser may meet; the lexer knows those of the table. */
export const parserTokens: TokenType[] = [
  ...tokenTable.map((row) => row.type),
  Word,
  BinaryOperator,
  CallLeft,
  IndexLeft,
  LabelLeft,
  Braces,
];
