import type { IToken } from 'chevrotain';
import type {
  BinaryOperator,
  Body,
  BooleanLiteral,
  Expression,
  If,
  NumberLiteral,
  Reference,
  SizeLiteral,
  StringLiteral,
} from './ast.ts';
import { spanOf } from './lexer.ts';
import { cover } from './source.ts';

/** Nodes that take more than putting parts together. */

export const number = (source: string, token: IToken): NumberLiteral => ({
  kind: 'number',
  span: spanOf(source, token),
  value: Number(token.image),
  text: token.image,
});

export const size = (source: string, token: IToken): SizeLiteral => ({
  kind: 'size',
  span: spanOf(source, token),
  values: token.image.split('x').map(Number),
});

export const boolean = (source: string, token: IToken): BooleanLiteral => ({
  kind: 'boolean',
  span: spanOf(source, token),
  value: token.image === 'true',
});

export const reference = (source: string, token: IToken): Reference => ({
  kind: 'name',
  span: spanOf(source, token),
  text: token.image,
});

export const text = (source: string, token: IToken): StringLiteral => ({
  kind: 'string',
  span: spanOf(source, token),
  value: plain(token.image),
});

/** The text between the quotes. `\"`, `\\`, `\n` and `\t` mean what they mean elsewhere; any other `\` is itself. */
function plain(image: string): string {
  return image.replace(/^"|"$/g, '').replace(/\\(["\\nt])/g, (_, sign: string) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

/** What a token stands for in a label. */
export function labelText(token: IToken): string {
  return token.image.startsWith('"') ? plain(token.image) : token.image;
}

/** `else if`: a body of one line with one stage. */
export function bodyOf(stage: If): Body {
  const { span } = stage;
  return { kind: 'body', span, lines: [{ kind: 'pipeline', span, stages: [stage] }] };
}

// --- operators

/** How tight the operators bind, loosest first; those of one row go from left to right. */
const binding: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

/** `not` takes a whole comparison: `not a == b` is `not (a == b)`. A sign takes one operand. */
const prefixBinding = { not: 3, '-': 7 } as const;

const isToken = (item: IToken | Expression | undefined): item is IToken => item !== undefined && 'tokenType' in item;

/** The spelling of an operator's type; the text may hold another language's, like `&&`. */
function binaryOf(token: IToken): BinaryOperator | undefined {
  const spelling = token.tokenType.PATTERN;
  return typeof spelling === 'string' && isBinary(spelling) ? spelling : undefined;
}
const isBinary = (spelling: string): spelling is BinaryOperator => Object.hasOwn(binding, spelling);

/** Puts a flat row of signs, operands and operators together as they bind. */
export function operators(source: string, items: readonly (IToken | Expression)[]): Expression {
  let next = 0;

  const operand = (): Expression => {
    const item = items[next++]!;
    if (!isToken(item)) return item;
    // Only signs stand where an operand is due.
    const operator = binaryOf(item) === '-' ? '-' : 'not';
    const inner = row(prefixBinding[operator]);
    return { kind: 'unary', span: cover(spanOf(source, item), inner.span), operator, operand: inner };
  };

  const row = (minimum: number): Expression => {
    let left = operand();
    for (;;) {
      const item = items[next];
      const operator = isToken(item) ? binaryOf(item) : undefined;
      if (!operator || binding[operator] <= minimum) return left;
      next++;
      const right = row(binding[operator]);
      const span = cover(left.span, right.span);
      const value = { kind: 'binary', span, operator, left, right } as const;
      left = isToken(item) && item.image === '//' ? floored(source, item, value) : value;
    }
  };

  return row(0);
}

/** Python's `//`, which is reported, and meant so. */
function floored(source: string, sign: IToken, quotient: Expression): Expression {
  const callee = { text: 'floor', span: spanOf(source, sign) };
  return { kind: 'function', span: quotient.span, callee, arguments: [quotient], options: [] };
}
