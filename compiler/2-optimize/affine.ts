import { apply, constant, isApplication, type Scalar, variablesOf } from '../scalar/scalar.ts';
import { simplify } from '../scalar/simplify.ts';

/** `scale · x + shift`, where neither mentions x. */
export interface AffineForm {
  readonly scale: Scalar;
  readonly shift: Scalar;
}

/** The formula as an affine one of a variable, where it is one. */
export function affineIn(scalar: Scalar, name: string): AffineForm | undefined {
  const form = formOf(scalar, name);
  return form && { scale: simplify(form.scale), shift: simplify(form.shift) };
}

function formOf(scalar: Scalar, name: string): AffineForm | undefined {
  if (scalar.op === 'variable' && scalar.name === name) return { scale: constant(1), shift: constant(0) };
  if (!variablesOf(scalar).includes(name)) return { scale: constant(0), shift: scalar };
  if (!isApplication(scalar)) return undefined;
  const forms = scalar.arguments.map((each) => formOf(each, name));
  const [x, y] = forms;
  if (!x || forms.some((form) => form === undefined)) return undefined;
  switch (scalar.op) {
    case 'neg':
      return { scale: apply('neg', x.scale), shift: apply('neg', x.shift) };
    case 'add':
    case 'sub':
      return { scale: apply(scalar.op, x.scale, y!.scale), shift: apply(scalar.op, x.shift, y!.shift) };
    case 'mul': {
      if (isZero(x.scale)) return { scale: product(x.shift, y!.scale), shift: product(x.shift, y!.shift) };
      if (isZero(y!.scale)) return { scale: product(x.scale, y!.shift), shift: product(x.shift, y!.shift) };
      return undefined;
    }
    case 'div':
      if (!isZero(y!.scale)) return undefined;
      return {
        scale: apply('div', x.scale, y!.shift),
        shift: isZero(x.shift) ? x.shift : apply('div', x.shift, y!.shift),
      };
    default:
      return undefined;
  }
}

/** The zeros here say that there is no such term, so that nothing times them is a number. */
function product(left: Scalar, right: Scalar): Scalar {
  return isZero(left) || isZero(right) ? constant(0) : apply('mul', left, right);
}

function isZero(scalar: Scalar): boolean {
  return scalar.op === 'constant' && scalar.value === 0;
}
