import type { Float, Index } from './kernel.ts';

/** Walks over the expressions of kernels. */

/** Calls `visit` with the name of each local variable and loop variable that the index mentions. */
export function visitIndexNames(index: Index, visit: (name: string) => void): void {
  if (index.kind === 'variable') visit(index.name);
  if (index.kind !== 'arithmetic') return;
  visitIndexNames(index.left, visit);
  visitIndexNames(index.right, visit);
}

/** The same for a float, its indices included. */
export function visitFloatNames(float: Float, visit: (name: string) => void): void {
  switch (float.kind) {
    case 'constant':
      break;
    case 'local':
      visit(float.name);
      break;
    case 'load':
      visitIndexNames(float.at, visit);
      break;
    case 'guarded':
      for (const { value } of float.conditions) visitIndexNames(value, visit);
      visitFloatNames(float.value, visit);
      break;
    case 'apply':
      for (const each of float.arguments) visitFloatNames(each, visit);
      break;
    case 'number':
      visitIndexNames(float.value, visit);
  }
}

/** The index with others in the place of variables. */
export function replaceInIndex(index: Index, indices: ReadonlyMap<string, Index>): Index {
  if (index.kind === 'variable') return indices.get(index.name) ?? index;
  if (index.kind === 'integer') return index;
  return { ...index, left: replaceInIndex(index.left, indices), right: replaceInIndex(index.right, indices) };
}

/** The float with others in the place of variables, and the same in its indices. */
export function replaceInFloat(
  float: Float,
  floats: ReadonlyMap<string, Float>,
  indices: ReadonlyMap<string, Index>,
): Float {
  const index = (each: Index) => replaceInIndex(each, indices);
  const inner = (each: Float) => replaceInFloat(each, floats, indices);
  switch (float.kind) {
    case 'constant':
      return float;
    case 'local':
      return floats.get(float.name) ?? float;
    case 'load':
      return { ...float, at: index(float.at) };
    case 'guarded': {
      const conditions = float.conditions.map(({ value, limit }) => ({ value: index(value), limit }));
      return { ...float, conditions, value: inner(float.value) };
    }
    case 'apply':
      return { ...float, arguments: float.arguments.map(inner) };
    case 'number':
      return { ...float, value: index(float.value) };
  }
}
