import type { Index, Kernel, Statement } from '../../kernel/kernel.ts';
import { visitParts } from '../../kernel/walk.ts';

/** Tells of an index whether it is never below 0, so that rounding down and rest can be spelt cheaply. */
export function nonNegativeIn(kernel: Kernel): (index: Index) => boolean {
  const nonNegative = new Set<string>();
  const isNonNegative = (index: Index): boolean => {
    switch (index.kind) {
      case 'integer':
        return index.value >= 0;
      case 'variable':
        return nonNegative.has(index.name);
      case 'floor':
        return false;
      case 'arithmetic': {
        // The right side of a division or a rest is positive, and a rest is never negative.
        if (index.operator === 'modulo') return true;
        const [left, right] = [isNonNegative(index.left), isNonNegative(index.right)];
        return index.operator === 'max' ? left || right : left && right;
      }
    }
  };
  // Variables keep what they are first given, but for those of loops, whose steps only add to it.
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'loop') {
        if (isNonNegative(statement.from)) nonNegative.add(statement.variable);
        visit(statement.body);
      } else if (statement.kind === 'index' && isNonNegative(statement.value)) nonNegative.add(statement.name);
    }
  };
  visit(kernel.body);
  return isNonNegative;
}

/** Tells of an index whether it follows from a number that was looked up. */
export function lookedUpIn(kernel: Kernel): (index: Index) => boolean {
  const names = new Set<string>();
  const isLookedUp = (index: Index): boolean => {
    let found = false;
    visitParts(index, (part) => {
      if (part.kind === 'floor' || (part.kind === 'variable' && names.has(part.name))) found = true;
    });
    return found;
  };
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'loop') visit(statement.body);
      else if (statement.kind === 'index' && isLookedUp(statement.value)) names.add(statement.name);
    }
  };
  visit(kernel.body);
  return isLookedUp;
}
