import type { Index, Kernel, Statement } from '../../kernel/kernel.ts';

/**
 * Tells of an index whether it is never below 0, so that rounding down and rest can be spelt cheaply. The variables
 * are all trusted first, and then those that have a definition which is not proven are taken out until none is left.
 */
export function nonNegativeIn(kernel: Kernel): (index: Index) => boolean {
  const definitions = definitionsIn(kernel.body);
  const trusted = new Set(definitions.map(([name]) => name));
  const isNonNegative = (index: Index): boolean => {
    switch (index.kind) {
      case 'integer':
        return index.value >= 0;
      case 'variable':
        return trusted.has(index.name);
      case 'arithmetic': {
        // The right side of a division or a rest is positive, and a rest is never negative.
        if (index.operator === 'modulo') return true;
        const [left, right] = [isNonNegative(index.left), isNonNegative(index.right)];
        return index.operator === 'max' ? left || right : left && right;
      }
    }
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, value] of definitions) {
      if (trusted.has(name) && !isNonNegative(value)) changed = trusted.delete(name);
    }
  }
  return isNonNegative;
}

/** What is ever given to each index variable; the steps of a loop only add to where it begins. */
function definitionsIn(statements: readonly Statement[]): (readonly [name: string, value: Index])[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case 'loop':
        return [[statement.variable, statement.from] as const, ...definitionsIn(statement.body)];
      case 'index':
      case 'assignIndex':
        return [[statement.name, statement.value] as const];
      default:
        return [];
    }
  });
}
