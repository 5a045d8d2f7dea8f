import type { Float, Index, Statement } from './kernel.ts';

/** Walks over the expressions of kernels. */

/** The expressions that one is made of, without theirs. */
function partsOf(expression: Float | Index): readonly (Float | Index)[] {
  switch (expression.kind) {
    case 'constant':
    case 'local':
    case 'integer':
    case 'variable':
      return [];
    case 'load':
      return [expression.at];
    case 'guarded':
      return [...expression.conditions.map(({ value }) => value), expression.value];
    case 'apply':
      return expression.arguments;
    case 'number':
    case 'floor':
      return [expression.value];
    case 'arithmetic':
      return [expression.left, expression.right];
  }
}

/** Calls `visit` with the expression and all that it is made of. */
export function visitParts(expression: Float | Index, visit: (part: Float | Index) => void): void {
  visit(expression);
  for (const part of partsOf(expression)) visitParts(part, visit);
}

/** The expressions that a statement itself holds; the body of a loop is not looked at. */
export function expressionsOf(statement: Statement): readonly (Float | Index)[] {
  switch (statement.kind) {
    case 'loop':
      return [statement.from, statement.to];
    case 'local':
    case 'assign':
    case 'index':
      return [statement.value];
    case 'store':
      return [statement.at, statement.value];
  }
}

/** Expressions to stand in the place of variables. */
export interface Replacements {
  readonly floats: ReadonlyMap<string, Float>;
  readonly indices: ReadonlyMap<string, Index>;
}

export function replaceInIndex(index: Index, by: Replacements): Index {
  switch (index.kind) {
    case 'integer':
      return index;
    case 'variable':
      return by.indices.get(index.name) ?? index;
    case 'floor':
      return { ...index, value: replaceInFloat(index.value, by) };
    case 'arithmetic':
      return { ...index, left: replaceInIndex(index.left, by), right: replaceInIndex(index.right, by) };
  }
}

export function replaceInFloat(float: Float, by: Replacements): Float {
  switch (float.kind) {
    case 'constant':
      return float;
    case 'local':
      return by.floats.get(float.name) ?? float;
    case 'load':
      return { ...float, at: replaceInIndex(float.at, by) };
    case 'guarded': {
      const conditions = float.conditions.map(({ value, limit }) => ({ value: replaceInIndex(value, by), limit }));
      return { ...float, conditions, value: replaceInFloat(float.value, by) };
    }
    case 'apply':
      return { ...float, arguments: float.arguments.map((each) => replaceInFloat(each, by)) };
    case 'number':
      return { ...float, value: replaceInIndex(float.value, by) };
  }
}
