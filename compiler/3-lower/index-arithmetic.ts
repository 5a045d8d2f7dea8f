import type { Index } from '../kernel/kernel.ts';

/** Builds indices of kernels, with what is constant worked out. */

export function integer(value: number): Index {
  return { kind: 'integer', value };
}

export function indexVariable(name: string): Index {
  return { kind: 'variable', name };
}

export function plus(left: Index, right: Index): Index {
  if (left.kind === 'integer' && right.kind === 'integer') return integer(left.value + right.value);
  if (right.kind === 'integer' && right.value === 0) return left;
  if (left.kind === 'integer') return left.value === 0 ? right : arithmetic('add', right, left);
  return arithmetic('add', left, right);
}

export function times(left: Index, factor: number): Index {
  if (left.kind === 'integer') return integer(left.value * factor);
  if (factor === 0) return integer(0);
  return factor === 1 ? left : arithmetic('multiply', left, integer(factor));
}

function arithmetic(operator: 'add' | 'multiply', left: Index, right: Index): Index {
  return { kind: 'arithmetic', operator, left, right };
}
