import { scalarArity } from '../scalar/scalar.ts';
import type { Condition, Float, Index, Kernel, KernelParameter, Statement } from './kernel.ts';
import { boundsOf, type Linear, linearOf, scaled, sum, symbolic } from './linear.ts';

/**
 * Throws where a kernel breaks a rule of `kernel.ts`, which is a mistake of the compiler: a name that hides another or is
 * not bound, an index that may leave its buffer, a store into what is only read. Specs run it on every kernel.
 */
export function verifyKernel(kernel: Kernel): void {
  const names = new Set(kernel.parameters.map(({ name }) => name));
  const buffers = new Map(kernel.parameters.map((parameter) => [parameter.name, parameter]));
  try {
    if (names.size !== kernel.parameters.length) throw new Error('two parameters have the same name');
    verifyBlock(kernel.body, { buffers, floats: new Map(), indices: new Map() });
  } catch (error) {
    throw new Error(`kernel ${kernel.name}: ${error instanceof Error ? error.message : error}`);
  }
}

/** What is known at one place of the code. */
interface Scope {
  readonly buffers: ReadonlyMap<string, KernelParameter>;
  /** Local variables with floats, and whether they may be assigned. */
  readonly floats: Map<string, boolean>;
  /** Loop variables and index variables with what they may be. */
  readonly indices: Map<string, Linear>;
}

function verifyBlock(statements: readonly Statement[], around: Scope): void {
  const scope = { ...around, floats: new Map(around.floats), indices: new Map(around.indices) };
  for (const statement of statements) verifyStatement(statement, scope);
}

function verifyStatement(statement: Statement, scope: Scope): void {
  switch (statement.kind) {
    case 'loop': {
      const { variable, from, to, step, body } = statement;
      if (!(Number.isInteger(step) && step > 0)) throw new Error(`the step of ${variable} is not positive`);
      const range = lastRun(indexOf(from, scope), indexOf(to, scope), step);
      checkFree(variable, scope);
      const inner = new Map(scope.indices).set(variable, symbolic({ name: variable, range }));
      verifyBlock(body, { ...scope, indices: inner });
      return;
    }
    case 'local':
      checkFloat(statement.value, scope);
      checkFree(statement.name, scope);
      scope.floats.set(statement.name, statement.mutable);
      return;
    case 'assign':
      checkFloat(statement.value, scope);
      if (!scope.floats.get(statement.name)) throw new Error(`${statement.name} cannot be assigned`);
      return;
    case 'index': {
      const value = indexOf(statement.value, scope);
      checkFree(statement.name, scope);
      scope.indices.set(statement.name, value);
      return;
    }
    case 'store':
      checkFloat(statement.value, scope);
      checkAccess(statement.buffer, 'write', indexOf(statement.at, scope), [], scope);
  }
}

/** From the first to the last value of a loop's variable. */
function lastRun(from: Linear, to: Linear, step: number): readonly [number, number] {
  const [low] = boundsOf(from);
  const last = boundsOf(to)[1] - 1;
  // With a fixed start the steps are known; else any value below the end may be one.
  return from.terms.size === 0 ? [low, low + Math.floor((last - low) / step) * step] : [low, last];
}

function checkFloat(float: Float, scope: Scope, conditions: readonly Condition[] = []): void {
  switch (float.kind) {
    case 'constant':
      return;
    case 'local':
      if (!scope.floats.has(float.name)) throw new Error(`there is no number ${float.name}`);
      return;
    case 'load':
      checkAccess(float.buffer, 'read', indexOf(float.at, scope), conditions, scope);
      return;
    case 'guarded':
      checkFloat(float.value, scope, [...conditions, ...float.conditions]);
      return;
    case 'apply':
      if (float.arguments.length !== scalarArity[float.op]) throw new Error(`${float.op} has other operands`);
      for (const each of float.arguments) checkFloat(each, scope, conditions);
      return;
    case 'number':
      indexOf(float.value, scope);
  }
}

function checkAccess(
  name: string,
  access: 'read' | 'write',
  at: Linear,
  conditions: readonly Condition[],
  scope: Scope,
): void {
  const buffer = scope.buffers.get(name);
  if (buffer?.access !== access && buffer?.access !== 'both')
    throw new Error(`there is no buffer ${name} to ${access}`);
  const [low, high] = boundsUnder(
    at,
    conditions.map(({ value, limit }) => ({ value: indexOf(value, scope), limit })),
  );
  if (!(low >= 0 && high < buffer.size)) throw new Error(`${name}[${buffer.size}] is used at ${low} to ${high}`);
}

/**
 * The bounds of an index where these conditions hold. Each takes its multiple out of the index, of which the bounds are
 * known; rows of a row-major array come before columns, so that conditions with large coefficients come first, and of
 * conditions on the same the narrowest.
 */
function boundsUnder(at: Linear, conditions: readonly { value: Linear; limit: number }[]): readonly [number, number] {
  const multiples = conditions
    .map((condition) => ({ ...condition, factor: factorOf(condition.value, at) }))
    .sort((left, right) => Math.abs(right.factor) - Math.abs(left.factor) || left.limit - right.limit);
  let rest = at;
  let [low, high] = [0, 0];
  for (const { value, limit } of multiples) {
    const factor = factorOf(value, rest);
    rest = sum(rest, scaled(value, -factor));
    low += Math.min(0, factor * (limit - 1));
    high += Math.max(0, factor * (limit - 1));
  }
  const [restLow, restHigh] = boundsOf(rest);
  return [low + restLow, high + restHigh];
}

/** How often the value stands in the index, by the variable that does so most clearly. */
function factorOf(value: Linear, index: Linear): number {
  const factors = [...value.terms].map(([quantity, coefficient]) => (index.terms.get(quantity) ?? 0) / coefficient);
  return Math.trunc(factors.reduce((least, each) => (Math.abs(each) < Math.abs(least) ? each : least), Infinity)) || 0;
}

function indexOf(index: Index, scope: Scope): Linear {
  checkIndexNames(index, scope);
  return linearOf(index, scope.indices);
}

function checkIndexNames(index: Index, scope: Scope): void {
  if (index.kind === 'variable' && !scope.indices.has(index.name)) throw new Error(`there is no index ${index.name}`);
  if (index.kind === 'floor') checkFloat(index.value, scope);
  if (index.kind !== 'arithmetic') return;
  checkIndexNames(index.left, scope);
  checkIndexNames(index.right, scope);
}

function checkFree(name: string, { buffers, floats, indices }: Scope): void {
  if (buffers.has(name) || floats.has(name) || indices.has(name)) throw new Error(`${name} is bound twice`);
}
