import type { Float } from '../../kernel/kernel.ts';
import { conditional, type Expression, infix, levels, number, primary } from './expression.ts';
import { conditionExpression, type IndexScope, indexExpression } from './index.ts';
import { type Spelling, spellings } from './scalar.ts';

/** What the text of a number depends on besides the expression. */
export interface FloatScope extends IndexScope {
  /** The text of an element of a buffer, to be read or to be written. */
  readonly element: (buffer: string, at: Expression) => string;
}

export function floatExpression(float: Float, scope: FloatScope): Expression {
  switch (float.kind) {
    case 'constant':
      return number(float.value);
    case 'local':
      return primary(scope.name(float.name));
    case 'load':
      // The assertion costs nothing at run time and is for `noUncheckedIndexedAccess`: the compiler knows the bounds.
      return primary(`${scope.element(float.buffer, indexExpression(float.at, scope))}!`);
    case 'guarded': {
      const conditions = float.conditions.map((condition) => conditionExpression(condition, scope));
      const all = conditions.reduce((left, right) => infix('&&', levels.and, left, right));
      return conditional(all, floatExpression(float.value, scope), number(float.outside));
    }
    case 'apply':
      return application(float, scope);
    case 'number':
      return indexExpression(float.value, scope);
  }
}

function application(float: Float & { kind: 'apply' }, scope: FloatScope): Expression {
  const [first, second] = float.arguments;
  // `x + -3` is `x - 3`, to the last bit.
  if (float.op === 'add' && second?.kind === 'constant' && second.value < 0)
    return application({ ...float, op: 'sub', arguments: [first!, { ...second, value: -second.value }] }, scope);
  if (float.op === 'select' && first?.kind === 'apply') {
    const { condition }: Spelling = spellings[first.op];
    if (condition) {
      const [left, right] = first.arguments.map((each) => floatExpression(each, scope));
      const [yes, no] = float.arguments.slice(1).map((each) => floatExpression(each, scope));
      return conditional(condition(left!, right!), yes!, no!);
    }
  }
  const { spell }: Spelling = spellings[float.op];
  return spell(...operandsOf(float).map((each) => floatExpression(each, scope)));
}

/** Of `max` and `min` those of all that are nested: `Math.max` takes any number of them. */
function operandsOf(float: Float & { kind: 'apply' }): readonly Float[] {
  if (float.op !== 'max' && float.op !== 'min') return float.arguments;
  return float.arguments.flatMap((each) => (each.kind === 'apply' && each.op === float.op ? operandsOf(each) : [each]));
}
