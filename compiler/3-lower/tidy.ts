import type { Float, Index, Statement } from '../kernel/kernel.ts';
import { expressionsOf, replaceInFloat, replaceInIndex, visitParts } from '../kernel/walk.ts';

/**
 * Leaves out variables that nothing uses, and writes those that are used once, in the very block that declares them, in
 * the place of that use.
 */
export function tidy(statements: readonly Statement[]): readonly Statement[] {
  return tidyBlock(statements, assignedNames(statements)).statements;
}

interface Tidied {
  readonly statements: readonly Statement[];
  /** How often each variable from around the block is used in it. */
  readonly uses: ReadonlyMap<string, number>;
}

function tidyBlock(block: readonly Statement[], assigned: ReadonlySet<string>): Tidied {
  const uses = new Map<string, number>();
  const count = (name: string, times = 1) => uses.set(name, (uses.get(name) ?? 0) + times);
  const kept: Statement[] = [];
  // From the last statement to the first, so that all uses of a variable are known where it is declared.
  for (const statement of block.toReversed()) {
    if (isConstant(statement, assigned) && !uses.has(statement.name)) continue;
    if (statement.kind === 'loop') {
      const body = tidyBlock(statement.body, assigned);
      kept.push({ ...statement, body: body.statements });
      // Twice, since the loop runs more than once: nothing is moved into it.
      for (const name of body.uses.keys()) if (name !== statement.variable) count(name, 2);
    } else kept.push(statement);
    visitNames(statement, count);
  }

  const floats = new Map<string, Float>();
  const indices = new Map<string, Index>();
  const statements: Statement[] = [];
  for (const original of kept.reverse()) {
    const statement = replaceIn(original, floats, indices);
    if (isConstant(statement, assigned) && uses.get(statement.name) === 1) {
      if (statement.kind === 'local') floats.set(statement.name, statement.value);
      else indices.set(statement.name, statement.value);
    } else statements.push(statement);
  }
  for (const statement of statements) {
    if (statement.kind === 'local' || statement.kind === 'index') uses.delete(statement.name);
  }
  return { statements, uses };
}

/** Whether it declares a variable over nothing that is ever assigned, so that its value is the same wherever it stands. */
function isConstant(
  statement: Statement,
  assigned: ReadonlySet<string>,
): statement is Extract<Statement, { kind: 'local' | 'index' }> {
  if (statement.kind !== 'index' && (statement.kind !== 'local' || statement.mutable)) return false;
  let constant = true;
  visitNames(statement, (name) => {
    if (assigned.has(name)) constant = false;
  });
  return constant;
}

function assignedNames(statements: readonly Statement[], into = new Set<string>()): ReadonlySet<string> {
  for (const statement of statements) {
    if (statement.kind === 'assign') into.add(statement.name);
    if (statement.kind === 'loop') assignedNames(statement.body, into);
  }
  return into;
}

/** The names that the statement itself reads; the body of a loop is not looked at. */
function visitNames(statement: Statement, visit: (name: string) => void): void {
  for (const expression of expressionsOf(statement)) {
    visitParts(expression, (part) => {
      if (part.kind === 'local' || part.kind === 'variable') visit(part.name);
    });
  }
}

function replaceIn(
  statement: Statement,
  floats: ReadonlyMap<string, Float>,
  indices: ReadonlyMap<string, Index>,
): Statement {
  const float = (each: Float) => replaceInFloat(each, { floats, indices });
  const index = (each: Index) => replaceInIndex(each, { floats, indices });
  switch (statement.kind) {
    case 'loop':
      return { ...statement, from: index(statement.from), to: index(statement.to) };
    case 'local':
    case 'assign':
      return { ...statement, value: float(statement.value) };
    case 'index':
      return { ...statement, value: index(statement.value) };
    case 'store':
      return { ...statement, at: index(statement.at), value: float(statement.value) };
  }
}
