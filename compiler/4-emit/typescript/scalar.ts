import type { ScalarOperator } from '../../scalar/scalar.ts';
import type { RuntimeName } from '../runtime.ts';
import { call, conditional, type Expression, infix, levels, negation, number } from './expression.ts';

/** How a scalar operation is spelt, and the function of `runtime/` that it calls, if any. */
export interface Spelling {
  readonly spell: (...operands: readonly Expression[]) => Expression;
  readonly copies?: RuntimeName;
  /** Of a comparison, the condition itself, where `spell` gives 1 or 0. */
  readonly condition?: (left: Expression, right: Expression) => Expression;
}

export const spellings = {
  neg: { spell: (x) => negation(x) },
  abs: builtIn('abs'),
  sign: builtIn('sign'),
  floor: builtIn('floor'),
  ceil: builtIn('ceil'),
  round: copied('roundHalfToEven'),
  sqrt: builtIn('sqrt'),
  exp: builtIn('exp'),
  expm1: builtIn('expm1'),
  log: builtIn('log'),
  log1p: builtIn('log1p'),
  sin: builtIn('sin'),
  cos: builtIn('cos'),
  tanh: builtIn('tanh'),
  erf: copied('erf'),
  sigmoid: copied('sigmoid'),
  softplus: copied('softplus'),
  add: { spell: (x, y) => infix('+', levels.additive, x, y) },
  sub: { spell: (x, y) => infix('-', levels.additive, x, y) },
  mul: { spell: (x, y) => infix('*', levels.multiplicative, x, y) },
  div: { spell: (x, y) => infix('/', levels.multiplicative, x, y) },
  min: builtIn('min'),
  max: builtIn('max'),
  pow: builtIn('pow'),
  less: comparison('<'),
  lessEqual: comparison('<='),
  equal: comparison('==='),
  select: {
    spell: (condition, yes, no) => conditional(infix('!==', levels.relational, condition, number(0)), yes, no),
  },
} as const satisfies Record<ScalarOperator, Spelling>;

function builtIn(name: keyof Math & string): Spelling {
  return { spell: (...operands) => call(`Math.${name}`, operands) };
}

function copied(name: RuntimeName): Spelling {
  return { spell: (...operands) => call(name, operands), copies: name };
}

function comparison(operator: '<' | '<=' | '==='): Required<Pick<Spelling, 'spell' | 'condition'>> {
  const condition = (left: Expression, right: Expression) => infix(operator, levels.relational, left, right);
  return { condition, spell: (left, right) => conditional(condition(left, right), number(1), number(0)) };
}
