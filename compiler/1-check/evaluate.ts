import type { Binary, Expression, FunctionCall, Reference } from '../../grammar/ast.ts';
import type { Span } from '../../grammar/source.ts';
import { type Dim, equal, type Requirement } from '../dim.ts';
import { type Fault, fault } from '../fault.ts';
import type { AnyLayer } from '../layer.ts';
import { evaluateScalar } from '../scalar/evaluate.ts';
import { constant, type Scalar, substitute } from '../scalar/scalar.ts';
import { unknownName } from '../unknown-name.ts';
import { arithmetic, compare, functions } from './arithmetic.ts';
import type { Callee } from './callee.ts';
import {
  type Constant,
  constantKind,
  constantText,
  isList,
  isNumeric,
  type Numeric,
  openSymbols,
  wholePart,
} from './constant.ts';

/** What expressions are evaluated in. */
export interface Environment {
  /** What a stage would apply by this name: an activation is a function of numbers as well. */
  callee(name: string): Callee | undefined;
  /** The constant of a name; reports a name that is none. Undefined where it is unknown. */
  constant(reference: Reference): Constant | undefined;
  /** Whether the name stands for anything. */
  knows(name: string): boolean;
  report(fault: Fault): void;
  require(requirement: Requirement): void;
}

/** The value of an expression, or undefined where it has none or is unknown; every fault is reported once. */
export function evaluate(expression: Expression, environment: Environment): Constant | undefined {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'string':
      return expression.value;
    case 'boolean':
      return expression.value;
    case 'size':
      return expression.values;
    case 'name':
      return environment.constant(expression);
    case 'parenthesized':
      return evaluate(expression.inner, environment);
    case 'shape': {
      const items = expression.items.map((item) => evaluateNumeric(item, environment, 'a list'));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'unary': {
      const { operator, operand } = expression;
      if (operator === 'not') {
        const value = evaluateBoolean(operand, environment, '`not`');
        return value === undefined ? undefined : !value;
      }
      const value = evaluateNumeric(operand, environment, '`-`');
      if (value === undefined) return undefined;
      return arithmetic('-', 0, value) ?? notFollowed(expression.span, [value], environment);
    }
    case 'binary':
      return evaluateBinary(expression, environment);
    case 'conditional': {
      const condition = evaluateBoolean(expression.condition, environment, '`? :`');
      if (condition === undefined) {
        evaluate(expression.then, namesOnly(environment));
        evaluate(expression.else, namesOnly(environment));
        return undefined;
      }
      const [taken, other] = condition ? [expression.then, expression.else] : [expression.else, expression.then];
      evaluate(other, namesOnly(environment));
      return evaluate(taken, environment);
    }
    case 'function':
      return evaluateFunction(expression, environment);
    case 'index': {
      const list = evaluate(expression.object, environment);
      const index = evaluateNumeric(expression.index, environment, '`[ ]`');
      if (list === undefined || index === undefined) return undefined;
      if (!isList(list)) {
        const evidence = { operator: '`[ ]`', wanted: 'a list', found: constantText(list) };
        return report(environment, fault('type/operand', expression.object.span, evidence));
      }
      const item = typeof index === 'number' ? list.at(index) : undefined;
      if (item !== undefined && Number.isInteger(index)) return item;
      const evidence = { index: constantText(index), list: constantText(list), length: list.length };
      return report(environment, fault('type/index', expression.index.span, evidence));
    }
  }
}

/** A number, which `operator` needs; reports anything else. */
function evaluateNumeric(expression: Expression, environment: Environment, operator: string): Numeric | undefined {
  const value = evaluate(expression, environment);
  if (value === undefined || isNumeric(value)) return value;
  const evidence = { operator, wanted: 'a number', found: constantText(value) };
  return report(environment, fault('type/operand', expression.span, evidence));
}

/** A truth value, which `operator` needs; reports anything else. */
export function evaluateBoolean(
  expression: Expression,
  environment: Environment,
  operator: string,
): boolean | undefined {
  const value = evaluate(expression, environment);
  if (value === undefined || typeof value === 'boolean') return value;
  const evidence = { operator, wanted: '`true` or `false`', found: constantText(value) };
  return report(environment, fault('type/operand', expression.span, evidence));
}

/** How many times: a whole number from 0. */
export function evaluateCount(expression: Expression, environment: Environment): number | undefined {
  const value = evaluateNumeric(expression, environment, '`repeat`');
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0)) return value as number | undefined;
  return report(environment, fault('type/count', expression.span, { found: constantText(value) }));
}

/**
 * A size of an axis: a whole number from 1, or a symbolic size, for which it becomes a requirement to be whole. `NaN`
 * where the size cannot be followed.
 */
export function evaluateSize(expression: Expression, environment: Environment): Dim | undefined {
  const value = evaluate(expression, environment);
  return value === undefined ? undefined : sizeOf(value, expression.span, environment);
}

/** A value as the size of an axis, as `evaluateSize` gives it. */
export function sizeOf(value: Constant, span: Span, environment: Environment): Dim | undefined {
  const wrong = () => report(environment, fault('type/size', span, { found: constantText(value) }));
  if (!isNumeric(value)) return wrong();
  if (typeof value === 'number' && !(Number.isInteger(value) && value >= 1)) {
    return Number.isNaN(value) ? value : wrong();
  }
  const { dim, exact } = wholePart(value);
  if (exact) {
    const whole = equal(exact.left, exact.right);
    if (whole === 'never') return wrong();
    if (whole === 'sometimes') environment.require({ ...exact, relation: 'equal', span });
  }
  return dim;
}

function evaluateBinary(expression: Binary, environment: Environment): Constant | undefined {
  const { operator, span } = expression;
  if (operator === 'and' || operator === 'or') {
    const left = evaluateBoolean(expression.left, environment, `\`${operator}\``);
    // What decides on its own guards the other side: `n != 0 and 12 / n > 3`.
    const decided = left === (operator === 'or');
    const right = evaluateBoolean(expression.right, decided ? namesOnly(environment) : environment, `\`${operator}\``);
    return decided ? left : left === undefined ? undefined : right;
  }
  if (operator === '==' || operator === '!=') {
    const left = evaluate(expression.left, environment);
    const right = evaluate(expression.right, environment);
    if (left === undefined || right === undefined) return undefined;
    const numbers = isNumeric(left) && isNumeric(right);
    if (!numbers && (typeof left !== typeof right || isNumeric(left) || isNumeric(right))) {
      const evidence = { operator: `\`${operator}\``, wanted: constantKind(left), found: constantText(right) };
      return report(environment, fault('type/operand', expression.right.span, evidence));
    }
    const same = numbers ? compare('==', left, right) : constantText(left) === constantText(right);
    if (same === undefined) return notFollowed(span, [left, right], environment);
    return operator === '==' ? same : !same;
  }
  const left = evaluateNumeric(expression.left, environment, `\`${operator}\``);
  const right = evaluateNumeric(expression.right, environment, `\`${operator}\``);
  if (left === undefined || right === undefined) return undefined;
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return compare(operator, left, right) ?? notFollowed(span, [left, right], environment);
  }
  if ((operator === '/' || operator === '%') && right === 0) {
    return report(environment, fault('type/division', expression.right.span, { operator }));
  }
  return arithmetic(operator, left, right) ?? notFollowed(span, [left, right], environment);
}

function evaluateFunction(call: FunctionCall, environment: Environment): Constant | undefined {
  const { callee, options } = call;
  const known = Object.hasOwn(functions, callee.text) ? functions[callee.text as keyof typeof functions] : undefined;
  const called = known ? undefined : environment.callee(callee.text);
  const formula = called?.kind === 'layer' && called.layer.formula ? called.layer : undefined;
  if (!known && !formula) {
    // Names in it are told all the same; what they hold is nobody's matter then.
    for (const argument of call.arguments) evaluate(argument, environment);
    if (called?.kind === 'unknown') return undefined;
    return report(environment, unknownName('function', callee, Object.keys(functions)));
  }
  const values = call.arguments.map((argument) => evaluateNumeric(argument, environment, `\`${callee.text}\``));
  if (formula) return applied(call, formula, values, environment);
  if (!known) return undefined;
  if (options.length > 0 || values.length < known.minimum || values.length > known.maximum) {
    const { minimum, maximum } = known;
    const found = values.length + options.length;
    const evidence = { function: callee.text, minimum, ...(maximum > minimum && { more: true }), found };
    return report(environment, fault('type/arguments', call.span, evidence));
  }
  const numbers = values.filter((value) => value !== undefined);
  if (numbers.length < values.length) return undefined;
  return known.apply(numbers) ?? notFollowed(call.span, numbers, environment);
}

/** An activation as a function of one number, with its options by name. */
function applied(
  call: FunctionCall,
  { formula, options, weights }: AnyLayer,
  values: readonly (Numeric | undefined)[],
  environment: Environment,
): Constant | undefined {
  const name = call.callee.text;
  const numbers = new Map<string, Scalar>();
  const given = call.options.map((option) => ({
    option,
    value: evaluateNumeric(option.value, environment, `\`${name}\``),
  }));
  for (const { option, value } of given) {
    if (!Object.hasOwn(options, option.name.text)) {
      const evidence = { layer: name, option: option.name.text, options: Object.keys(options) };
      return report(environment, fault('name/option', option.name.span, evidence));
    }
    if (typeof value === 'number') numbers.set(option.name.text, constant(value));
  }
  if (values.length !== 1 || weights) {
    const evidence = { function: name, minimum: 1, found: weights ? 0 : values.length };
    return report(environment, fault('type/arguments', call.span, evidence));
  }
  const all = [values[0], ...given.map(({ value }) => value)];
  if (all.some((value) => value === undefined)) return undefined;
  const [value] = values;
  if (typeof value !== 'number' || numbers.size < given.length) {
    return notFollowed(
      call.span,
      all.flatMap((each) => each ?? []),
      environment,
    );
  }
  for (const [option, spec] of Object.entries(options)) {
    if (!numbers.has(option) && typeof spec.default === 'number') numbers.set(option, constant(spec.default));
  }
  return evaluateScalar(substitute(formula!.body, numbers.set(formula!.variable, constant(value))));
}

/** A part that is not taken: only whether its names exist is of interest. */
function namesOnly(environment: Environment): Environment {
  return {
    ...environment,
    report: (each) => each.code.startsWith('name/') && environment.report(each),
    require: () => {},
  };
}

function notFollowed(span: Span, values: readonly Constant[], environment: Environment): undefined {
  const symbols = values.flatMap((value) => (isNumeric(value) ? openSymbols(value) : []));
  return report(environment, fault('type/symbolic', span, { symbols: [...new Set(symbols)] }));
}

function report(environment: Environment, found: Fault): undefined {
  environment.report(found);
  return undefined;
}
