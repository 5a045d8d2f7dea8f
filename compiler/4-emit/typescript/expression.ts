/** Text of an expression with how tightly its outermost operator binds, so that only needed parentheses are printed. */
export interface Expression {
  readonly text: string;
  readonly level: Level;
  /** The outermost operator, where it stands between two operands. */
  readonly operator?: string;
}

/** JavaScript's levels of precedence, as far as generated code needs them; a higher one binds tighter. */
export const levels = {
  conditional: 1,
  and: 2,
  bitOr: 3,
  bitAnd: 4,
  relational: 5,
  shift: 6,
  additive: 7,
  multiplicative: 8,
  unary: 9,
  primary: 10,
} as const;

export type Level = (typeof levels)[keyof typeof levels];

/** A name, a literal that is not negative, or other text that never needs parentheses. */
export function primary(text: string): Expression {
  return { text, level: levels.primary };
}

/** The shortest text that reads back as the same number. */
export function number(value: number): Expression {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return { text, level: text.startsWith('-') ? levels.unary : levels.primary };
}

/**
 * An operator between two expressions, grouped from the left. A right side whose operator is among those that may be
 * regrouped keeps no parentheses: `a + (b - c)` becomes `a + b - c`, which is the same for whole numbers only.
 */
export function infix(
  operator: string,
  level: Level,
  left: Expression,
  right: Expression,
  regrouped: readonly string[] = [],
): Expression {
  const least = right.operator !== undefined && regrouped.includes(right.operator) ? level : ((level + 1) as Level);
  return { text: `${atLeast(left, level)} ${operator} ${atLeast(right, least)}`, level, operator };
}

export function negation(operand: Expression): Expression {
  const text = atLeast(operand, levels.unary);
  // Two minus signs in a row would be a decrement.
  return { text: text.startsWith('-') ? `-(${text})` : `-${text}`, level: levels.unary };
}

export function call(name: string, operands: readonly Expression[]): Expression {
  return primary(`${name}(${operands.map(({ text }) => text).join(', ')})`);
}

/** `condition ? yes : no`; conditionals in a row need parentheses only in the condition. */
export function conditional(condition: Expression, yes: Expression, no: Expression): Expression {
  const level = levels.conditional;
  return { text: `${atLeast(condition, levels.and)} ? ${yes.text} : ${no.text}`, level };
}

function atLeast({ text, level }: Expression, least: Level): string {
  return level < least ? `(${text})` : text;
}
