import { type Dim, factorize } from './dim.ts';
import type { Shape, ValueType } from './shape.ts';

/** Sizes as expressions of the language, where `/` is exact: what is rounded down says so, `floor((H - 2) / 2)`. */

export function dimSource(dim: Dim): string {
  const parts = factorize(dim);
  return parts.length === 1 ? sumSource(dim) : parts.map((part) => wrapped(sumSource(part))).join(' * ');
}

/** `[16, floor(H / 2), 5]` */
export function shapeSource(shape: Shape): string {
  return `[${shape.map(dimSource).join(', ')}]`;
}

/** `i32[T]` */
export function typeSource({ element, shape }: ValueType): string {
  return `${element === 'f32' ? '' : element}${shapeSource(shape)}`;
}

type Terms = Exclude<Dim, number>['terms'];

function sumSource(dim: Dim): string {
  if (typeof dim === 'number') return String(dim);
  return dim.terms
    .map(termSource)
    .reduce((text, part) => (part.startsWith('-') ? `${text} - ${part.slice(1)}` : `${text} + ${part}`));
}

function termSource({ coefficient, factors }: Terms[number]): string {
  const words = factors.map(factorSource);
  if (Math.abs(coefficient) !== 1 || words.length === 0) words.unshift(String(Math.abs(coefficient)));
  return `${coefficient < 0 ? '-' : ''}${words.join(' * ')}`;
}

function factorSource(factor: Terms[number]['factors'][number]): string {
  switch (factor.kind) {
    case 'symbol':
      return factor.name;
    case 'floor':
      return `floor(${wrapped(dimSource(factor.numerator))} / ${factor.divisor})`;
    case 'min':
    case 'max':
      return `${factor.kind}(${factor.of.map(dimSource).join(', ')})`;
  }
}

/** In parentheses, unless it is one word, number or call. */
function wrapped(text: string): string {
  return /^(\w+|\w+\([^()]*\))$/.test(text) ? text : `(${text})`;
}
