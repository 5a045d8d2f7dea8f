import type { Float, Statement } from '../kernel/kernel.ts';
import type { Scalar } from '../scalar/scalar.ts';
import type { Names } from './names.ts';

/** A formula over floats, with a local variable for each part that is needed more than once. */
export function computeFloat(
  scalar: Scalar,
  lookUp: (variable: string) => Float,
  names: Names,
  into: Statement[],
): Float {
  const repeated = repeatedParts(scalar);
  const known = new Map<string, Float>();
  const visit = (part: Scalar): Float => {
    if (part.op === 'constant') return { kind: 'constant', value: part.value };
    if (part.op === 'variable') return lookUp(part.name);
    const key = repeated.get(part);
    const found = key !== undefined && known.get(key);
    if (found) return found;
    const value: Float = { kind: 'apply', op: part.op, arguments: part.arguments.map(visit) };
    if (key === undefined) return value;
    const name = names.numbered('value');
    into.push({ kind: 'local', name, value, mutable: false });
    const local: Float = { kind: 'local', name };
    known.set(key, local);
    return local;
  };
  return visit(scalar);
}

/** The operations that the formula needs more than once, each with a key that equal ones share. */
function repeatedParts(scalar: Scalar): ReadonlyMap<Scalar, string> {
  const keys = new Map<Scalar, string>();
  const uses = new Map<string, number>();
  const keyOf = (part: Scalar): string => {
    if (part.op === 'variable') return part.name;
    if (part.op === 'constant') return Object.is(part.value, -0) ? '-0' : String(part.value);
    const operands = part.arguments.map(keyOf);
    const text = `${part.op}(${operands.join()})`;
    // A number for each text keeps the keys of large formulas short.
    const key = numbers.get(text) ?? `#${numbers.size}`;
    // Equal parts are computed once, so that they count as one use of their operands.
    if (!numbers.has(text)) for (const operand of operands) uses.set(operand, (uses.get(operand) ?? 0) + 1);
    numbers.set(text, key);
    keys.set(part, key);
    return key;
  };
  const numbers = new Map<string, string>();
  keyOf(scalar);
  return new Map([...keys].filter(([, key]) => uses.get(key)! > 1));
}
