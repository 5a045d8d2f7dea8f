/** What the functions of expressions and formulas give, by their names. */
export interface FunctionDoc {
  /** As one would call it. */
  readonly signature: string;
  readonly does: string;
}

const documented: Readonly<Record<string, FunctionDoc>> = {
  abs: { signature: 'abs(x)', does: 'The number without its sign.' },
  sign: { signature: 'sign(x)', does: '-1, 0 or 1: the sign of the number.' },
  min: { signature: 'min(a, b, …)', does: 'The smallest of its numbers.' },
  max: { signature: 'max(a, b, …)', does: 'The largest of its numbers.' },
  clamp: { signature: 'clamp(x, low, high)', does: 'The number, or the bound that it lies beyond.' },
  floor: { signature: 'floor(x)', does: 'The next whole number below.' },
  ceil: { signature: 'ceil(x)', does: 'The next whole number above.' },
  round: { signature: 'round(x)', does: 'The nearest whole number; of two, the even one.' },
  sqrt: { signature: 'sqrt(x)', does: 'The square root.' },
  exp: { signature: 'exp(x)', does: 'The power of e.' },
  expm1: { signature: 'expm1(x)', does: '`exp(x) - 1`, exact near 0 as well.' },
  log: { signature: 'log(x)', does: 'The natural logarithm.' },
  log1p: { signature: 'log1p(x)', does: '`log(1 + x)`, exact near 0 as well.' },
  sin: { signature: 'sin(x)', does: 'The sine of an angle in radians.' },
  cos: { signature: 'cos(x)', does: 'The cosine of an angle in radians.' },
  tanh: { signature: 'tanh(x)', does: 'The hyperbolic tangent, between -1 and 1.' },
  erf: { signature: 'erf(x)', does: 'The error function, between -1 and 1.' },
  sigmoid: { signature: 'sigmoid(x)', does: '`1 / (1 + exp(-x))`, between 0 and 1.' },
  softplus: { signature: 'softplus(x)', does: '`log(1 + exp(x))`, a smooth `max(x, 0)`.' },
  pow: { signature: 'pow(x, y)', does: 'The number to the power of another one.' },
};

export function functionDoc(name: string): FunctionDoc | undefined {
  return Object.hasOwn(documented, name) ? documented[name] : undefined;
}

/** The parameters of a function, by where they stand in its signature. */
export function functionParameters({
  signature,
}: FunctionDoc): readonly { readonly start: number; readonly end: number }[] {
  const open = signature.indexOf('(') + 1;
  return [...signature.slice(open, -1).matchAll(/[^\s,]+/g)].map(({ index, 0: name }) => ({
    start: open + index,
    end: open + index + name.length,
  }));
}
