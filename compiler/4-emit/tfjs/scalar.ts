import {
  isApplication,
  type Scalar,
  type ScalarApplication,
  type ScalarOperator,
  variablesOf,
} from '../../scalar/scalar.ts';

/** A function over tensors as code: `(x) => x.mul(2)`, or with statements before its value. */
export interface TensorFunction {
  readonly parameters: readonly string[];
  /** `const tanh = x.tanh();`, each for a part that stands in several places. */
  readonly statements: readonly string[];
  readonly value: string;
}

/**
 * A scalar expression as a function over tensors. `variables` are its parameters, the first of which has the shape of the
 * result, unless the result is a `factor`, which may be smaller.
 */
export function tensorFunction(
  scalar: Scalar,
  variables: readonly string[],
  result: 'value' | 'factor',
): TensorFunction {
  const { shared, names } = shareParts(scalar, variables);
  const read = variablesOf(shared);
  const [first] = variables;
  const code = numbers(spell(shared, names));
  // A parameter that nothing reads may still stand before one that is read.
  const last = variables.findLastIndex((each) => read.includes(each));
  return {
    parameters: variables.slice(0, result === 'value' ? Math.max(last, 0) + 1 : last + 1),
    statements: [...names].map(([part, name]) => `const ${name} = ${spell(part, names).text};`),
    value: result === 'value' ? filled(shared, code, first!) : code.text,
  };
}

/** Text of code with what it gives: a number of JavaScript, numbers in a tensor, or truth values in one. */
interface Code {
  readonly text: string;
  readonly kind: 'number' | 'tensor' | 'condition';
}

/** The code of an expression, whose operands are spelt by their names where they have one. */
function spell(scalar: Scalar, names: Names): Code {
  if (scalar.op === 'constant') return { text: numberText(scalar.value), kind: 'number' };
  if (scalar.op === 'variable') return tensor(scalar.name);
  const operands = scalar.arguments.map((each): Code => {
    const name = names.get(each);
    if (name === undefined) return spell(each, names);
    return { text: name, kind: isCondition(each) ? 'condition' : 'tensor' };
  });
  return isCondition(scalar) ? condition(scalar, operands) : spellingOf(scalar)(...operands);
}

/** Whether it is 1 or 0. The product of two conditions is `and`, their maximum `or`, and one that equals 0 is not so. */
function isCondition(scalar: Scalar): boolean {
  if (!isApplication(scalar)) return false;
  if (scalar.op === 'mul' || scalar.op === 'max') return scalar.arguments.every(isCondition);
  return scalar.op === 'less' || scalar.op === 'lessEqual' || scalar.op === 'equal';
}

/** A condition as truth values. */
function condition(scalar: ScalarApplication, operands: readonly Code[]): Code {
  const { op } = scalar;
  const [left, right] = scalar.arguments;
  const [first, second] = operands;
  if (op === 'mul') return { text: `${first!.text}.logicalAnd(${second!.text})`, kind: 'condition' };
  if (op === 'max') return { text: `${first!.text}.logicalOr(${second!.text})`, kind: 'condition' };
  if (op === 'equal' && isCondition(left!) && right?.op === 'constant' && right.value === 0)
    return { text: `${first!.text}.logicalNot()`, kind: 'condition' };
  return spellingOf(scalar)(...operands);
}

type Spelling = (...operands: readonly Code[]) => Code;

function spellingOf({ op }: ScalarApplication): Spelling {
  return spellings[op];
}

const spellings = {
  neg: method('neg'),
  abs: method('abs'),
  sign: method('sign'),
  floor: method('floor'),
  ceil: method('ceil'),
  round: method('round'),
  sqrt: method('sqrt'),
  exp: method('exp'),
  expm1: method('expm1'),
  log: method('log'),
  log1p: method('log1p'),
  sin: method('sin'),
  cos: method('cos'),
  tanh: method('tanh'),
  erf: method('erf'),
  sigmoid: method('sigmoid'),
  softplus: method('softplus'),
  add: commutative('add'),
  sub: method('sub'),
  mul: commutative('mul'),
  div: method('div'),
  min: commutative('minimum'),
  max: commutative('maximum'),
  pow: method('pow'),
  less: comparison('less', 'greater'),
  lessEqual: comparison('lessEqual', 'greaterEqual'),
  equal: comparison('equal'),
  select: (condition, yes, no) => tensor(`tf.where(${truth(condition!)}, ${numbers(yes!).text}, ${numbers(no!).text})`),
} as const satisfies Record<ScalarOperator, Spelling>;

/** Of a tensor, or of tfjs itself where a number stands first. */
function method(name: string): Spelling {
  return (...operands) => {
    const [first, ...others] = operands.map(numbers);
    const rest = others.map(({ text }) => text).join(', ');
    return tensor(first!.kind === 'number' ? `tf.${name}(${first!.text}, ${rest})` : `${first!.text}.${name}(${rest})`);
  };
}

/** An operation whose operands may change places, under another name if need be, so that no number stands first. */
function commutative(name: string, turned = name): Spelling {
  return (left, right) => (left!.kind === 'number' ? method(turned)(right!, left!) : method(name)(left!, right!));
}

function comparison(name: string, turned = name): Spelling {
  return (...operands) => ({ ...commutative(name, turned)(...operands), kind: 'condition' });
}

/** Truth values as 1 and 0. */
function numbers(code: Code): Code {
  return code.kind === 'condition' ? tensor(`${code.text}.toFloat()`) : code;
}

function truth(code: Code): string {
  return code.kind === 'condition' ? code.text : `${code.text}.notEqual(0)`;
}

function tensor(text: string): Code {
  return { text, kind: 'tensor' };
}

/** A new tensor of the shape of the variable. */
function filled(scalar: Scalar, { text, kind }: Code, variable: string): string {
  if (kind === 'number') return `tf.fill(${variable}.shape, ${text})`;
  if (!variablesOf(scalar).includes(variable)) return `tf.zerosLike(${variable}).add(${text})`;
  return scalar.op === 'variable' ? `${text}.clone()` : text;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The names of parts of an expression. Parts that are equal are one object. */
type Names = ReadonlyMap<Scalar, string>;

/** The expression with one object for parts that are equal, and names for those in several places, inner ones first. */
function shareParts(scalar: Scalar, taken: readonly string[]): { readonly shared: Scalar; readonly names: Names } {
  const objects = new Map<Scalar, Scalar>();
  const byKey = new Map<string, { readonly part: Scalar; readonly id: number }>();
  const ids = new Map<Scalar, number>();
  const share = (part: Scalar): Scalar => {
    const known = objects.get(part);
    if (known) return known;
    const own = isApplication(part) ? { op: part.op, arguments: part.arguments.map(share) } : part;
    const key = isApplication(own)
      ? `${own.op} ${own.arguments.map((each) => ids.get(each)).join(' ')}`
      : `= ${own.op === 'variable' ? own.name : numberText(own.value)}`;
    const found = byKey.get(key) ?? { part: own, id: byKey.size };
    byKey.set(key, found);
    ids.set(found.part, found.id);
    objects.set(part, found.part);
    return found.part;
  };
  const shared = share(scalar);
  const uses = new Map<Scalar, number>();
  for (const { part } of byKey.values())
    for (const each of isApplication(part) ? part.arguments : []) uses.set(each, (uses.get(each) ?? 0) + 1);
  const used = new Set(taken);
  const names = new Map<Scalar, string>();
  for (const { part } of byKey.values()) {
    if (!isApplication(part) || (uses.get(part) ?? 0) < 2) continue;
    let name: string = part.op;
    for (let count = 2; used.has(name); count++) name = `${part.op}${count}`;
    used.add(name);
    names.set(part, name);
  }
  return { shared, names };
}
