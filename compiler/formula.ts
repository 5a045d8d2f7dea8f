import type { Binary, BinaryOperator, Expression, FunctionCall, Name } from '../grammar/ast.ts';
import { type Fault, fault, replacement } from './fault.ts';
import type { AnyLayer, Formula } from './layer.ts';
import { scalarFunctions } from './scalar/functions.ts';
import {
  apply,
  constant,
  isApplication,
  type Scalar,
  type ScalarOperator,
  substitute,
  variable,
} from './scalar/scalar.ts';
import { simplify } from './scalar/simplify.ts';
import { nearest } from './suggest.ts';
import { unknownName } from './unknown-name.ts';

/** The most operations that a formula may be once all activations in it are written out. It bounds what a text can cost. */
const formulaLimit = 1000;

/** What the names in a formula stand for. */
export interface FormulaScope {
  /** The activation that it belongs to, which it cannot call. */
  readonly owner: string;
  /** The variable, the options and the learned numbers. */
  readonly variables: ReadonlySet<string>;
  /** Another activation by its name; those of the file come before the built-in ones. */
  activation(name: string): AnyLayer | undefined;
  /** The number that a `let` of the file stands for. */
  constant(name: string): number | undefined;
  /** All names that `activation` and `constant` know, to find the one that was meant. */
  names(): Iterable<string>;
}

/**
 * A formula as operations on numbers, with all activations in it written out; undefined where it has none, and then each
 * cause is reported once. Unlike the expressions of sizes and options, it depends on a number that only a run knows.
 */
export function formula(
  expression: Expression,
  scope: FormulaScope,
  report: (fault: Fault) => void,
): Scalar | undefined {
  let visited = 0;
  const result = number(expression, 'a formula');
  if (!result) return undefined;
  return exceeds(result, formulaLimit) ? tooLarge() : simplify(result);

  function number(node: Expression, operator: string): Scalar | undefined {
    return operand('a number', node, operator);
  }

  function condition(node: Expression, operator: string): Scalar | undefined {
    return operand('a condition', node, operator);
  }

  function operand(wanted: Kind, node: Expression, operator: string): Scalar | undefined {
    const found = kindOf(node);
    if (found === wanted) return scalarOf(node);
    report(fault('type/operand', node.span, { operator, wanted, found }));
    return undefined;
  }

  /** Of a condition, 1 where it is true and 0 where it is not. */
  function scalarOf(node: Expression): Scalar | undefined {
    visited += 1;
    // An expression that is too deep for the stack ends here as well.
    if (visited > formulaLimit) return visited === formulaLimit + 1 ? tooLarge() : undefined;
    switch (node.kind) {
      case 'number':
        return constant(node.value);
      case 'boolean':
        return constant(node.value ? 1 : 0);
      case 'name':
        return named(node);
      case 'parenthesized':
        return scalarOf(node.inner);
      case 'unary':
        return node.operator === '-'
          ? built('neg', number(node.operand, '`-`'))
          : built('equal', condition(node.operand, '`not`'), constant(0));
      case 'binary':
        return binary(node);
      case 'conditional':
        return built(
          'select',
          condition(node.condition, '`? :`'),
          number(node.then, '`? :`'),
          number(node.else, '`? :`'),
        );
      case 'function':
        return call(node);
      default:
        return undefined;
    }
  }

  function binary({ operator, left, right }: Binary): Scalar | undefined {
    const [a, b] = [left, right].map((side) => operand(operators[operator].takes, side, `\`${operator}\``));
    if ((operator === '/' || operator === '%') && b?.op === 'constant' && b.value === 0) {
      report(fault('type/division', right.span, { operator }));
      return undefined;
    }
    return a && b && operators[operator].build(a, b);
  }

  function named({ text, span }: Name): Scalar | undefined {
    if (scope.variables.has(text)) return variable(text);
    const value = scope.constant(text);
    if (value !== undefined) return constant(value);
    unknown('number', { text, span }, [...scope.variables, ...scope.names()]);
    return undefined;
  }

  function call(node: FunctionCall): Scalar | undefined {
    const { callee, options, span } = node;
    const name = callee.text;
    const operands = node.arguments.map((each) => number(each, `\`${name}\``));
    const layer = name === scope.owner ? undefined : scope.activation(name);
    if (layer?.formula) return inlined(node, layer, layer.formula, operands);
    const known = scalarFunctions.get(name);
    if (!known) {
      if (name === scope.owner) report(fault('name/cycle', callee.span, { names: [name, name] }));
      else unknown('function', callee, [...scalarFunctions.keys(), ...scope.names()]);
      return undefined;
    }
    if (options.length > 0 || operands.length < known.minimum || operands.length > known.maximum) {
      const found = operands.length + options.length;
      report(
        fault('type/arguments', span, {
          function: name,
          minimum: known.minimum,
          more: known.maximum > known.minimum,
          found,
        }),
      );
      return undefined;
    }
    return allKnown(operands) ? known.build(operands) : undefined;
  }

  /** Another activation: its formula, of the numbers that it is given here. */
  function inlined(
    { callee, options, span }: FunctionCall,
    layer: AnyLayer,
    other: Formula,
    operands: readonly (Scalar | undefined)[],
  ): Scalar | undefined {
    const name = callee.text;
    const specs = layer.options;
    const values = new Map([[other.variable, operands[0]]]);
    let wrong = false;
    const complain = (each: Fault) => {
      report(each);
      wrong = true;
    };
    if (operands.length !== 1) {
      complain(fault('type/arguments', span, { function: name, minimum: 1, found: operands.length }));
    }
    // A formula has no place for what another one learns, whatever its options are.
    if (layer.weights) {
      complain(fault('type/learned', callee.span, { name, within: scope.owner }));
      return undefined;
    }
    for (const { name: option, value } of options) {
      const { text } = option;
      const given = number(value, `\`${text}\``);
      if (!Object.hasOwn(specs, text)) {
        const near = nearest(text, Object.keys(specs));
        const evidence = { layer: name, option: text, options: Object.keys(specs), ...(near && { nearest: near }) };
        const remedy = near === undefined ? {} : { fix: replacement(option.span, near) };
        complain(fault('name/option', option.span, evidence, remedy));
      } else if (values.has(text)) {
        complain(fault('use/twice', option.span, { layer: name, what: `\`${text}\`` }));
      } else values.set(text, given);
    }
    for (const [option, spec] of Object.entries(specs)) {
      if (values.has(option)) continue;
      if (typeof spec.default === 'number') values.set(option, constant(spec.default));
      else complain(fault('use/missing', callee.span, { layer: name, option }));
    }
    if (wrong) return undefined;
    const known = [...values].filter((entry): entry is [string, Scalar] => entry[1] !== undefined);
    return known.length === values.size ? substitute(other.body, new Map(known)) : undefined;
  }

  function unknown(what: string, name: Name, candidates: readonly string[]): void {
    // A name that is there, but stands for something else, is not what was meant.
    const others = candidates.filter((each) => each !== name.text);
    report(unknownName(what, name, others));
  }

  function tooLarge(): undefined {
    report(fault('type/formula', expression.span, { limit: formulaLimit }));
    return undefined;
  }
}

type Kind = 'a number' | 'a condition' | 'a text' | 'a list' | 'a size';

/** What an expression gives, by its form alone. */
function kindOf(node: Expression): Kind {
  switch (node.kind) {
    case 'number':
    case 'name':
    case 'conditional':
    case 'function':
      return 'a number';
    case 'boolean':
      return 'a condition';
    case 'parenthesized':
      return kindOf(node.inner);
    case 'unary':
      return node.operator === '-' ? 'a number' : 'a condition';
    case 'binary':
      return operators[node.operator].gives;
    case 'string':
      return 'a text';
    case 'size':
      return 'a size';
    case 'shape':
    case 'index':
      return 'a list';
  }
}

interface OperatorRow {
  readonly takes: Kind;
  readonly gives: Kind;
  build(left: Scalar, right: Scalar): Scalar;
}

const ofNumbers = (gives: Kind, build: OperatorRow['build']): OperatorRow => ({ takes: 'a number', gives, build });
const ofConditions = (build: OperatorRow['build']): OperatorRow => ({
  takes: 'a condition',
  gives: 'a condition',
  build,
});

const operators: Readonly<Record<BinaryOperator, OperatorRow>> = {
  '+': ofNumbers('a number', (x, y) => apply('add', x, y)),
  '-': ofNumbers('a number', (x, y) => apply('sub', x, y)),
  '*': ofNumbers('a number', (x, y) => apply('mul', x, y)),
  '/': ofNumbers('a number', (x, y) => apply('div', x, y)),
  // The sign is that of the divisor, as in Python and PyTorch: -1 % 4 is 3.
  '%': ofNumbers('a number', (x, y) => apply('sub', x, apply('mul', y, apply('floor', apply('div', x, y))))),
  '==': ofNumbers('a condition', (x, y) => apply('equal', x, y)),
  '!=': ofNumbers('a condition', (x, y) => isFalse(apply('equal', x, y))),
  '<': ofNumbers('a condition', (x, y) => apply('less', x, y)),
  '<=': ofNumbers('a condition', (x, y) => apply('lessEqual', x, y)),
  '>': ofNumbers('a condition', (x, y) => apply('less', y, x)),
  '>=': ofNumbers('a condition', (x, y) => apply('lessEqual', y, x)),
  and: ofConditions((x, y) => apply('mul', x, y)),
  or: ofConditions((x, y) => apply('max', x, y)),
};

function isFalse(condition: Scalar): Scalar {
  return apply('equal', condition, constant(0));
}

/** The operation, where all its operands are known. */
function built(op: ScalarOperator, ...operands: readonly (Scalar | undefined)[]): Scalar | undefined {
  return allKnown(operands) ? apply(op, ...operands) : undefined;
}

function allKnown(scalars: readonly (Scalar | undefined)[]): scalars is readonly Scalar[] {
  return scalars.every((each) => each !== undefined);
}

/** Whether a scalar has more operations than the limit. Parts that are shared count as often as they stand. */
function exceeds(scalar: Scalar, limit: number): boolean {
  let left = limit;
  const count = (each: Scalar): void => {
    if (!isApplication(each) || left < 0) return;
    left -= 1;
    each.arguments.forEach(count);
  };
  count(scalar);
  return left < 0;
}
