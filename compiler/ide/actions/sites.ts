import type { Argument, Body, Expression, Label, Line, Name, Stage } from '../../../grammar/ast.ts';

/** An expression in lines, and whether it stands where only one word may, so that anything longer needs parentheses. */
export interface ExpressionSite {
  readonly kind: 'expression';
  readonly expression: Expression;
  readonly isTight: boolean;
}

/** A computed part of a label. */
export interface ComputedSite {
  readonly kind: 'computed';
  readonly expression: Expression;
}

/** A name that is applied, or a value that a line starts with. */
export interface StageSite {
  readonly kind: 'stage';
  readonly name: Name;
  /** With nothing before or behind it. */
  readonly isBare: boolean;
}

/** A name that is given to a value, a constant or an index. */
export interface GivenSite {
  readonly kind: 'given';
  readonly name: Name;
}

export type Site = ExpressionSite | ComputedSite | StageSite | GivenSite;

/** Every place in some lines where a name may stand, but for those of options. */
export function* sitesIn(lines: readonly Line[]): Iterable<Site> {
  for (const line of lines) {
    switch (line.kind) {
      case 'pipeline':
        for (const stage of line.stages) yield* stageSites(stage);
        if (line.name) yield { kind: 'given', name: line.name };
        break;
      case 'let':
        yield { kind: 'expression', expression: line.value, isTight: false };
        yield { kind: 'given', name: line.name };
        break;
      case 'return':
      case 'broken':
        break;
    }
  }
}

function* stageSites(stage: Stage): Iterable<Site> {
  if (stage.label) yield* labelSites(stage.label);
  switch (stage.kind) {
    case 'call':
      yield { kind: 'stage', name: stage.callee, isBare: !stage.label && stage.arguments.length === 0 };
      for (const argument of stage.arguments) yield* argumentSites(argument);
      break;
    case 'group':
      yield* bodySites(stage.body);
      break;
    case 'repeat':
      yield { kind: 'expression', expression: stage.count, isTight: false };
      if (stage.index) yield { kind: 'given', name: stage.index };
      yield* bodySites(stage.body);
      break;
    case 'if':
      yield { kind: 'expression', expression: stage.condition, isTight: false };
      yield* bodySites(stage.then);
      if (stage.else) yield* bodySites(stage.else);
      break;
  }
}

function* labelSites({ parts }: Label): Iterable<Site> {
  for (const part of parts) if (typeof part !== 'string') yield { kind: 'computed', expression: part };
}

function* argumentSites(argument: Argument): Iterable<Site> {
  switch (argument.kind) {
    case 'sizes':
      if (argument.in) yield { kind: 'expression', expression: argument.in, isTight: true };
      if (argument.out) yield { kind: 'expression', expression: argument.out, isTight: true };
      break;
    case 'positional':
      yield { kind: 'expression', expression: argument.value, isTight: true };
      break;
    case 'option':
      if (argument.value.kind === 'body') yield* bodySites(argument.value);
      else yield { kind: 'expression', expression: argument.value, isTight: false };
      break;
    case 'branch':
      yield* bodySites(argument.body);
      break;
  }
}

function* bodySites({ lines }: Body): Iterable<Site> {
  yield* sitesIn(lines);
}

/** A name in an expression. */
export interface Mention {
  readonly name: Name;
  readonly isTight: boolean;
  /** `max` of `max(1, 2)`. */
  readonly isFunction?: true;
}

export function* mentionsIn(expression: Expression, isTight: boolean): Iterable<Mention> {
  switch (expression.kind) {
    case 'name':
      yield { name: expression, isTight };
      break;
    case 'shape':
      for (const item of expression.items) yield* mentionsIn(item, false);
      break;
    case 'unary':
      yield* mentionsIn(expression.operand, true);
      break;
    case 'binary':
      yield* mentionsIn(expression.left, true);
      yield* mentionsIn(expression.right, true);
      break;
    case 'conditional':
      yield* mentionsIn(expression.condition, true);
      yield* mentionsIn(expression.then, false);
      yield* mentionsIn(expression.else, false);
      break;
    case 'index':
      yield* mentionsIn(expression.object, true);
      yield* mentionsIn(expression.index, false);
      break;
    case 'parenthesized':
      yield* mentionsIn(expression.inner, false);
      break;
    case 'function':
      yield { name: expression.callee, isTight, isFunction: true };
      for (const value of expression.arguments) yield* mentionsIn(value, false);
      for (const { value } of expression.options) yield* mentionsIn(value, false);
      break;
    case 'number':
    case 'string':
    case 'boolean':
    case 'size':
      break;
  }
}

/** Whether an expression needs no parentheses wherever it stands. */
export function isAtom(expression: Expression): boolean {
  return expression.kind !== 'unary' && expression.kind !== 'binary' && expression.kind !== 'conditional';
}
